load common

# Long enough to be caught in the middle, checkpoints often enough to be caught between two.
shape=(-k 20 --batch-size 25 --seed 3 --quiet)
options=("${shape[@]}" --passes 120 --checkpoint-every 50)

setup_file() {
  make_small_corpora
  export T="$BATS_FILE_TMPDIR"
  svi_lda train "$C/docword.txt" --vocab "$C/vocab.txt" "${options[@]}" -o "$T/reference"
}

same_model() { cmp "$T/reference/model.npz" "$1/model.npz"; }

# interrupted SIGNAL CODE: stopped after its first checkpoint, then resumed to the same model.
interrupted() {
  local signal=$1 code=$2 run="$BATS_TEST_TMPDIR/run"
  start train "$C/docword.txt" --vocab "$C/vocab.txt" "${options[@]}" -o "$run"
  wait_for "$run/checkpoints/step-*.npz"
  kill "-$signal" "$pid"
  local status=0
  wait "$pid" || status=$?
  cat "$log"
  [ "$status" -eq "$code" ]
  [ ! -s "$BATS_TEST_TMPDIR/out" ]
  [ ! -e "$run/model.npz" ]
  [ "$(grep -c "svi-lda resume $run" "$log")" -eq 1 ]
  svi_lda topics "$run" > /dev/null
  run --separate-stderr svi_lda resume "$run"
  [ "$status" -eq 0 ]
  [[ $stderr == *"checkpoints/step-"*".npz"* ]]
  same_model "$run"
}

@test "SIGINT: a checkpoint, exit 130, and resume gives the same bytes" { interrupted INT 130; }

@test "SIGTERM: a checkpoint, exit 143, and resume gives the same bytes" { interrupted TERM 143; }

@test "kill -9 at random moments, again and again, and resume gives the same bytes" {
  local run="$BATS_TEST_TMPDIR/run" round
  RANDOM=$$
  for round in 1 2 3; do
    rm -rf "$run" "$run.cache"
    start train "$C/docword.txt" --vocab "$C/vocab.txt" "${options[@]}" -o "$run"
    for _ in 1 2 3; do
      sleep "0.$((RANDOM % 4))$((RANDOM % 10))"
      kill -KILL "$pid" 2> /dev/null || true
      wait "$pid" 2> /dev/null || true
      [ -e "$run/run.json" ] || break
      start resume "$run" --quiet
    done
    wait "$pid" 2> /dev/null || true
    if [ -e "$run/run.json" ]; then
      svi_lda resume "$run" --quiet
    else
      # Killed before anything was written down.
      fails 1 "$run.*: .+; .+" svi_lda resume "$run" --quiet
      svi_lda train "$C/docword.txt" --vocab "$C/vocab.txt" "${options[@]}" -o "$run" --force
    fi
    same_model "$run"
  done
}

@test "a raised --passes gives the bytes of a run of that many" {
  local run="$BATS_TEST_TMPDIR/run"
  svi_lda train "$C/docword.txt" --vocab "$C/vocab.txt" "${shape[@]}" --passes 20 -o "$run"
  svi_lda resume "$run" --passes 120 --quiet
  same_model "$run"
}

@test "topics that are merged on the way are the same after an interruption on either side" {
  local b="$BATS_TEST_TMPDIR"
  local merging=(-k 20 --batch-size 25 --seed 3)
  svi_lda train "$C/docword.txt" "${merging[@]}" --passes 32 -o "$b/whole" 2> "$b/log"
  grep 'said the same as another' "$b/log" | sed 's/.*pass/pass/' > "$b/expected"
  [ "$(wc -l < "$b/expected")" -ge 2 ]
  # Merging is after passes 2, 4, 8, 16.
  svi_lda train "$C/docword.txt" "${merging[@]}" --passes 2 -o "$b/parts" 2> "$b/log"
  for passes in 3 4 15 16 17 32; do
    svi_lda resume "$b/parts" --passes "$passes" 2>> "$b/log"
  done
  diff "$b/expected" <(grep 'said the same as another' "$b/log" | sed 's/.*pass/pass/')
  cmp "$b/whole/model.npz" "$b/parts/model.npz"
}

@test "resuming a finished run changes nothing" {
  cp -r "$T/reference" "$BATS_TEST_TMPDIR/run"
  svi_lda resume "$BATS_TEST_TMPDIR/run" --quiet
  same_model "$BATS_TEST_TMPDIR/run"
}

@test "a run without a checkpoint starts over and says so" {
  local run="$BATS_TEST_TMPDIR/run"
  start train "$C/docword.txt" --vocab "$C/vocab.txt" "${shape[@]}" --passes 120 \
    --checkpoint-every 0 -o "$run"
  wait_for "$run/run.json"
  kill -KILL "$pid"
  wait "$pid" 2> /dev/null || true
  [ -z "$(compgen -G "$run/checkpoints/*.npz" || true)" ]
  run --separate-stderr svi_lda resume "$run"
  [ "$status" -eq 0 ]
  [[ $stderr == *"start"* ]]
  same_model "$BATS_TEST_TMPDIR/run"
}

@test "a damaged newest checkpoint is passed over, with a warning" {
  local run="$BATS_TEST_TMPDIR/run" newest
  start train "$C/docword.txt" --vocab "$C/vocab.txt" "${options[@]}" -o "$run"
  wait_for "$run/checkpoints/step-*[1-9][05]0.npz"  # the second or a later one
  kill -KILL "$pid"
  wait "$pid" 2> /dev/null || true
  newest=$(compgen -G "$run/checkpoints/step-*.npz" | sort | tail -n 1)
  truncate -s 500 "$newest"
  run --separate-stderr svi_lda resume "$run" --quiet
  [ "$status" -eq 0 ]
  [[ $stderr == *"$newest"* ]]
  same_model "$run"
}

@test "a run from standard input goes on from its complete cache" {
  local run="$BATS_TEST_TMPDIR/run"
  start train - --vocab "$C/vocab.txt" "${options[@]}" -o "$run" < "$C/docword.txt"
  wait_for "$run/checkpoints/step-*.npz"
  kill -KILL "$pid"
  wait "$pid" 2> /dev/null || true
  cp -r "$run" "$run-without-cache"
  svi_lda resume "$run" --quiet < /dev/null
  same_model "$run"
  fails 1 ".+; .+" svi_lda resume "$run-without-cache" --quiet < /dev/null
}

@test "a time limit ends a run in order" {
  run --separate-stderr svi_lda train "$C/docword.txt" -k 20 --passes 1000000 --time-limit 0.5s \
    -o "$BATS_TEST_TMPDIR/run"
  [ "$status" -eq 0 ]
  [[ $stderr == *"time limit"* ]]
  [ -s "$BATS_TEST_TMPDIR/run/model.npz" ]
}

@test "a time limit without passes fixes a schedule, which more time keeps" {
  local run="$BATS_TEST_TMPDIR/run"
  run --separate-stderr svi_lda train "$C/docword.txt" -k 20 --average off --least-gain 1e-9 --time-limit 0.2s \
    -o "$run"
  [ "$status" -eq 0 ]
  [[ $stderr == *"step sizes fall from 0.08 s on, to a tenth at 0.2 s"* ]]
  [[ $stderr == *"time limit"* ]]
  grep -A1 '"schedule"' "$run/run.json" | grep -q '"seconds": 0.2'
  run --separate-stderr svi_lda resume "$run" --time-limit 0.3s
  [ "$status" -eq 0 ]
  [[ $stderr == *"the schedule stays that of the run's start: step sizes fall from 0.08 s on"* ]]
  grep -A1 '"schedule"' "$run/run.json" | grep -q '"seconds": 0.2'
}

@test "a corpus that changed is refused" {
  local run="$BATS_TEST_TMPDIR/run"
  cp "$C/docword.txt" "$BATS_TEST_TMPDIR/corpus.txt"
  svi_lda train "$BATS_TEST_TMPDIR/corpus.txt" -k 3 --passes 2 --quiet -o "$run"
  cp "$C/test.txt" "$BATS_TEST_TMPDIR/corpus.txt"
  fails 1 ".+; .+" svi_lda resume "$run" --passes 4 --quiet
}

@test "metrics.jsonl of a resumed run has each report once" {
  local run="$BATS_TEST_TMPDIR/run"
  start train "$C/docword.txt" --vocab "$C/vocab.txt" "${options[@]}" --report-every 20 -o "$run"
  wait_for "$run/checkpoints/step-*.npz"
  kill -KILL "$pid"
  wait "$pid" 2> /dev/null || true
  svi_lda resume "$run" --quiet
  python3 - "$run/metrics.jsonl" <<'PY'
import json, sys
steps = [json.loads(line)["step"] for line in open(sys.argv[1])]
assert steps == sorted(set(steps)), steps
assert set(range(20, 1440, 20)) <= set(steps), steps
PY
}
