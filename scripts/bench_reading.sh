#!/usr/bin/env bash
# Times how a corpus is read: docword parsed by one thread beside `wc -l` of the same file, in turns,
# so that other work on the machine weighs on both; the other formats; how long a cache takes to
# open; a run of one pass from docword, with --corpus-size beside one from the cache, without it beside
# parsing and one from the cache; and the memory that streams of the corpus once and three times over
# take. Begins with a note on the machine.
#
# usage: bench_reading.sh [--program FILE] [--rounds N] [CORPUS]
#   CORPUS  UCI docword, plain or gzip (default: one of 100,000 documents that is drawn here)
set -euo pipefail

# shellcheck source=scripts/bench/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench/prepare.sh"

usage() {
  sed -n '2,/^set /{s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
}

for argument in "$@"; do
  case "$argument" in
    -h | --help)
      usage
      exit
      ;;
  esac
done
prepare bench "$@"
rounds=5
corpus=
while [[ ${#arguments[@]} -gt 0 ]]; do
  case "${arguments[0]}" in
    --rounds)
      rounds=${arguments[1]}
      arguments=("${arguments[@]:2}")
      ;;
    -*)
      usage >&2
      exit 2
      ;;
    *)
      corpus=${arguments[0]}
      arguments=("${arguments[@]:1}")
      ;;
  esac
done

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export OMP_WAIT_POLICY=passive

# seconds COMMAND...: processor time, user and system, which others on the machine hardly change.
seconds() {
  local TIMEFORMAT='%U %S'
  { time "$@" > /dev/null 2> /dev/null; } 2>&1 | awk '{ print $1 + $2 }'
}
elapsed() {
  local TIMEFORMAT='%R'
  { time "$@" > /dev/null 2> /dev/null; } 2>&1
}
median() { sort -n | awk '{ x[NR] = $1 } END { print x[int((NR + 1) / 2)] }'; }

if [[ -z $corpus ]]; then
  corpus="$work/drawn"
  awk 'BEGIN {
    srand(1); docs = 100000; words = 30000
    for (d = 1; d <= docs; ++d) {
      w = 0
      while ((w += 1 + int(600 * rand() * rand())) <= words) body[++n] = d " " w " " 1 + int(3 * rand() * rand())
      if (d % 1000 == 0) { for (i = 1; i <= n; ++i) print body[i]; total += n; n = 0 }
    }
    print docs "\n" words "\n" total > "/dev/stderr"
  }' > "$work/body" 2> "$work/header"
  cat "$work/header" "$work/body" > "$corpus"
  rm "$work/body"
fi
docword="$work/docword"
if gzip -t "$corpus" 2> /dev/null; then gzip -dc "$corpus" > "$docword"; else cp "$corpus" "$docword"; fi
megabytes=$(stat -c %s "$docword" | awk '{ print $1 / 1e6 }')
python3 "$root/scripts/bench/machine.py"
printf 'corpus: %s MB of docword\n' "$megabytes"

for format in ldac svmlight mtx vw mallet npz cache; do
  "$program" convert "$docword" --to "$format" -o "$work/$format" --quiet
done
read_of() {
  local force=()
  case $1 in svmlight | mallet) force=(--corpus-format "$1") ;; esac
  # The cache's summary is in its header; all else is read through.
  "$program" info "$work/$1" "${force[@]}"
}

for ((round = 0; round < rounds; ++round)); do
  seconds wc -l "$docword" >> "$work/wc.seconds"
  seconds read_of docword >> "$work/docword.seconds"
done
wc=$(median < "$work/wc.seconds")
parse=$(median < "$work/docword.seconds")
awk -v mb="$megabytes" -v wc="$wc" -v parse="$parse" 'BEGIN {
  printf "%-10s %8.0f MB/s of processor time\n", "wc -l", mb / (wc > 0 ? wc : 0.001)
  printf "%-10s %8.0f MB/s, %.2f times the time of wc -l\n", "docword", mb / parse, parse / (wc > 0 ? wc : 0.001)
}'
for format in ldac svmlight mtx vw mallet npz; do
  for ((round = 0; round < rounds; ++round)); do seconds read_of "$format"; done | median |
    awk -v mb="$(stat -c %s "$work/$format" | awk '{ print $1 / 1e6 }')" -v name="$format" \
      '{ printf "%-10s %8.0f MB/s, %.2f s\n", name, mb / $1, $1 }'
done
for ((round = 0; round < rounds; ++round)); do
  elapsed "$program" --version >> "$work/version.seconds"
  elapsed read_of cache >> "$work/cache.seconds"
done
awk -v none="$(median < "$work/version.seconds")" -v open="$(median < "$work/cache.seconds")" \
  'BEGIN { printf "cache      opened in %.0f ms (the program alone: %.0f ms)\n", 1000 * open, 1000 * none }'

docs=$(head -n 1 "$docword")
train() {
  "$program" train "$work/$1" -k 100 --passes 1 --inference cvb0 --order file --seed 1 --threads 2 \
    --batch-size 1024 --checkpoint-every 0 --init random --corpus-size "$2" --force -o "$work/run" --quiet
}
parse() { "$program" convert "$docword" --to cache --force -o "$work/parsed" --quiet; }
for ((round = 0; round < rounds; ++round)); do
  elapsed train docword "$docs" >> "$work/streamed.seconds"
  elapsed train cache "$docs" >> "$work/cached.seconds"
  elapsed train docword 0 >> "$work/counted.seconds"
  elapsed parse >> "$work/parse.seconds"
done
awk -v text="$(median < "$work/streamed.seconds")" -v cache="$(median < "$work/cached.seconds")" 'BEGIN {
  printf "first pass %.2f s from docword, %.2f s from the cache: ratio %.3f\n", text, cache, text / cache
}'
awk -v text="$(median < "$work/counted.seconds")" -v cache="$(median < "$work/cached.seconds")" \
  -v parse="$(median < "$work/parse.seconds")" 'BEGIN {
  printf "counted first: %.2f s from docword; parsing %.2f s and a pass from the cache %.2f s: ratio %.3f\n",
         text, parse, cache, text / (parse + cache)
}'

# The corpus so many times over, as LDA-C, which may be repeated; the buffer is filled by the first.
seq "$(sed -n 2p "$docword")" | sed 's/^/w/' > "$work/words"
peak_of() {
  for ((i = 0; i < $1; ++i)); do cat "$work/ldac"; done |
    python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)' \
      "$program" train - --vocab "$work/words" -k 100 --inference cvb0 --corpus-size "$(($1 * docs))" \
      --batch-size 1024 --checkpoint-every 0 --threads 2 --force -o "$work/run" --quiet
}
printf 'stream     at most %.0f MiB of memory, three times as long %.0f MiB\n' "$(peak_of 1)" "$(peak_of 3)"
