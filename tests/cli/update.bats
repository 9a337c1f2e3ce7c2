load common

setup_file() {
  make_small_corpora
  export T="$BATS_FILE_TMPDIR"
  train_small "$T/news"
}

@test "update goes to the next number, says what it did, and leaves the old run as it was" {
  cp -r "$T/news" "$BATS_TEST_TMPDIR/news"
  cd "$BATS_TEST_TMPDIR"
  run --separate-stderr svi_lda update news "$C/test.txt"
  [ "$status" -eq 0 ]
  [ -z "$output" ]
  [[ $stderr == *"the result goes to news.2"* ]]
  [[ $stderr == *"60 documents"*"0 outside the model's vocabulary (0.0%)"* ]]
  [[ $stderr == *"step size even: each document, old or new, weighs the same"* ]]
  [[ $stderr == *"old documents are 83.3% of all (300 of 360), and 83.3% of lambda"* ]]
  [ "$(ls news.2 | sort | xargs)" = "checkpoints metrics.jsonl model.npz run.json" ]
  [ ! -e news.2.cache ]
  diff -r "$T/news" news
  svi_lda update news.2 "$C/test.txt" --quiet
  [ -e news.3/model.npz ]
  fails 1 "news.2: is not empty; .+" svi_lda update news "$C/test.txt" -o news.2 --quiet
}

@test "info and report tell what an update went on from" {
  svi_lda update "$T/news" "$C/test.txt" --step-size restart --seed 9 -o "$BATS_TEST_TMPDIR/run" --quiet
  svi_lda info "$BATS_TEST_TMPDIR/run" --format json > "$BATS_TEST_TMPDIR/json"
  [ "$(json 'd["base"]["documents"], d["base"]["step_size"], d["base"]["share_of_lambda"] < 0.9' < "$BATS_TEST_TMPDIR/json")" = "300 restart True" ]
  [ "$(json 'd["update_of"]' < "$BATS_TEST_TMPDIR/json")" = "$T/news/model.npz" ]
  svi_lda info "$BATS_TEST_TMPDIR/run/model.npz" --format json > "$BATS_TEST_TMPDIR/json"
  [ "$(json 'd["documents"], d["base"]["documents"]' < "$BATS_TEST_TMPDIR/json")" = "360 300" ]
  svi_lda report "$BATS_TEST_TMPDIR/run" -o "$BATS_TEST_TMPDIR/report.html" --quiet
  grep -q "svi-lda update .*news/model.npz .*test.txt --step-size restart --seed 9 --output" \
    "$BATS_TEST_TMPDIR/report.html"
}

@test "the command that the report gives makes the same model" {
  run="$BATS_TEST_TMPDIR/run"
  svi_lda update "$T/news" "$C/test.txt" --step-size continue --passes 2 -o "$run" --quiet
  svi_lda report "$run" -o "$run.html" --quiet
  command=$(grep -o 'svi-lda update [^"]*-again' "$run.html" | head -n 1)
  (cd "$BATS_TEST_TMPDIR" && PATH="$(dirname "$SVI_LDA"):$PATH" sh -c "$command --quiet")
  cmp "$run/model.npz" "$run-again/model.npz"
}

@test "new documents from a pipe, and of any format, give the same bytes" {
  svi_lda update "$T/news" "$C/test.txt" -o "$BATS_TEST_TMPDIR/file" --quiet
  svi_lda update "$T/news" - -o "$BATS_TEST_TMPDIR/pipe" --quiet < "$C/test.txt"
  cmp "$BATS_TEST_TMPDIR/file/model.npz" "$BATS_TEST_TMPDIR/pipe/model.npz"
  for format in ldac vw npz cache; do
    svi_lda convert "$C/test.txt" --vocab "$C/vocab.txt" --to "$format" -o "$BATS_TEST_TMPDIR/corpus.$format" --quiet
    svi_lda update "$T/news" "$BATS_TEST_TMPDIR/corpus.$format" -o "$BATS_TEST_TMPDIR/$format" --quiet
    cmp "$BATS_TEST_TMPDIR/file/model.npz" "$BATS_TEST_TMPDIR/$format/model.npz"
  done
}

@test "raw text is made into words as the model's was" {
  cd "$BATS_TEST_TMPDIR"
  for i in $(seq 60); do
    if ((i % 2)); then echo "Rivers and fish $i; the river, fishing"; else echo "Courts and judges $i; the judge, courts"; fi
  done > old.txt
  printf 'The river has Fish and gold\nA judge in court\nzzz yyy\n' > new.txt
  svi_lda train old.txt -k 2 --stem english --stop-words english --passes 3 --quiet -o texts
  run --separate-stderr svi_lda update texts new.txt
  [ "$status" -eq 0 ]
  [[ $stderr == *"new.txt: 2 documents (1 more without a known word), 4 tokens; 3 outside the model's vocabulary (42.9%)"* ]]
  svi_lda infer texts.2 new.txt > /dev/null
  fails 1 ".+/model.npz: does not know how text becomes its words: .+" svi_lda update "$T/news" new.txt --text --quiet -o other
  nothing_left "$BATS_TEST_TMPDIR/other"
}

@test "SIGINT leaves an update that resume finishes to the same bytes" {
  make_corpus 20000 5 > "$BATS_TEST_TMPDIR/many.txt"
  options=(--checkpoint-every 20 --passes 20 --quiet)
  svi_lda update "$T/news" "$BATS_TEST_TMPDIR/many.txt" "${options[@]}" -o "$BATS_TEST_TMPDIR/whole"
  start update "$T/news" "$BATS_TEST_TMPDIR/many.txt" "${options[@]}" -o "$BATS_TEST_TMPDIR/run"
  wait_for "$BATS_TEST_TMPDIR/run/checkpoints/step-*[1-9]0.npz"
  kill -INT "$pid"
  status=0
  wait "$pid" || status=$?
  cat "$log"
  [ "$status" -eq 130 ]
  [ ! -e "$BATS_TEST_TMPDIR/run/model.npz" ]
  fails 1 "$BATS_TEST_TMPDIR/run: is not finished .interrupted.: .+svi-lda resume .+" \
    svi_lda update "$BATS_TEST_TMPDIR/run" "$C/test.txt" --quiet
  svi_lda resume "$BATS_TEST_TMPDIR/run" --quiet
  cmp "$BATS_TEST_TMPDIR/whole/model.npz" "$BATS_TEST_TMPDIR/run/model.npz"
}

@test "a time limit ends an update, which resume finishes" {
  run="$BATS_TEST_TMPDIR/run"
  make_corpus 20000 5 > "$BATS_TEST_TMPDIR/many.txt"
  svi_lda update "$T/news" "$BATS_TEST_TMPDIR/many.txt" --passes 20 --time-limit 0.01s --quiet -o "$run"
  [ "$(json 'd["end"]["reason"]' < "$run/run.json")" = "time limit" ]
  svi_lda resume "$run" --time-limit 0 --quiet
  [ "$(json 'd["end"]["passes"], round(d["update"]["base"]["share"] * 20300)' < "$run/run.json")" = "20 300" ]
}

@test "what cannot be gone on from is refused" {
  svi_lda train "$C/docword.txt" -k 3 --inference batch --passes 2 --quiet -o "$BATS_TEST_TMPDIR/batch"
  fails 2 ".+--inference vb, which goes on from its topics in steps" \
    svi_lda update "$BATS_TEST_TMPDIR/batch" "$C/test.txt" --quiet
  fails 2 "--inference 'batch': .+must be auto, vb, em, cvb0 or gibbs" \
    svi_lda update "$T/news" "$C/test.txt" --inference batch
  fails 2 "--step-size 'odd': must be even, continue or restart" \
    svi_lda update "$T/news" "$C/test.txt" --step-size odd
  fails 2 "--passes 0: must .+" svi_lda update "$T/news" "$C/test.txt" --passes 0
  fails 2 "NEWDOCS is missing: .+" svi_lda update "$T/news"
  fails 1 ".+/nowhere: cannot be read: .+" svi_lda update "$BATS_TEST_TMPDIR/nowhere" "$C/test.txt" --quiet
  nothing_left "$BATS_TEST_TMPDIR/batch."
}
