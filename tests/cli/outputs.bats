load common

setup_file() {
  make_small_corpora
  export T="$BATS_FILE_TMPDIR"
  train_small "$T/reference"
}

same_model() { cmp "$T/reference/model.npz" "$1/model.npz"; }

@test "1, 2, 3 and 7 threads give the same bytes" {
  for threads in 1 2 3 7; do
    train_small "$BATS_TEST_TMPDIR/$threads" --force 2> /dev/null
    svi_lda train "$C/docword.txt" --vocab "$C/vocab.txt" -k 3 --batch-size 32 --passes 3 --quiet \
      --threads "$threads" --force -o "$BATS_TEST_TMPDIR/$threads"
    same_model "$BATS_TEST_TMPDIR/$threads"
  done
}

@test "gzip, LDA-C, standard input and a forced format give the same bytes" {
  local options=(--vocab "$C/vocab.txt" -k 3 --batch-size 32 --passes 3 --quiet)
  gzip -c "$C/docword.txt" > "$BATS_TEST_TMPDIR/docword.gz"
  uci_to_ldac < "$C/docword.txt" > "$BATS_TEST_TMPDIR/ldac"
  svi_lda train "$BATS_TEST_TMPDIR/docword.gz" "${options[@]}" -o "$BATS_TEST_TMPDIR/gzip"
  svi_lda train "$BATS_TEST_TMPDIR/ldac" "${options[@]}" -o "$BATS_TEST_TMPDIR/ldac.run"
  svi_lda train - "${options[@]}" -o "$BATS_TEST_TMPDIR/stdin" < "$C/docword.txt"
  gzip -c "$BATS_TEST_TMPDIR/ldac" |
    svi_lda train - "${options[@]}" --corpus-format ldac -o "$BATS_TEST_TMPDIR/pipe"
  for name in gzip ldac.run stdin pipe; do same_model "$BATS_TEST_TMPDIR/$name"; done
}

@test "other seeds and options give other models" {
  train_small "$BATS_TEST_TMPDIR/seed" --seed 2
  train_small "$BATS_TEST_TMPDIR/kappa" --kappa 0.9
  for name in seed kappa; do
    run cmp -s "$T/reference/model.npz" "$BATS_TEST_TMPDIR/$name/model.npz"
    [ "$status" -eq 1 ]
  done
}

@test "the cache is removed on success, kept by --keep-cache" {
  nothing_left "$T/reference.cache"
  train_small "$BATS_TEST_TMPDIR/kept" --keep-cache
  [ -s "$BATS_TEST_TMPDIR/kept.cache" ]
  same_model "$BATS_TEST_TMPDIR/kept"
}

@test "a directory that is not empty is refused, --force replaces a run" {
  train_small "$BATS_TEST_TMPDIR/run" --seed 7
  cp "$BATS_TEST_TMPDIR/run/model.npz" "$BATS_TEST_TMPDIR/before"
  fails 1 "$BATS_TEST_TMPDIR/run: .+; .*--force" train_small "$BATS_TEST_TMPDIR/run"
  cmp "$BATS_TEST_TMPDIR/run/model.npz" "$BATS_TEST_TMPDIR/before"
  train_small "$BATS_TEST_TMPDIR/run" --force
  same_model "$BATS_TEST_TMPDIR/run"
  mkdir "$BATS_TEST_TMPDIR/empty"
  train_small "$BATS_TEST_TMPDIR/empty"
  same_model "$BATS_TEST_TMPDIR/empty"
}

@test "--force touches only what a run leaves" {
  train_small "$BATS_TEST_TMPDIR/run"
  echo mine > "$BATS_TEST_TMPDIR/run/notes.txt"
  train_small "$BATS_TEST_TMPDIR/run" --force
  [ "$(cat "$BATS_TEST_TMPDIR/run/notes.txt")" = mine ]
  same_model "$BATS_TEST_TMPDIR/run"
}

@test "--force with a corpus that is wrong leaves the old run alone" {
  train_small "$BATS_TEST_TMPDIR/run"
  sed '$s/ [0-9]*$/ 0/' "$C/docword.txt" > "$BATS_TEST_TMPDIR/bad.txt"
  fails 1 "$BATS_TEST_TMPDIR/bad.txt:[0-9]+: " svi_lda train "$BATS_TEST_TMPDIR/bad.txt" -k 3 \
    --quiet --force -o "$BATS_TEST_TMPDIR/run"
  same_model "$BATS_TEST_TMPDIR/run"
}

@test "an output path that is a file, or below one, is refused" {
  echo mine > "$BATS_TEST_TMPDIR/file"
  for out in "$BATS_TEST_TMPDIR/file" "$BATS_TEST_TMPDIR/file/run"; do
    fails 1 "$BATS_TEST_TMPDIR/file.*: .+; .+" train_small "$out"
    fails 1 "$BATS_TEST_TMPDIR/file.*: .+; .+" train_small "$out" --force
  done
  [ "$(cat "$BATS_TEST_TMPDIR/file")" = mine ]
}

limited() { (ulimit -f "$1" && shift && "$@"); }

@test "a file size limit ends the run with one line and nothing half-written" {
  # 1 KiB: the cache does not fit.
  fails 1 "$BATS_TEST_TMPDIR/run.*: .+; .+" limited 1 train_small "$BATS_TEST_TMPDIR/run"
  nothing_left "$BATS_TEST_TMPDIR/run"
}

@test "a disk that fills up while the cache, a checkpoint or the model is written" {
  local options=(train "$C/docword.txt" -k 3 --passes 2 --batch-size 50 --quiet --checkpoint-every 3)
  for after in 0 1; do
    fails 1 "$BATS_TEST_TMPDIR/run.cache.*: .*No space left.*; .+" \
      with_fault write run.cache 28 "$after" "${options[@]}" -o "$BATS_TEST_TMPDIR/run"
    nothing_left "$BATS_TEST_TMPDIR/run"
  done
  fails 1 "$BATS_TEST_TMPDIR/run.*: .*No space left.*; .+" \
    with_fault write checkpoints/ 28 0 "${options[@]}" -o "$BATS_TEST_TMPDIR/run"
  [ ! -e "$BATS_TEST_TMPDIR/run/model.npz" ]
  [ -z "$(compgen -G "$BATS_TEST_TMPDIR/run/checkpoints/*.npz" || true)" ]
  fails 1 "$BATS_TEST_TMPDIR/run.*: .*No space left.*; .+" \
    with_fault write model.npz 28 0 "${options[@]}" -o "$BATS_TEST_TMPDIR/run" --force
  [ ! -e "$BATS_TEST_TMPDIR/run/model.npz" ]
  [ -z "$(find "$BATS_TEST_TMPDIR/run" -name '*tmp*')" ]
  # Once there is room again the run goes on and ends as if nothing had happened.
  svi_lda resume "$BATS_TEST_TMPDIR/run" --quiet
  svi_lda "${options[@]}" -o "$BATS_TEST_TMPDIR/whole"
  cmp "$BATS_TEST_TMPDIR/whole/model.npz" "$BATS_TEST_TMPDIR/run/model.npz"
}

@test "errors of open, fsync and rename are reported with their reason" {
  local options=(train "$C/docword.txt" -k 3 --passes 1 --quiet --force)
  fails 1 "$BATS_TEST_TMPDIR/a.*: .*Permission denied.*; .+" \
    with_fault open "$BATS_TEST_TMPDIR/a" 13 0 "${options[@]}" -o "$BATS_TEST_TMPDIR/a"
  nothing_left "$BATS_TEST_TMPDIR/a"
  for file in model.npz run.json checkpoints/; do
    fails 1 "$BATS_TEST_TMPDIR/b.*: .*Input/output error.*; .+" \
      with_fault fsync "$file" 5 0 "${options[@]}" -o "$BATS_TEST_TMPDIR/b"
    [ ! -e "$BATS_TEST_TMPDIR/b/model.npz" ]
    fails 1 "$BATS_TEST_TMPDIR/b.*: .*Read-only file system.*; .+" \
      with_fault rename "$file" 30 0 "${options[@]}" -o "$BATS_TEST_TMPDIR/b"
    [ ! -e "$BATS_TEST_TMPDIR/b/model.npz" ]
    [ -z "$(find "$BATS_TEST_TMPDIR/b" -name '*tmp*')" ]
  done
  fails 1 "$BATS_TEST_TMPDIR/theta: .*No space left.*; .+" \
    with_fault write theta 28 0 infer "$T/reference" "$C/test.txt" -o "$BATS_TEST_TMPDIR/theta"
  nothing_left "$BATS_TEST_TMPDIR/theta"
}

@test "a memory limit is kept or refused before the work begins" {
  fails 1 ".+; .*(--topics|--memory-limit|--batch-size)" svi_lda train "$C/docword.txt" -k 1000 \
    -o "$BATS_TEST_TMPDIR/run" --memory-limit 100K --quiet
  nothing_left "$BATS_TEST_TMPDIR/run"
}

address_space() { (ulimit -v "$1" && shift && "$@"); }

@test "out of memory ends the run with one line that says what to lower" {
  [[ -z ${SANITIZER_PRELOAD-} ]] || skip "a sanitizer needs the address space"
  fails 1 "(out of memory|training would take).*; .*lower --topics" address_space 300000 \
    "$SVI_LDA" train "$C/docword.txt" -k 1000000 -o "$BATS_TEST_TMPDIR/run" --quiet
  nothing_left "$BATS_TEST_TMPDIR/run"
}

@test "held-out perplexity is reported in metrics.jsonl with its estimator" {
  svi_lda train "$C/docword.txt" -k 3 --passes 2 --quiet --held-out "$C/test.txt" \
    -o "$BATS_TEST_TMPDIR/run"
  tail -n 1 "$BATS_TEST_TMPDIR/run/metrics.jsonl" |
    json 'd["held_out_perplexity"] > 1 and d["held_out_estimator"] != ""' | grep -q True
}
