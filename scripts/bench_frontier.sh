#!/usr/bin/env bash
# Measures held-out perplexity against training time for every method of svi-lda and for peers, on
# each corpus of a folder, over several seeds; writes a CSV and an SVG with a panel a corpus. Installs
# the peers from Debian where they are missing and builds the program.
#
# usage: bench_frontier.sh [--methods LIST] [--peers LIST] [--topics K] [--seeds N] [--most-passes N]
#                          [--most-seconds N] [--record | --output STEM] [--program FILE] [FOLDER...]
#                                                         (bench_frontier.sh --help says more)
set -euo pipefail

# shellcheck source=scripts/bench/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench/prepare.sh"

for argument in "$@"; do
  if [[ "$argument" == -h || "$argument" == --help ]]; then
    exec python3 -B "$root/scripts/bench/frontier.py" --help
  fi
done
prepare peers "$@"
exec /usr/bin/python3 -B "$root/scripts/bench/frontier.py" --program "$program" "${arguments[@]}"
