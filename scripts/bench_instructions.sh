#!/usr/bin/env bash
# Counts the instructions of a small fixed training run under valgrind, which other work on the
# machine does not disturb, and compares them with the recorded ones. Exits 1 where any count is
# more than 3% above its record, 2 where they cannot be compared.
#
# usage: bench_instructions.sh [--record] [--program FILE]
#   --record    write the counts to tests/bench/results/instructions.txt instead
set -euo pipefail

# shellcheck source=scripts/bench/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench/prepare.sh"

readonly most_percent=3
readonly results="$root/tests/bench/results/instructions.txt"
# Inclusive counts of these functions stand beside that of the whole run: training with its files,
# and reading the corpus.
readonly functions=(run_to_end ingest_corpus)

usage() {
  sed -n '2,/^set /{s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
}

record=no
for argument in "$@"; do
  case "$argument" in
    -h | --help)
      usage
      exit
      ;;
  esac
done
prepare bench "$@"
for argument in "${arguments[@]}"; do
  if [[ "$argument" != --record ]]; then
    usage >&2
    exit 2
  fi
  record=yes
done

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Every option that shapes the result is given, so that a new default does not look like a slowdown.
# With OMP_WAIT_POLICY set the program does not start itself anew.
count() {
  SVI_LDA_ISA=generic OMP_WAIT_POLICY=passive valgrind --tool=callgrind \
    --callgrind-out-file="$work/callgrind.out" --log-file="$work/valgrind.log" \
    "$program" train "$root/data/demo.docword.txt.gz" --output "$work/run" --quiet \
    --topics 50 --alpha 0.1 --eta 0.01 --inference vb --init random --step robbins-monro \
    --kappa 0.7 --tau0 64 --batch-size 256 --passes 1 --inner-iterations 100 \
    --inner-tolerance 0.001 --order file --seed 1 --threads 1 --checkpoint-every 0
}

# Lines `name value`: what was counted, and what the counts depend on.
describe() {
  printf 'isa %s\n' "$(sed -n 's/^  "isa": "\(.*\)".*/\1/p' "$work/run/run.json")"
  printf 'compiler %s\n' "$(c++ --version | head -n 1)"
  printf 'valgrind %s\n' "$(valgrind --version)"
  printf 'run %s\n' "$(sed -n 's/^summary: //p' "$work/callgrind.out")"
  callgrind_annotate --inclusive=yes --threshold=100 "$work/callgrind.out" >"$work/inclusive.txt"
  local function
  for function in "${functions[@]}"; do
    awk -v name="$function" 'index($0, ":svi_lda::" name "(") {
        gsub(",", "", $1); print name, $1; found = 1; exit
      }
      END {
        if (!found) {
          print "bench_instructions.sh: no function svi_lda::" name " was counted" >"/dev/stderr"
          exit 2
        }
      }' "$work/inclusive.txt"
  done
}

value_of() { sed -n "s/^$1 //p" "$2"; }

compare() {
  local name
  if [[ "$(value_of isa "$results")" != "$(value_of isa "$work/new.txt")" ]]; then
    echo "bench_instructions.sh: recorded with $(value_of isa "$results"), this run used" \
      "$(value_of isa "$work/new.txt"): not comparable" >&2
    return 2
  fi
  for name in compiler valgrind; do
    if [[ "$(value_of "$name" "$results")" != "$(value_of "$name" "$work/new.txt")" ]]; then
      echo "note: recorded with $(value_of "$name" "$results")," \
        "this is $(value_of "$name" "$work/new.txt")"
    fi
  done
  awk -v most="$most_percent" -v names="run ${functions[*]}" '
    BEGIN {
      count = split(names, name, " ")
      for (i = 1; i <= count; ++i) counted[name[i]] = 1
      printf "%-16s %15s %15s %9s\n", "instructions of", "recorded", "now", "change"
    }
    !($1 in counted) { next }
    FNR == NR { recorded[$1] = $2; next }
    !($1 in recorded) { print "no record of " $1; unknown = 1; next }
    {
      change = 100 * ($2 / recorded[$1] - 1)
      printf "%-16s %15d %15d %+8.2f%%\n", $1, recorded[$1], $2, change
      if (change > most) above = 1
    }
    END {
      if (unknown) exit 2
      if (above) { print "more than " most "% above the record"; exit 1 }
    }' "$results" "$work/new.txt"
}

count
describe >"$work/new.txt"
if [[ "$record" == yes ]]; then
  mkdir -p "$(dirname "$results")"
  cp "$work/new.txt" "$results"
  cat "$results"
elif [[ ! -f "$results" ]]; then
  cat "$work/new.txt"
  echo "bench_instructions.sh: nothing is recorded yet; --record does" >&2
  exit 2
else
  compare && status=0 || status=$?
  if [[ "$status" -eq 1 ]]; then
    echo "The functions that cost most by themselves:"
    callgrind_annotate "$work/callgrind.out" | grep -E '^ *[0-9,]+ \(' | sed -n 2,16p | cut -c1-120
  fi
  exit "$status"
fi
