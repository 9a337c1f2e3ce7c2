load common

setup_file() {
  make_small_corpora
  export T="$BATS_FILE_TMPDIR"
  train_small "$T/model"
}

# rejects LINE CONTENT [options]: train, evaluate, infer and info refuse a corpus of that content
# (printf escapes) in bad.txt, or with the ending $ending, with one line "path:LINE: what is wrong; what to do", exit 1, and leave nothing.
rejects() {
  local line=$1 content=$2 file="$BATS_TEST_TMPDIR/bad.${ending:-txt}"
  shift 2
  printf "$content" > "$file"
  local where="$file:$line: .+; .+"
  [[ $line == 0 ]] && where="$file: .+; .+"
  fails 1 "$where" svi_lda train "$file" -k 2 -o "$BATS_TEST_TMPDIR/run" --quiet "$@"
  nothing_left "$BATS_TEST_TMPDIR/run"
  fails 1 "$where" svi_lda info "$file"
  # Below warnings: the header's V is not the model's here, which is worth one.
  fails 1 "$where" svi_lda infer "$T/model" "$file" -o "$BATS_TEST_TMPDIR/theta" \
    --log-level error "$@"
  nothing_left "$BATS_TEST_TMPDIR/theta"
}

@test "UCI: a file that ends early" {
  rejects '[1-9][0-9]*' '2\n5\n4\n1 1 1\n1 2 1\n2 1 1\n'
  rejects '[1-9][0-9]*' '2\n5\n4\n1 1 1\n1 2'
  rejects '[1-9][0-9]*' '2\n5\n' --corpus-format uci
}

@test "UCI: a header that disagrees with the body" {
  rejects 6 '2\n5\n2\n1 1 1\n2 2 1\n2 3 1\n'
  rejects 5 '1\n5\n2\n1 1 1\n2 2 1\n'
  rejects '[1-3]' '0\n5\n0\n'
  rejects '[1-3]' '2\n0\n2\n1 1 1\n2 1 1\n'
}

@test "UCI: ids of 0, negative, beyond the header, fractional, NaN or huge" {
  for id in 0 -1 6 1.5 nan 2000000000 99999999999999999999 x; do
    rejects 5 "2\n5\n2\n1 1 1\n2 $id 1\n"
  done
  for id in 0 -1 3 1.5 nan 2000000000 99999999999999999999 x; do
    rejects 5 "2\n5\n2\n1 1 1\n$id 2 1\n"
  done
}

@test "UCI: counts of 0, negative, fractional, NaN or huge" {
  for count in 0 -1 1.5 nan inf 2000000000 99999999999999999999 1e3 x; do
    rejects 5 "2\n5\n2\n1 1 1\n2 2 $count\n"
  done
}

@test "UCI: a repeated word, documents out of order, too many fields" {
  rejects 5 '1\n5\n3\n1 1 1\n1 1 2\n1 2 1\n'
  rejects 5 '3\n5\n3\n2 1 1\n1 2 1\n3 1 1\n'
  rejects 5 '2\n5\n2\n1 1 1\n2 2 1 7\n'
}

@test "LDA-C: ids, counts and pairs that are wrong" {
  for pair in -1:1 1.5:1 nan:1 2000000000:1 1:0 1:-1 1:1.5 1:nan 1:2000000000 \
    1:99999999999999999999 1 1: :1 1:2:3 x:1; do
    rejects 2 "1 0:2\n1 $pair\n"
  done
  rejects 2 '1 0:2\n2 0:1\n'
  rejects 2 '1 0:2\n1 0:1 1:1\n'
  rejects 2 '1 0:2\n2 1:1 1:3\n'
  rejects 2 '1 0:2\n-1 1:1\n'
}

@test "an empty file, a file without a word, a binary file, other text" {
  rejects '1' ''
  rejects '[0-9]+' '0\n0\n0\n' --corpus-format ldac
  rejects '[0-9]+' '\177ELF\002\001\001\000\000\000\000'
  # With the ending of a text it would be one.
  ending=dat rejects '[0-9]+' 'once upon a time\nthere was a corpus\n'
}

@test "a gzip file that is cut off or damaged" {
  gzip -c "$C/docword.txt" > "$BATS_TEST_TMPDIR/whole.gz"
  head -c 500 "$BATS_TEST_TMPDIR/whole.gz" > "$BATS_TEST_TMPDIR/cut.gz"
  fails 1 "$BATS_TEST_TMPDIR/cut.gz:?[0-9]*: .+; .+" \
    svi_lda train "$BATS_TEST_TMPDIR/cut.gz" -k 2 -o "$BATS_TEST_TMPDIR/run" --quiet
  nothing_left "$BATS_TEST_TMPDIR/run"
}

@test "a vocabulary that is shorter or longer than V, or no text" {
  head -n 59 "$C/vocab.txt" > "$BATS_TEST_TMPDIR/short"
  { cat "$C/vocab.txt"; echo more; } > "$BATS_TEST_TMPDIR/long"
  printf 'a\n\377\376\n' > "$BATS_TEST_TMPDIR/binary"
  : > "$BATS_TEST_TMPDIR/empty"
  for vocab in short long binary empty; do
    fails 1 "$BATS_TEST_TMPDIR/$vocab(:[0-9]+)?: .+; .+" \
      svi_lda train "$C/docword.txt" -k 2 -o "$BATS_TEST_TMPDIR/run" --quiet \
      --vocab "$BATS_TEST_TMPDIR/$vocab"
    nothing_left "$BATS_TEST_TMPDIR/run"
  done
  printf '1 0:2\n1 9:1\n' > "$BATS_TEST_TMPDIR/bad.ldac"
  printf 'one\ntwo\n' > "$BATS_TEST_TMPDIR/two"
  fails 1 "$BATS_TEST_TMPDIR/bad.ldac:2: .+; .+" svi_lda train "$BATS_TEST_TMPDIR/bad.ldac" -k 2 \
    -o "$BATS_TEST_TMPDIR/run" --quiet --vocab "$BATS_TEST_TMPDIR/two"
}

@test "a file of alpha that is not one number a topic" {
  local file="$BATS_TEST_TMPDIR/alpha.txt"
  train_with() {
    fails 1 "$1" svi_lda train "$C/docword.txt" -k 3 -o "$BATS_TEST_TMPDIR/run" --quiet --alpha "$2"
    nothing_left "$BATS_TEST_TMPDIR/run"
  }
  printf '0.1\nx\n0.3\n' > "$file"
  train_with "$file:2: 'x' is not a number; .*3 topics" "$file"
  printf '0.1\n0.2\n-1\n' > "$file"
  train_with "$file:3: alpha '-1' must lie in .*; .*3 topics" "$file"
  printf '0.1\n0.2\n' > "$file"
  train_with "$file:2: ends after 2 numbers; .*3 topics" "$file"
  printf '1\n1\n1\n1\n' > "$file"
  train_with "$file:4: a number more than the 3 topics; .*3 topics" "$file"
  train_with "$BATS_TEST_TMPDIR/symetric: .*; --alpha takes auto, symmetric" \
    "$BATS_TEST_TMPDIR/symetric"
}

@test "missing and unreadable paths" {
  local out="$BATS_TEST_TMPDIR/run"
  fails 1 "/no/such/file: .+; .+" svi_lda train /no/such/file -k 2 -o "$out" --quiet
  # A folder stands for its files, of which the vocabulary is no corpus.
  fails 1 "$C/vocab.txt:1: .+; .+" svi_lda train "$C" -k 2 -o "$out" --quiet
  fails 1 "/no/such/vocab: .+; .+" svi_lda train "$C/docword.txt" -k 2 -o "$out" --quiet \
    --vocab /no/such/vocab
  fails 1 "/no/such/test: .+; .+" svi_lda train "$C/docword.txt" -k 2 -o "$out" --quiet \
    --held-out /no/such/test
  fails 1 "$C/docword.txt: .*Permission denied.*; .+" with_fault open docword.txt 13 0 \
    train "$C/docword.txt" -k 2 -o "$out" --quiet
  fails 1 "$C/docword.txt: .*Input/output error.*; .+" with_fault read docword.txt 5 0 \
    train "$C/docword.txt" -k 2 -o "$out" --quiet
  nothing_left "$out"
  for command in topics info resume; do
    fails 1 "/no/such/run.*: .+; .+" svi_lda "$command" /no/such/run
  done
  for command in evaluate infer; do
    fails 1 "/no/such/run.*: .+; .+" svi_lda "$command" /no/such/run "$C/test.txt"
    fails 1 "/no/such/file: .+; .+" svi_lda "$command" "$T/model" /no/such/file
  done
}

@test "a model that is damaged, cut off or something else" {
  local bad="$BATS_TEST_TMPDIR/bad.npz"
  head -c 1000 "$T/model/model.npz" > "$bad"
  fails 1 "$bad: .+; .+" svi_lda topics "$bad"
  cp "$C/vocab.txt" "$bad"
  fails 1 "$bad: .+; .+" svi_lda topics "$bad"
  cp "$T/model/model.npz" "$bad"
  printf '\377\377\377\377' | dd of="$bad" bs=1 seek=300 conv=notrunc status=none
  fails 1 "$bad: .+; .+" svi_lda topics "$bad"
  fails 1 "$bad: .+; .+" svi_lda evaluate "$bad" "$C/test.txt"
}

@test "CRLF, trailing spaces, a missing last newline and empty documents are accepted" {
  train_small "$BATS_TEST_TMPDIR/plain"
  sed 's/$/ \r/' "$C/docword.txt" | head -c -1 > "$BATS_TEST_TMPDIR/crlf.txt"
  sed 's/$/\r/' "$C/vocab.txt" | head -c -2 > "$BATS_TEST_TMPDIR/crlf.vocab"
  svi_lda train "$BATS_TEST_TMPDIR/crlf.txt" --vocab "$BATS_TEST_TMPDIR/crlf.vocab" -k 3 \
    --batch-size 32 --passes 3 --quiet -o "$BATS_TEST_TMPDIR/crlf"
  cmp "$BATS_TEST_TMPDIR/plain/model.npz" "$BATS_TEST_TMPDIR/crlf/model.npz"
  # Ten documents more, without a word: D counts the others only.
  sed '1s/.*/310/' "$C/docword.txt" > "$BATS_TEST_TMPDIR/gaps.txt"
  svi_lda train "$BATS_TEST_TMPDIR/gaps.txt" --vocab "$C/vocab.txt" -k 3 --batch-size 32 \
    --passes 3 --quiet -o "$BATS_TEST_TMPDIR/gaps"
  cmp "$BATS_TEST_TMPDIR/plain/model.npz" "$BATS_TEST_TMPDIR/gaps/model.npz"
}
