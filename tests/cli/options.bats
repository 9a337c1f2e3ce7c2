load common

setup_file() { make_small_corpora; }

# Long names of the options in the help of a command.
options_of() {
  svi_lda "$1" --help | sed '/^Examples:/,$d' | grep -oE '^ +(-[a-z], )?--[a-z0-9-]+' |
    grep -oE -- '--.*'
}

# The text of one option in the help of a command, on one line.
text_of() {
  svi_lda "$1" --help | awk -v name="$2" '
    /^Examples:/ { exit }
    /^ +(-[a-z], )?--/ { on = ($1 == name || $2 == name || $1 == name ",") }
    /^[^ ]/ { on = 0 }
    on { $1 = $1; printf "%s ", $0 }'
}

# A value out of range for each option of train; "-" where any value will do, or where it is a flag.
declare -gA wrong=(
  [--output]=- [--vocab]=- [--corpus-format]=pdf [--documents-are]=diagonal [--corpus-size]=-1 [--keep-cache]=- [--force]=-
  [--topics]=0 [--alpha]=-0.1 [--eta]=-1 [--inference]=magic [--init]=zero [--step]=giant [--rho]=0 [--average]=maybe
  [--kappa]=0.5 [--tau0]=-1 [--batch-size]=-1 [--passes]=-1 [--inner-iterations]=-1
  [--seed-words]=- [--seed-weight]=0 [--sweeps]=1000001 [--burn-in]=10
  [--leave-out]=perhaps [--least-gain]=1 [--bound-tolerance]=2 [--inner-tolerance]=-1 [--order]=random [--shuffle-buffer]=some [--seed]=-1 [--held-out]=- [--held-out-fraction]=1
  [--report-every]=often [--checkpoint-every]=never [--keep-checkpoints]=0 [--time-limit]=-1
  [--threads]=-1 [--memory-limit]=much [--isa]=mmx [--profile]=- [--config]=- [--quiet]=- [--log-level]=loud [--help]=-
  [--text]=- [--input-format]=xml [--text-field]=- [--id-field]=- [--no-header]=- [--title-field]=-
  [--label-field]=- [--date-field]=- [--token-pattern]=')' [--keep-numbers]=- [--drop-emoji]=- [--stop-words]=-
  [--stem]=klingon [--ngrams]=0 [--min-df]=some [--max-df]=1.5 [--max-features]=-
)

@test "every option of train is documented with its rule and its default" {
  for option in $(options_of train); do
    text=$(text_of train "$option")
    [[ $text == *"[default: "*"]"* || $text == *"[required]"* ]] || { echo "$option: $text"; false; }
    [[ -n ${wrong[$option]-} ]] || { echo "no wrong value for $option"; false; }
    if [[ ${wrong[$option]} != - && $option != --seed ]]; then
      [[ $text == *"must be "* ]] || { echo "$option has no rule: $text"; false; }
    fi
  done
  [ "$(options_of train | wc -l)" -eq "${#wrong[@]}" ]
}

@test "every option of train rejects a value out of range, naming value and rule" {
  for option in $(options_of train); do
    value=${wrong[$option]}
    [[ $value == - ]] && continue
    arguments=(train "$C/docword.txt" -o "$BATS_TEST_TMPDIR/run" "$option" "$value")
    [[ $option == --topics ]] || arguments+=(-k 3)
    fails 2 "$option '?$value'?: must " svi_lda "${arguments[@]}"
    nothing_left "$BATS_TEST_TMPDIR/run"
  done
}

@test "every option of the other commands rejects a value out of range" {
  declare -A bad=(
    [--top]=-1 [--threshold]=2 [--format]=pdf [--corpus-format]=pdf [--documents-are]=diagonal [--inner-iterations]=0 [--inner-tolerance]=-1
    [--threads]=-1 [--seed]=-1 [--log-level]=loud [--topic]=-1 [--document]=0
    [--input-format]=xml [--estimator]=guess [--particles]=0 [--samples]=1 [--compat]=mallet
    [--step-size]=long [--inference]=guess [--passes]=0 [--report-every]=daily
    [--checkpoint-every]=never [--keep-checkpoints]=0 [--time-limit]=soon
  )
  declare -A operands=([update]="run corpus" [topics]="run" [evaluate]="run corpus" [infer]="run corpus" [similar]="run" [info]="path")
  for command in update topics evaluate infer similar info; do
    for option in $(options_of "$command"); do
      [[ $(text_of "$command" "$option") == *"[default: "* ]]
      [[ $(text_of "$command" "$option") == *"must be "* || $option == --seed ]] || continue
      # shellcheck disable=SC2086
      fails 2 "$option '?${bad[$option]}'?: must " \
        svi_lda "$command" ${operands[$command]} "$option" "${bad[$option]}"
    done
  done
}

@test "resume rejects values out of range" {
  train_small "$BATS_TEST_TMPDIR/run"
  fails 2 "--passes 0: must " svi_lda resume "$BATS_TEST_TMPDIR/run" --passes 0
  fails 2 "--passes 1e3: must " svi_lda resume "$BATS_TEST_TMPDIR/run" --passes 1e3
  fails 2 "--threads -1: must " svi_lda resume "$BATS_TEST_TMPDIR/run" --threads -1
  fails 2 "--time-limit 'soon': must " svi_lda resume "$BATS_TEST_TMPDIR/run" --time-limit soon
  fails 2 "--checkpoint-every 'never': must " \
    svi_lda resume "$BATS_TEST_TMPDIR/run" --checkpoint-every never
}

@test "numbers are taken strictly" {
  for value in 1e3 1.5 0x10 " 3" 3x "" nan 99999999999999999999; do
    fails 2 "--topics $value: must be a whole number" svi_lda train c -o r -k "$value"
  done
  for value in nan inf -inf 1e999 0x1p3 0,5 ""; do
    fails 2 "--kappa $value: must be a finite number" svi_lda train c -o r -k 3 --kappa "$value"
  done
  for value in nan inf -inf 1e999 0 ""; do
    fails 2 "--eta '$value': must be a number in" svi_lda train c -o r -k 3 --eta "$value"
  done
  fails 2 "--seed -1: must be a whole number from 0" svi_lda train c -o r -k 3 --seed -1
}

@test "all problems are reported together, before any file is opened" {
  run --separate-stderr svi_lda train /no/such/corpus -o /no/such/folder -k 0 --kappa 2 --tau0 -1 \
    --batch-size x --log-level loud
  [ "$status" -eq 2 ]
  [ "${#stderr_lines[@]}" -eq 5 ]
  for option in --topics --kappa --tau0 --batch-size --log-level; do
    [[ $stderr == *"svi-lda: error: $option "* ]]
  done
  [[ $stderr != *"/no/such"* ]]
}

@test "options that exclude each other are named" {
  fails 2 ".*--held-out and --held-out-fraction" svi_lda train c -o r -k 3 --held-out h \
    --held-out-fraction 0.1
  fails 2 "--held-out '-': must be a file" svi_lda train - -o r -k 3 --held-out -
}

@test "missing, repeated and extra arguments exit 2" {
  run --separate-stderr svi_lda train
  [ "$status" -eq 2 ]
  for what in CORPUS --output --topics; do [[ $stderr == *"$what is missing"* ]]; done
  fails 2 "option '--topics' is given twice" svi_lda train c -o r -k 3 --topics 4
  fails 2 "option '--eta' is given twice" svi_lda train c -o r -k 3 --eta 1 --beta 2
  fails 2 "unexpected argument 'd'" svi_lda topics c d
  fails 2 ".*'--topics' is missing" svi_lda train c -o r -k
  fails 2 "RUN is missing" svi_lda topics
  fails 2 "CORPUS is missing" svi_lda evaluate run
}

@test "--config: the command line wins, errors name the line" {
  conf="$BATS_TEST_TMPDIR/train.conf"
  printf '# tiny\n\ntopics = 4\r\npasses = 1\nquiet = yes\nbeta = 0.05' > "$conf"
  run --separate-stderr svi_lda train "$C/docword.txt" -o "$BATS_TEST_TMPDIR/run" --config "$conf" \
    --topics 3
  [ "$status" -eq 0 ]
  [ -z "$stderr" ]
  [ "$(svi_lda topics "$BATS_TEST_TMPDIR/run" --format tsv --top 1 | wc -l)" -eq 4 ]
  grep -q '"eta": *"0.05"' "$BATS_TEST_TMPDIR/run/run.json"

  printf 'topics = 4\nkapa = 1\n' > "$conf"
  fails 2 "$conf:2: unknown option 'kapa'; did you mean '--kappa'" \
    svi_lda train c -o r --config "$conf"
  printf 'topics = 4\n\nkappa = 9\n' > "$conf"
  fails 2 "$conf:3: --kappa 9: must " svi_lda train c -o r --config "$conf"
  printf 'topics 4\n' > "$conf"
  fails 2 "$conf:1: not an option; " svi_lda train c -o r --config "$conf"
  printf 'topics = 4\ntopics = 5\n' > "$conf"
  fails 2 "$conf:2: option '--topics' is given twice" svi_lda train c -o r --config "$conf"
  fails 1 "/no/such/file: " svi_lda train c -o r -k 3 --config /no/such/file
}

@test "--quiet and --log-level decide what is logged; nothing goes to standard output" {
  run --separate-stderr svi_lda train "$C/docword.txt" -k 3 -o "$BATS_TEST_TMPDIR/a" --passes 1
  [ "$status" -eq 0 ]
  [ -z "$output" ]
  [[ $stderr == *"model: $BATS_TEST_TMPDIR/a/model.npz"* ]]
  [[ $stderr != *$'\e'* ]]
  for level in --quiet --log-level=off --log-level=warn; do
    run --separate-stderr svi_lda train "$C/docword.txt" -k 3 -o "$BATS_TEST_TMPDIR/a" --passes 1 \
      --force "$level"
    [ "$status" -eq 0 ]
    [ -z "$output$stderr" ]
  done
}

@test "a terminal gets a progress bar that is removed at the end" {
  script -qec true /dev/null > /dev/null 2>&1 < /dev/null || skip "no script(1), or no pseudo-terminals here"
  typescript="$BATS_TEST_TMPDIR/typescript"
  script -qec "$SVI_LDA train $C/docword.txt -k 50 -o $BATS_TEST_TMPDIR/run --passes 100000 \
    --batch-size 50 --report-every 1000000 --time-limit 2" "$typescript" > /dev/null < /dev/null
  tr '\r' '\n' < "$typescript" | grep -a "docs .* tokens/s" > "$BATS_TEST_TMPDIR/bars"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/bars")" -ge 2 ]
  [ "$(wc -l < "$BATS_TEST_TMPDIR/bars")" -le 40 ]
}

@test "every option is echoed in run.json" {
  train_small "$BATS_TEST_TMPDIR/run"
  for option in $(options_of train); do
    case $option in
      --output | --vocab | --force | --config | --quiet | --log-level | --help) continue ;;
    esac
    name=${option#--}
    grep -qE "\"(${name}|${name//-/_})\":" "$BATS_TEST_TMPDIR/run/run.json" ||
      { echo "$option is not in run.json"; false; }
  done
}
