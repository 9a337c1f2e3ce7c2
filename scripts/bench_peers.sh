#!/usr/bin/env bash
# Compares svi-lda with scikit-learn's and gensim's online LDA on the same files with the same
# settings: training seconds, memory, held-out perplexity. Installs the peers from Debian where they
# are missing and builds the program.
#
# usage: bench_peers.sh [--record] [--systems LIST] [--repeats N] [--batch LIST] [--topics K]
#                       [--program FILE] [CORPUS_FOLDER...]      (bench_peers.sh --help says more)
set -euo pipefail

# shellcheck source=scripts/bench/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench/prepare.sh"

for argument in "$@"; do
  if [[ "$argument" == -h || "$argument" == --help ]]; then
    exec python3 -B "$root/scripts/bench/peers.py" --help
  fi
done
prepare peers "$@"
exec /usr/bin/python3 -B "$root/scripts/bench/peers.py" --program "$program" "${arguments[@]}"
