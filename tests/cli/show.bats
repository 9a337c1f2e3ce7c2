load common

setup_file() {
  make_small_corpora
  export T="$BATS_FILE_TMPDIR"
  train_small "$T/run" --held-out "$C/test.txt"
  train_small "$T/plain"
}

setup() { cd "$BATS_TEST_TMPDIR"; }

@test "report writes one page, to a file or standard output" {
  run --separate-stderr svi_lda report "$T/run"
  [ "$status" -eq 0 ]
  [ -z "$output" ]
  [[ $stderr == *"report.html"* ]]
  [[ $(head -n 1 report.html) == "<!DOCTYPE html>" ]]
  svi_lda report "$T/run" --output - --quiet > piped.html
  cmp report.html piped.html
  svi_lda report "$T/run" --threads 1 --output one.html --quiet
  cmp report.html one.html
}

@test "report replaces nothing without --force and leaves nothing where it fails" {
  echo mine > report.html
  fails 1 "report.html: already exists; .*--force" svi_lda report "$T/run"
  [ "$(cat report.html)" = mine ]
  svi_lda report "$T/run" --force --quiet
  [[ $(head -n 1 report.html) == "<!DOCTYPE html>" ]]
  fails 1 "nothing: cannot be read" svi_lda report nothing -o new.html
  nothing_left new.html
  fails 1 "new.html: .*No space left.*; .+" \
    with_fault write new.html 28 0 report "$T/run" -o new.html
  nothing_left new.html
}

@test "report of a checkpoint of a run that has not ended" {
  cp -r "$T/run" going
  rm going/model.npz
  run --separate-stderr svi_lda report going
  [ "$status" -eq 0 ]
  [[ $stderr == *"no model.npz yet"* ]]
  grep -q '"unfinished":true' report.html
}

@test "report lists documents with their titles, and says where they are too few" {
  seq 1 60 | sed 's/^/Document titled /' > titles.txt
  svi_lda report "$T/run" --documents "$C/test.txt" --titles titles.txt --documents-a-topic 4 --quiet
  grep -q '"title":"Document titled [0-9]*"' report.html
  head -n 59 titles.txt > few.txt
  fails 1 "few.txt: has 59 lines, the corpus 60 documents; .+" \
    svi_lda report "$T/run" --documents "$C/test.txt" --titles few.txt --force
  seq 1 61 > many.txt
  fails 1 "many.txt: has 61 lines, the corpus 60 documents; .+" \
    svi_lda report "$T/run" --documents "$C/test.txt" --titles many.txt --force
  fails 2 "--titles: needs --documents CORPUS" svi_lda report "$T/run" --titles titles.txt
  fails 2 "--documents -: .*; .+" svi_lda report "$T/run" --documents - --force < "$C/test.txt"
}

@test "plot writes well-formed SVG" {
  svi_lda plot "$T/run" -o figures --quiet
  [ "$(ls figures | xargs)" = "perplexity.svg topics.svg" ]
  for file in figures/*.svg; do python3 -c "import sys, xml.dom.minidom as m; m.parse(sys.argv[1])" "$file"; done
  grep -q 'unigram' figures/perplexity.svg
  fails 1 "figures/.*svg: already exists; .+" svi_lda plot "$T/run" -o figures
  for over in time tokens passes; do svi_lda plot "$T/run" -o figures --over "$over" --force --quiet; done
  grep -q 'passes through the corpus' figures/perplexity.svg
  svi_lda plot "$T/plain" -o plain 2> log
  [ "$(ls plain)" = topics.svg ]
  grep -q "no held-out figures" log
  fails 2 "--over weeks: must be time, tokens, documents or passes" svi_lda plot "$T/run" --over weeks
}

@test "export writes every format and says what it cannot" {
  for format in pyldavis json csv npy; do
    svi_lda export "$T/run" --to "$format" -o "model.$format" --quiet
    svi_lda export "$T/run" --to "$format" -o - --quiet | cmp - "model.$format"
    fails 1 "model.$format: already exists; .+" svi_lda export "$T/run" --to "$format" -o "model.$format"
  done
  svi_lda export "$T/run" --to mallet -o mallet --documents "$C/test.txt" --quiet
  [ "$(ls mallet | xargs)" = "doc-topics.txt topic-word-weights.txt word-topic-counts.txt" ]
  [ "$(wc -l < mallet/topic-word-weights.txt)" -eq 180 ]
  [ "$(wc -l < mallet/doc-topics.txt)" -eq 60 ]
  fails 2 "--to gexf: must be .*" svi_lda export "$T/run" --to gexf -o x
  fails 2 "--output -: mallet needs a folder.*" svi_lda export "$T/run" --to mallet -o -
  fails 2 "--documents: only .*" svi_lda export "$T/run" --to csv -o x --documents "$C/test.txt"
  fails 2 "--vocab: needs --documents CORPUS" svi_lda export "$T/run" --to csv -o x --vocab "$C/vocab.txt"
  nothing_left x
}

@test "export to a full disk leaves nothing" {
  fails 1 "model.csv: .*No space left.*; .+" \
    with_fault write model.csv 28 0 export "$T/run" --to csv -o model.csv
  nothing_left model.csv
}
