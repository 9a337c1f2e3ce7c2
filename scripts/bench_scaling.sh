#!/usr/bin/env bash
# Measures svi-lda's time per token against topics, vocabulary, documents, document length, threads
# and minibatch size; writes a CSV and one SVG. Builds the program.
#
# usage: bench_scaling.sh [--quick] [--repeats N] [--threads N] [--panels LIST] [--output STEM]
#                         [--program FILE]                (bench_scaling.sh --help says more)
set -euo pipefail

# shellcheck source=scripts/bench/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench/prepare.sh"

for argument in "$@"; do
  if [[ "$argument" == -h || "$argument" == --help ]]; then
    exec python3 -B "$root/scripts/bench/scaling.py" --help
  fi
done
prepare bench "$@"
exec /usr/bin/python3 -B "$root/scripts/bench/scaling.py" --program "$program" "${arguments[@]}"
