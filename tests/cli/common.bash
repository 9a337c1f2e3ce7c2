# What every .bats file here loads: the program under test, small corpora, and checks of its errors.
#   SVI_LDA       path of the program
#   FAULT_INJECT  path of the library built from fault_inject.c
#   SANITIZER_PRELOAD  runtime of the sanitizer that it is built with, which must be loaded first
bats_require_minimum_version 1.5.0

svi_lda() { "${SVI_LDA:?path of the program}" "$@"; }

# make_corpus DOCS SEED [THEMES]: UCI docword on standard output. Each document draws 20 to 49
# tokens, four in five from the 20 words of its theme, the rest from all words.
make_corpus() {
  awk -v docs="$1" -v seed="$2" -v themes="${3:-3}" '
    function uniform() { state = (state * 1103515245 + 12345) % 2147483648; return state / 2147483648 }
    BEGIN {
      state = seed; words = 20 * themes; entries = 0
      for (d = 1; d <= docs; ++d) {
        split("", count)
        length_ = 20 + int(30 * uniform())
        for (n = 0; n < length_; ++n) {
          rank = int(20 * uniform() * uniform())
          theme = uniform() < 0.8 ? d % themes : int(themes * uniform())
          ++count[theme * 20 + rank + 1]
        }
        for (w = 1; w <= words; ++w) if (w in count) line[++entries] = d " " w " " count[w]
      }
      print docs; print words; print entries
      for (i = 1; i <= entries; ++i) print line[i]
    }'
}

# make_vocabulary THEMES: red0 .. red19, green0 .., blue0 .., theme3_0 ..
make_vocabulary() {
  awk -v themes="${1:-3}" 'BEGIN {
    split("red green blue", name, " ")
    for (t = 0; t < themes; ++t)
      for (w = 0; w < 20; ++w) print (t < 3 ? name[t + 1] : "theme" t "_") w
  }'
}

# uci_to_ldac: LDA-C on standard output from UCI docword on standard input.
uci_to_ldac() {
  awk 'NR <= 3 { header[NR] = $1; next }
       { pairs[$1] = pairs[$1] " " ($2 - 1) ":" $3; ++number[$1] }
       END { for (d = 1; d <= header[1]; ++d) print number[d] + 0 pairs[d] }'
}

# The corpora of a file's tests, made once: $C/docword.txt, $C/test.txt, $C/vocab.txt.
make_small_corpora() {
  export C="$BATS_FILE_TMPDIR/corpora"
  mkdir -p "$C"
  make_corpus 300 1 > "$C/docword.txt"
  make_corpus 60 2 > "$C/test.txt"
  make_vocabulary > "$C/vocab.txt"
}

# train_small RUN [options]: a model of the small corpus in a fraction of a second, by default of
# $passes = 3 passes.
train_small() {
  local run=$1
  shift
  svi_lda train "$C/docword.txt" --vocab "$C/vocab.txt" -k 3 --batch-size 32 --passes "${passes:-3}" \
    --threads 1 --quiet -o "$run" "$@"
}

# fails CODE PATTERN COMMAND...: the command ends with CODE, prints nothing on standard output and
# one line on standard error that matches the extended regular expression from its beginning: with
# path and line where a file is wrong, else behind the program's name.
fails() {
  local code=$1 pattern=$2
  shift 2
  run --separate-stderr "$@"
  # shellcheck disable=SC2154
  local line=${stderr#svi-lda: error: }
  local named=no
  [[ $line == "$stderr" ]] || named=yes
  if [[ $status -ne $code || -n $output || ${#stderr_lines[@]} -ne 1 || ! $line =~ ^$pattern ||
    ($code -eq 1 && $named == yes && $line =~ ^[^\ ]+:[0-9]+:\ ) ]]; then
    printf 'command: %s\nexpected: exit %s, %s\n' "$*" "$code" "$pattern" >&2
    printf 'exit: %s\nstdout: %s\nstderr: %s\n' "$status" "$output" "$stderr" >&2
    return 1
  fi
}

# with_fault CALL PATH ERRNO AFTER COMMAND...: the command with CALL failing on files named PATH.
with_fault() {
  local call=$1 path=$2 number=$3 after=$4
  shift 4
  SVI_FAULT_CALL=$call SVI_FAULT_PATH=$path SVI_FAULT_ERRNO=$number SVI_FAULT_AFTER=$after \
    LD_PRELOAD="${SANITIZER_PRELOAD:+$SANITIZER_PRELOAD:}${FAULT_INJECT:?path of the shim}" "$SVI_LDA" "$@"
}

# nothing_left RUN: neither a run nor its cache nor a temporary file.
nothing_left() {
  local left
  left=$(compgen -G "$1*" || true)
  if [[ -n $left ]]; then
    printf 'left behind: %s\n' "$left" >&2
    return 1
  fi
}

# The program in the background ($pid) with our standard input, interruptible as from a terminal;
# its log goes to $log.
start() {
  log="$BATS_TEST_TMPDIR/log"
  env --default-signal=INT,TERM "$SVI_LDA" "$@" <&0 > "$BATS_TEST_TMPDIR/out" 2> "$log" 3>&- &
  pid=$!
}

# wait_for PATTERN: until a file of that name is there; fails after 20 seconds.
wait_for() {
  local i
  for ((i = 0; i < 2000; ++i)); do
    compgen -G "$1" > /dev/null && return
    kill -0 "$pid" || return 1
    sleep 0.01
  done
  return 1
}

json() { python3 -c "import json,sys; d = json.load(sys.stdin); print($1)"; }
