load common

setup_file() {
  make_small_corpora
  export T="$BATS_FILE_TMPDIR"
  train_small "$T/reference"
}

formats="uci ldac svmlight mtx vw npz mallet cache"

forced() { case $1 in svmlight | mallet) echo "--corpus-format $1" ;; esac; }

@test "every format there and back gives the same bytes, and trains to the same model" {
  local b="$BATS_TEST_TMPDIR"
  for format in $formats; do
    svi_lda convert "$C/docword.txt" --vocab "$C/vocab.txt" --to "$format" -o "$b/$format" --quiet
    # shellcheck disable=SC2046
    svi_lda convert "$b/$format" $(forced "$format") --vocab "$C/vocab.txt" --to uci -o "$b/back" \
      --quiet --force
    cmp "$C/docword.txt" "$b/back"
    # shellcheck disable=SC2046
    svi_lda train "$b/$format" $(forced "$format") --vocab "$C/vocab.txt" -k 3 --batch-size 32 \
      --passes 3 --threads 1 --quiet -o "$b/run" --force
    cmp "$T/reference/model.npz" "$b/run/model.npz"
  done
  [ "$(find "$b" -name '*tmp*' | wc -l)" -eq 0 ]
}

@test "every compression is told by content, and errors have the line inside" {
  local b="$BATS_TEST_TMPDIR"
  sed '9s/.*/1 99 1/' "$C/docword.txt" > "$b/bad"
  for tool in gzip bzip2 zstd xz; do
    command -v "$tool" > /dev/null || continue
    "$tool" -c < "$C/docword.txt" > "$b/packed"
    svi_lda convert "$b/packed" --to uci -o - --quiet | cmp - "$C/docword.txt"
    svi_lda convert - --to uci -o - --quiet < "$b/packed" | cmp - "$C/docword.txt"
    "$tool" -c < "$b/bad" > "$b/packed"
    fails 1 "$b/packed:9: word id '99' is above 60; " svi_lda info "$b/packed"
    "$tool" -c < "$C/docword.txt" | head -c 300 > "$b/cut"
    fails 1 "$b/cut:[0-9]+: compressed data end early; " svi_lda info "$b/cut"
  done
  for suffix in gz zst; do
    svi_lda convert "$C/docword.txt" --to ldac -o "$b/out.$suffix" --quiet
    svi_lda convert "$b/out.$suffix" --vocab "$C/vocab.txt" --to uci -o - --quiet |
      cmp - "$C/docword.txt"
  done
}

@test "several files, a folder and standard input are one corpus" {
  local b="$BATS_TEST_TMPDIR"
  uci_to_ldac < "$C/docword.txt" > "$b/ldac"
  mkdir "$b/parts"
  split -l 70 "$b/ldac" "$b/parts/part-"
  gzip "$b/parts/part-ab"
  options=(--vocab "$C/vocab.txt" -k 3 --batch-size 32 --passes 3 --threads 1 --quiet)
  svi_lda train "$b/parts" "${options[@]}" -o "$b/folder"
  svi_lda train "$b"/parts/* "${options[@]}" -o "$b/several"
  head -n 1 "$b/ldac" |
    svi_lda train - <(tail -n +2 "$b/ldac") "${options[@]}" -o "$b/pipe"
  for run in folder several pipe; do cmp "$T/reference/model.npz" "$b/$run/model.npz"; done
  # What a run read is known to resume.
  svi_lda resume "$b/several" --passes 4 --quiet
  svi_lda evaluate "$b/folder" "$b"/parts/* --format json > "$b/one"
  svi_lda evaluate "$b/folder" "$C/docword.txt" --format json > "$b/other"
  [ "$(json 'd["completion"], d["docs"]' < "$b/one")" = "$(json 'd["completion"], d["docs"]' < "$b/other")" ]
  mkdir "$b/empty"
  fails 1 "$b/empty: is a folder without files; " svi_lda train "$b/empty" -k 2 -o "$b/run" --quiet
  cp "$C/docword.txt" "$b/parts/z"
  fails 1 "$b/parts/z: is of the format uci, .* of ldac; " \
    svi_lda train "$b/parts" -k 2 -o "$b/run" --quiet
  nothing_left "$b/run"
}

@test "words that a corpus carries are the model's, and others are mapped to them" {
  local b="$BATS_TEST_TMPDIR"
  svi_lda convert "$C/docword.txt" --vocab "$C/vocab.txt" --to vw -o "$b/vw" --quiet
  svi_lda train "$b/vw" -k 3 --passes 2 --quiet -o "$b/run"
  svi_lda topics "$b/run" --format tsv | cut -f 4 | grep -q '^red[0-9]'
  # By words, whatever their order; the one that is new is counted.
  svi_lda convert "$C/test.txt" --vocab "$C/vocab.txt" --to vw -o "$b/test.vw" --quiet
  awk '{ printf "|"; for (i = NF; i > 1; --i) printf " %s", $i; print " new:2" }' "$b/test.vw" > "$b/turned"
  svi_lda evaluate "$b/run" "$b/turned" --format json > "$b/one"
  svi_lda evaluate "$b/run" "$C/test.txt" --vocab "$C/vocab.txt" --format json > "$b/other"
  [ "$(json 'd["completion"]' < "$b/one")" = "$(json 'd["completion"]' < "$b/other")" ]
  [ "$(json 'd["out_of_vocabulary"]' < "$b/one")" -eq 120 ]
  svi_lda train "$C/docword.txt" -k 2 --passes 1 --quiet -o "$b/ids"
  fails 1 "$b/vw: carries words, of which the model knows only ids; " svi_lda infer "$b/ids" "$b/vw"
}

@test "the suffix of the output names its format" {
  local b="$BATS_TEST_TMPDIR"
  svi_lda convert "$C/docword.txt" -o "$b/a.mtx.gz" --quiet
  zcat "$b/a.mtx.gz" | head -n 1 | grep -q MatrixMarket
  svi_lda convert "$b/a.mtx.gz" -o "$b/docword.txt" --quiet
  cmp "$b/docword.txt" "$C/docword.txt"
  run svi_lda convert "$C/docword.txt" -o "$b/words"
  [ "$status" -eq 2 ]
  [[ "$output" == *"--to must be given"*"does not tell"* ]]
  run svi_lda convert "$C/docword.txt" -o -
  [ "$status" -eq 2 ]
}

@test "scipy reads what is written and writes what is read" {
  local python b="$BATS_TEST_TMPDIR"
  for python in python3 /usr/bin/python3; do
    "$python" -c 'import scipy.sparse, scipy.io' 2> /dev/null && break
  done || skip "no scipy"
  svi_lda convert "$C/docword.txt" --to npz -o "$b/a.npz" --quiet
  svi_lda convert "$C/docword.txt" --to mtx -o "$b/a.mtx" --quiet
  svi_lda convert "$C/docword.txt" --to npz --output-documents-are columns -o "$b/t.npz" --quiet
  "$python" - "$b" <<'PY'
import sys
import numpy as np
import scipy.io
import scipy.sparse as sp
b = sys.argv[1]
a = sp.load_npz(b + "/a.npz")
assert a.format == "csr" and a.shape == (300, 60) and a.has_canonical_format
assert (a != scipy.io.mmread(b + "/a.mtx").tocsr()).nnz == 0
assert (a != sp.load_npz(b + "/t.npz").T.tocsr()).nnz == 0
for n, m in enumerate([a, a.tocsc(), a.tocoo(), a.astype(np.float64), a.astype(np.int64)]):
    sp.save_npz(f"{b}/rows{n}.npz", m, compressed=n % 2 == 0)
    sp.save_npz(f"{b}/columns{n}.npz", m.T, compressed=n % 2 == 1)
scipy.io.mmwrite(b + "/rows.mtx", a)
scipy.io.mmwrite(b + "/columns.mtx", a.T.tocsc().astype(np.float64))
PY
  for file in "$b"/rows*; do
    svi_lda convert "$file" --to uci -o - --quiet | cmp - "$C/docword.txt"
  done
  for file in "$b"/columns*; do
    svi_lda convert "$file" --documents-are columns --to uci -o - --quiet | cmp - "$C/docword.txt"
  done
  svi_lda info "$b/a.npz" | grep -q '^format: *npz$'
  head -c 500 "$b/a.npz" > "$b/cut.npz"
  fails 1 "$b/cut.npz: not a readable .npz file .*; give a sparse matrix" svi_lda info "$b/cut.npz" --corpus-format npz
}

@test "convert says what it dropped and where words went, and replaces nothing" {
  local b="$BATS_TEST_TMPDIR"
  printf "1 'a | x:2 y\n| y\n" > "$b/vw"
  run --separate-stderr svi_lda convert "$b/vw" --to uci -o "$b/uci"
  [ "$status" -eq 0 ]
  [ -z "$output" ]
  # shellcheck disable=SC2154
  [[ $stderr == *"vw to uci: 2 documents (0 empty), 2 words, 3 entries, 4 tokens"* ]]
  [[ $stderr == *"$b/uci.vocab"* && $stderr == *"names of 1 documents"* ]]
  [ "$(cat "$b/uci.vocab" | xargs)" = "x y" ]
  fails 1 "$b/uci: already exists; .*--force" svi_lda convert "$b/vw" --to uci -o "$b/uci" --quiet
  rm "$b/uci"
  fails 1 "$b/uci.vocab: already exists; .*--force" \
    svi_lda convert "$b/vw" --to uci -o "$b/uci" --quiet
  svi_lda convert "$b/vw" --to uci -o "$b/uci" --force --quiet
  fails 2 "the input carries words, .*--write-vocab" svi_lda convert "$b/vw" --to uci -o - --quiet
  fails 2 "--to x: must be auto, uci, .*" svi_lda convert "$b/vw" --to x -o "$b/new"
  fails 2 "--output -: npz is written to a file only" svi_lda convert "$b/vw" --to npz -o -
  fails 2 "--documents-are columns: .* of the format vw; " \
    svi_lda convert "$b/vw" --documents-are columns --to uci -o "$b/new" --quiet
  printf 'y\n' > "$b/words"
  run --separate-stderr svi_lda convert "$b/vw" --vocab "$b/words" --to uci -o "$b/new"
  [ "$status" -eq 0 ]
  [[ $stderr == *"2 tokens of words that $b/words does not have are left out"* ]]
  svi_lda convert "$C/docword.txt" --to uci -o - --quiet | head -n 1 | grep -q '^300$'
}

@test "a full disk and a signal leave nothing" {
  local b="$BATS_TEST_TMPDIR"
  for format in ldac uci npz cache; do
    fails 1 ".*: .*File too large.*; .*" \
      bash -c 'ulimit -f 1; "$SVI_LDA" convert "$0" --to "$1" -o "$2" --quiet' \
      "$C/docword.txt" "$format" "$b/out"
    nothing_left "$b/out"
  done
}

@test "a broken matrix is never taken for text" {
  local b="$BATS_TEST_TMPDIR"
  printf '300\nwords and more words\n' > "$b/digits"
  fails 1 "$b/digits:2: number of words W 'words' is not .*; .*taken for uci; --corpus-format" \
    svi_lda info "$b/digits"
  printf '2 0:1 x\n' > "$b/pairs"
  fails 1 "$b/pairs:1: .+; .*taken for ldac; --corpus-format" svi_lda info "$b/pairs"
  printf '\377\376a\0b\0' > "$b/utf16"
  fails 1 "$b/utf16:1: a NUL byte: this is a binary file; " svi_lda info "$b/utf16"
  printf 'caf\351 \351\351\351 \350\n' > "$b/latin1"
  fails 1 "$b/latin1:1: not text: [0-9]+% of its first bytes are no UTF-8; " svi_lda info "$b/latin1"
  printf 'Some prose.\n' > "$b/prose"
  fails 1 "$b/prose:1: neither UCI docword nor LDA-C.*; .*--corpus-format.*vectorize" \
    svi_lda info "$b/prose"
}
