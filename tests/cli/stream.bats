load common

# Standard input with --corpus-size and without --passes: each document is seen once.

shape=(-k 5 --batch-size 25 --seed 3 --corpus-size 3000 --shuffle-buffer 500 --threads 2)

setup_file() {
  make_small_corpora
  export T="$BATS_FILE_TMPDIR"
  make_corpus 3000 7 | gzip > "$T/dump.gz"
  zcat "$T/dump.gz" | svi_lda train - --vocab "$C/vocab.txt" "${shape[@]}" --quiet -o "$T/reference"
}

same_model() { cmp "$T/reference/model.npz" "$1/model.npz"; }

# The dump, its last third only after a while, so that the run can be caught in the middle.
slowly() {
  zcat "$T/dump.gz" | head -n 60000
  sleep "$1"
  zcat "$T/dump.gz" | tail -n +60001
}

@test "a stream is trained on in one go, and nothing says pass" {
  cd "$BATS_TEST_TMPDIR"
  zcat "$T/dump.gz" | svi_lda train - --vocab "$C/vocab.txt" "${shape[@]}" \
    --held-out "$C/test.txt" -o run 2> log
  cat log
  grep -q 'a stream of about 3000 documents, 5 topics: .*each document once, drawn from a buffer of 500' log
  grep -Eq 'finished: 120 steps, 3000 documents, ' log
  run ! grep -qi pass log
  run ! grep -q '"pass"' run/metrics.jsonl
  [ "$(wc -l < run/metrics.jsonl)" -eq 20 ]
  [ "$(compgen -G 'run*')" = run ]
  svi_lda info run --format json | json 'd["ended_by"]' | grep -qx 'end of the stream'
  svi_lda info run/model.npz > model-info
  run ! grep -q "^passes" model-info
  svi_lda report run -o report.html --quiet
  grep -q '"stream":true' report.html
  svi_lda plot run -o figures --over documents --quiet
  grep -q 'documents seen' figures/perplexity.svg
  fails 2 '--over passes: the run saw a stream.*--over documents' svi_lda plot run -o more --over passes --quiet
}

@test "SIGINT while a stream is waited for: a checkpoint, and resume with the same stream gives the same bytes" {
  local run="$BATS_TEST_TMPDIR/run" status=0
  mkfifo "$BATS_TEST_TMPDIR/fifo"
  slowly 30 > "$BATS_TEST_TMPDIR/fifo" 2> /dev/null 3>&- &
  local writer=$!
  start train - --vocab "$C/vocab.txt" "${shape[@]}" --checkpoint-every 10 -o "$run" < "$BATS_TEST_TMPDIR/fifo"
  wait_for "$run/checkpoints/step-*.npz"
  sleep 0.5
  kill -INT "$pid"
  local asked=$SECONDS
  wait "$pid" || status=$?
  [ $((SECONDS - asked)) -lt 15 ]
  kill "$writer" 2> /dev/null || true
  cat "$log"
  [ "$status" -eq 130 ]
  [ ! -e "$run/model.npz" ]
  fails 1 '.*keeps nothing; send the stream again from its beginning: .*--corpus -' svi_lda resume "$run" --quiet < /dev/null
  fails 1 'standard input: is not the stream that the run was trained on' \
    svi_lda resume "$run" --corpus - --quiet < <(make_corpus 3000 8)
  run --separate-stderr svi_lda resume "$run" --corpus - < <(zcat "$T/dump.gz")
  [ "$status" -eq 0 ]
  [[ $stderr == *"skipping the first "* ]]
  same_model "$run"
  run --separate-stderr svi_lda resume "$run"
  [ "$status" -eq 0 ]
  [[ $stderr == *"nothing is left to do: the stream of 3000 documents has come to its end"* ]]
}

@test "a stream that breaks off leaves a checkpoint to go on from" {
  local run="$BATS_TEST_TMPDIR/run"
  run --separate-stderr svi_lda train - --vocab "$C/vocab.txt" "${shape[@]}" -o "$run" \
    < <(head -c "$(($(stat -c %s "$T/dump.gz") * 2 / 3))" "$T/dump.gz")
  [ "$status" -eq 1 ]
  [ -n "$(compgen -G "$run/checkpoints/step-*.npz")" ]
  svi_lda resume "$run" --corpus - --quiet < "$T/dump.gz"
  same_model "$run"
}

@test "kill -9 at random moments, and resume with the stream gives the same bytes" {
  local run="$BATS_TEST_TMPDIR/run"
  start train - --vocab "$C/vocab.txt" "${shape[@]}" --checkpoint-every 5 -o "$run" < "$T/dump.gz"
  for _ in 1 2 3; do
    sleep "0.$((RANDOM % 3))$((RANDOM % 10))"
    kill -KILL "$pid" 2> /dev/null || true
    wait "$pid" 2> /dev/null || true
    start resume "$run" --corpus - --quiet < "$T/dump.gz"
  done
  wait "$pid" || true
  [ -e "$run/model.npz" ] ||
    svi_lda train - --vocab "$C/vocab.txt" "${shape[@]}" --force --quiet -o "$run" < "$T/dump.gz"
  same_model "$run"
}

@test "a stream of another size than was said is said at the end" {
  run --separate-stderr svi_lda train - -k 3 --corpus-size 100000 -o "$BATS_TEST_TMPDIR/run" < "$T/dump.gz"
  [ "$status" -eq 0 ]
  [[ $stderr == *"the stream had 3000 documents, --corpus-size said 100000"* ]]
  run --separate-stderr svi_lda train - -k 3 --corpus-size 2900 -o "$BATS_TEST_TMPDIR/near" < "$T/dump.gz"
  [[ $stderr != *"--corpus-size said"* ]]
}

@test "raw text in a stream is made into words of a given vocabulary" {
  cd "$BATS_TEST_TMPDIR"
  awk 'BEGIN { srand(5); split("apple pear plum orchard wheel engine brake gear", w, " ")
    for (d = 1; d <= 400; ++d) {
      printf "{\"key\": \"k%d\", \"body\": \"the", d
      for (n = 0; n < 20; ++n) printf " %s", w[int(4 * rand()) + 1 + (d % 2) * 4]
      print "\"}" } }' > texts.jsonl
  svi_lda vectorize texts.jsonl --text-field body --stop-words english -o corpus --quiet > /dev/null
  gzip -c texts.jsonl | svi_lda train - --text-field body --stop-words english -k 2 --corpus-size 400 \
    --vocab corpus/vocab.txt -o stream 2> log
  cat log
  [ "$(compgen -G 'stream*')" = stream ]
  # As the counts of the same text.
  svi_lda train - -k 2 --corpus-size 400 --vocab corpus/vocab.txt --quiet -o counts \
    < <(svi_lda convert corpus/corpus.cache --to uci -o counts.txt --quiet > /dev/null; cat counts.txt)
  for run in stream counts; do unzip -p $run/model.npz lambda.npy > $run.lambda; done
  cmp stream.lambda counts.lambda
  # The model knows how text becomes its words.
  printf 'Apples and an APPLE\n' > new.txt
  svi_lda infer stream new.txt > theta.tsv
  [ "$(wc -l < theta.tsv)" -eq 2 ]
  fails 1 '.*no vocabulary before it is read; give --vocab FILE' \
    svi_lda train - --text-field body -k 2 --corpus-size 400 --quiet -o none < texts.jsonl
  nothing_left none
  fails 2 '.*--min-df' svi_lda train - --text-field body -k 2 --corpus-size 400 --min-df 2 \
    --vocab corpus/vocab.txt --quiet -o none < texts.jsonl
  nothing_left none
}

@test "memory that the shuffle buffer takes is counted before it is filled" {
  fails 1 '.*shuffle buffer of 50000000 documents.*--memory-limit of.*; .*--shuffle-buffer' \
    svi_lda train - -k 3 --corpus-size 1000000 --shuffle-buffer 50000000 --memory-limit 1G --quiet \
    -o "$BATS_TEST_TMPDIR/run" < "$T/dump.gz"
  nothing_left "$BATS_TEST_TMPDIR/run"
}

# peak_of DOCS: the most memory, in KiB, that a stream of so many documents took.
peak_of() {
  awk -v docs="$1" 'BEGIN { srand(3); for (d = 0; d < docs; ++d) {
    line = 10; for (i = 0; i < 10; ++i) line = line " " i * 100 + int(100 * rand()) ":1"; print line } }' |
    python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' \
      "$SVI_LDA" train - --vocab "$T/words.txt" -k 2 --inference vb --corpus-size "$1" --batch-size 200 \
      --shuffle-buffer 1000 --threads 1 --checkpoint-every 0 --quiet -o "$BATS_TEST_TMPDIR/run$1"
}

@test "memory does not grow with a stream" {
  [ -z "${SANITIZER_PRELOAD-}" ] || skip "a sanitizer keeps what is freed"
  seq 1000 | sed 's/^/w/' > "$T/words.txt"
  local short long
  short=$(peak_of 20000)
  long=$(peak_of 200000)
  echo "$short KiB, $long KiB"
  [ "$long" -lt $((short + 4096)) ]
}
