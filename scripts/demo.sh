#!/usr/bin/env bash
# From a fresh Debian 12 to topics: installs what is missing, builds, trains on the corpus in data/,
# prints the topics beside the themes they were drawn from, and scores the model.
#
# usage: demo.sh        (from any folder; the run is left in build/demo-run)
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
program=build/release/svi-lda
run=build/demo-run
CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}"
export CMAKE_BUILD_PARALLEL_LEVEL

say() { printf '\n== %s\n' "$*"; }
# Shows a command and runs it.
show() {
  printf '$ %s\n' "$*"
  "$@"
}

say "1. Debian packages: installing what is missing"
scripts/install_packages.sh build

say "2. Building the program into build/release (a few minutes the first time)"
if [[ ! -f build/release/build.ninja ]]; then
  cmake --preset release -DBUILD_TESTING=OFF
fi
cmake --build build/release --target svi-lda

say "3. Training 35 topics on 6,000 documents drawn from 25 themes and common words"
show "$program" train data/demo.docword.txt.gz --vocab data/demo.vocab.txt \
  --topics 35 --held-out data/demo.test.docword.txt.gz --output "$run" --force

say "4. The topics, each beside the theme it overlaps most (data/demo.topics.tsv is the truth)"
"$program" topics "$run" --top 60 --format tsv |
  awk -f scripts/name_topics.awk data/demo.topics.tsv -

say "5. Perplexity on 600 documents that training has not seen (lower is better)"
show "$program" evaluate "$run" data/demo.test.docword.txt.gz

say "The run lies in $root/$run: model.npz, checkpoints/, metrics.jsonl, run.json"
cat <<END
To go on:
  $root/$program topics $root/$run
  $root/$program infer $root/$run $root/data/demo.test.docword.txt.gz
  $root/$program train --help
END
