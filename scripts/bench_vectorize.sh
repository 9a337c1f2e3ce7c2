#!/usr/bin/env bash
# Times `svi-lda vectorize` against scikit-learn's CountVectorizer on the same text with the same
# options (its own token pattern, --min-df 5, --max-df 0.5, lower case), in turn, and prints for each
# round MB/s of both and their ratio; beside them the word boundaries of Unicode, which scikit-learn
# has not. Then says how many words one of them has and the other has not. Begins with a note on the
# machine.
#
# usage: bench_vectorize.sh TEXT [ROUNDS]
#   TEXT     one document a line, plain or gzip; repeated until it has 60 MB
#   ROUNDS   3 unless given
# SVI_LDA names the program (build/release/svi-lda), THREADS its threads (2), PYTHON the interpreter
# that has scikit-learn (/usr/bin/python3).
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
program="${SVI_LDA:-$root/build/release/svi-lda}"
threads="${THREADS:-2}"
python="${PYTHON:-/usr/bin/python3}"
readonly pattern='(?u)\b\w\w+\b'
readonly enough=60000000

if [[ $# -lt 1 || $# -gt 2 ]]; then
  echo "usage: bench_vectorize.sh TEXT [ROUNDS]" >&2
  exit 2
fi
text="$1"
rounds="${2:-3}"

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

plain() {
  if [[ "$1" == *.gz ]]; then zcat "$1"; else cat "$1"; fi
}

make_text() {
  while [[ ! -e "$work/text.txt" || "$(stat -c %s "$work/text.txt")" -lt "$enough" ]]; do
    plain "$text" >> "$work/text.txt"
  done
}

cat > "$work/peer.py" <<'PY'
import sys
import time

from sklearn.feature_extraction.text import CountVectorizer

path, pattern, words = sys.argv[1:]
began = time.perf_counter()
vectorizer = CountVectorizer(token_pattern=pattern, min_df=5, max_df=0.5)
with open(path, encoding="utf-8", newline="\n") as file:
    counts = vectorizer.fit_transform(file)
seconds = time.perf_counter() - began
with open(words, "w", encoding="utf-8") as file:
    file.writelines(word + "\n" for word in vectorizer.get_feature_names_out())
print(f"{seconds:.3f} {counts.sum()}")
PY

# timed COMMAND...: its seconds.
timed() {
  local began
  began="$(date +%s.%N)"
  "$@" > /dev/null
  echo "$(date +%s.%N) $began" | awk '{ printf "%.3f", $1 - $2 }'
}

vectorize() {
  "$program" vectorize "$work/text.txt" --min-df 5 --max-df 0.5 --threads "$threads" --quiet --force \
    -o "$work/corpus" "$@"
}

make_text
python3 "$root/scripts/bench/machine.py"
megabytes="$(stat -c %s "$work/text.txt" | awk '{ printf "%.1f", $1 / 1e6 }')"
echo "text: $megabytes MB ($(wc -l < "$work/text.txt") documents), svi-lda on $threads threads"
printf '%-6s %22s %22s %22s %8s\n' round 'svi-lda, boundaries' 'svi-lda, pattern' scikit-learn ratio
for ((round = 1; round <= rounds; ++round)); do
  boundaries="$(timed vectorize)"
  ours="$(timed vectorize --token-pattern "$pattern")"
  read -r theirs tokens < <("$python" "$work/peer.py" "$work/text.txt" "$pattern" "$work/words.txt")
  awk -v round="$round" -v mb="$megabytes" -v b="$boundaries" -v o="$ours" -v t="$theirs" 'BEGIN {
    printf "%-6d %9.2f s %5.1f MB/s %9.2f s %5.1f MB/s %9.2f s %5.1f MB/s %8.2f\n",
           round, b, mb / b, o, mb / o, t, mb / t, t / o }'
done
# Not quite none: NFKC makes one word of m² and m2, and Python's \w knows no marks of Indic scripts.
different="$(LC_ALL=C comm -3 <(LC_ALL=C sort "$work/words.txt") <(LC_ALL=C sort "$work/corpus/vocab.txt") | wc -l)"
counted="$(awk -F '\t' 'NR > 1 { sum += $7 } END { print sum }' "$work/corpus/documents.tsv")"
echo "$different of $(wc -l < "$work/words.txt") words are not the same; $counted and $tokens tokens"
