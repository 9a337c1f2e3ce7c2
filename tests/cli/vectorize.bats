load common

setup_file() {
  export T="$BATS_FILE_TMPDIR"
  # Two themes, one document a line.
  awk 'BEGIN {
    split("apple pear plum fruit orchard juice", a, " "); split("engine wheel road car driver brake", b, " ")
    state = 7
    for (d = 1; d <= 200; ++d) {
      line = ""
      for (n = 0; n < 30; ++n) {
        state = (state * 1103515245 + 12345) % 2147483648
        w = 1 + int(state / 2147483648 * 6)
        line = line (n ? " " : "") (n % 5 == 0 ? "The" : d % 2 ? a[w] : b[w])
      }
      print line "."
    }
  }' > "$T/texts.txt"
  awk '{ printf "{\"key\": \"doc-%d\", \"body\": \"%s\", \"kind\": \"k%d\"}\n", NR, $0, NR % 2 }' \
    "$T/texts.txt" > "$T/texts.jsonl"
}

vectorize() { svi_lda vectorize --quiet "$@"; }

# same_corpus A B: the counts and the words of two corpus folders are the same bytes.
same_corpus() { cmp "$1/corpus.cache" "$2/corpus.cache" && cmp "$1/vocab.txt" "$2/vocab.txt"; }

@test "vectorize leaves a corpus folder and nothing else, and says what it dropped" {
  cd "$BATS_TEST_TMPDIR"
  printf 'The cat, 3 cats.\n\n...\nThe caf\xe9 and the cat\n' > in.txt
  run --separate-stderr svi_lda vectorize in.txt --stop-words english --min-df 2 -o corpus
  [ "$status" -eq 0 ]
  [[ $stderr == *"in.txt:4: 1 bytes are no UTF-8"* ]]
  [[ $output =~ documents:\ +4\ \(2\ empty\) ]]
  [[ $output =~ 1\ numbers ]]
  [[ $output =~ found\ +5\ +8 ]]
  [[ $output =~ stop\ words\ +-2\ +-4 ]]
  [[ $output =~ --min-df\ 2\ +-2\ +-2 ]]
  [[ $output =~ kept\ +1\ +2 ]]
  [ "$(ls corpus | xargs)" = "corpus.cache documents.tsv vectorizer.json vocab.txt" ]
  [ "$(compgen -G 'corpus*')" = corpus ]
  [ "$(cat corpus/vocab.txt)" = cat ]
  [ "$(cut -f 1,2,3,7 corpus/documents.tsv | tr '\t' ,)" = "document,place,id,tokens
1,1,1,1
2,-,2,0
3,-,3,0
4,2,4,1" ]
  [ "$(json 'd["format"], d["min_df"], "the" in d["stop_words"]' < corpus/vectorizer.json)" = "1 2 True" ]
}

@test "the same documents from lines, files, JSON lines, CSV, TSV, gzip and a pipe are the same corpus" {
  cd "$BATS_TEST_TMPDIR"
  vectorize "$T/texts.txt" -o lines
  mkdir files
  awk '{ printf "%s\n", $0 > sprintf("files/%04d", NR) }' "$T/texts.txt"
  vectorize files -o from-files
  find files -type f | sort > list
  vectorize --files-from list -o from-list
  vectorize "$T/texts.jsonl" --text-field body --id-field key --label-field kind -o from-jsonl
  { echo "id,text"; awk '{ printf "%d,\"%s\"\n", NR, $0 }' "$T/texts.txt"; } > in.csv
  vectorize in.csv -o from-csv
  awk '{ printf "%d\t%s\n", NR, $0 }' "$T/texts.txt" > in.tsv
  vectorize in.tsv --no-header --text-field 2 -o from-tsv
  gzip -c "$T/texts.txt" | vectorize - -o from-pipe
  head -n 50 "$T/texts.txt" > a.txt
  tail -n +51 "$T/texts.txt" > b.txt
  vectorize a.txt b.txt --threads 1 -o from-two
  for other in from-files from-list from-jsonl from-csv from-tsv from-pipe from-two; do
    same_corpus lines "$other"
  done
  [ "$(sed -n 2p from-jsonl/documents.tsv | tr '\t' ,)" = "1,1,doc-1,,k1,,30" ]
  [ "$(sed -n 3p from-files/documents.tsv | cut -f 3)" = files/0002 ]
}

@test "every command takes a corpus folder with its words" {
  cd "$BATS_TEST_TMPDIR"
  vectorize "$T/texts.txt" -o corpus
  svi_lda train corpus -k 2 --passes 20 --quiet -o run
  svi_lda topics run --top 3 | grep -Eq 'apple|pear|plum|fruit|orchard|juice'
  svi_lda evaluate run corpus | grep -Eq '^documents: +200'
  svi_lda infer run corpus > theta.tsv
  [ "$(wc -l < theta.tsv)" -eq 201 ]
  [ "$(svi_lda info corpus | head -n 1 | xargs)" = "kind: corpus folder" ]
  # The cache and the vocabulary by hand give the same model.
  svi_lda train corpus/corpus.cache --vocab corpus/vocab.txt -k 2 --passes 20 --quiet -o by-hand
  for run in run by-hand; do unzip -p $run/model.npz lambda.npy > $run.lambda; done
  cmp run.lambda by-hand.lambda
}

@test "train, evaluate and infer take raw text, and a word means the same in all of them" {
  cd "$BATS_TEST_TMPDIR"
  svi_lda train "$T/texts.jsonl" --text-field body --id-field key --stop-words english \
    -k 2 --passes 20 --quiet -o run
  [ "$(compgen -G 'run*')" = run ]
  [ "$(unzip -p run/model.npz vectorizer.json | json 'd["input"]["text_field"]')" = body ]
  ! svi_lda topics run --top 100 --format tsv | cut -f 4 | grep -qx the
  svi_lda vectorize "$T/texts.jsonl" --text-field body --stop-words english -o corpus --quiet > /dev/null
  svi_lda train corpus -k 2 --passes 20 --quiet -o in-two-steps
  for run in run in-two-steps; do unzip -p $run/model.npz lambda.npy > $run.lambda; done
  cmp run.lambda in-two-steps.lambda
  # The text once more, the folder, and the folder's words in capitals.
  svi_lda evaluate run "$T/texts.jsonl" --format json > text.json
  svi_lda evaluate run corpus --format json > folder.json
  tr a-z A-Z < "$T/texts.txt" > capitals.txt
  svi_lda evaluate run capitals.txt --format json > capitals.json
  for field in completion bound docs tokens out_of_vocabulary; do
    [ "$(json "d['$field']" < text.json)" = "$(json "d['$field']" < folder.json)" ]
    [ "$(json "d['$field']" < text.json)" = "$(json "d['$field']" < capitals.json)" ]
  done
  printf 'apples and APPLE juice\nnothing known\nwheel\n' > new.txt
  svi_lda infer run new.txt > theta.tsv
  [ "$(wc -l < theta.tsv)" -eq 4 ]
  [ "$(grep -c empty theta.tsv)" -eq 1 ]
  # Held-out text, and going on with a finished run whose counts were cleared away.
  svi_lda train "$T/texts.txt" -k 2 --passes 2 --held-out new.txt --quiet -o held
  grep -q held_out held/metrics.jsonl
  svi_lda resume held --passes 3 --quiet
  svi_lda train "$T/texts.txt" -k 2 --passes 3 --held-out new.txt --quiet -o whole
  cmp held/model.npz whole/model.npz
}

@test "a run counts its text in a folder of its own, never in one that was there" {
  cd "$BATS_TEST_TMPDIR"
  vectorize "$T/texts.txt" -o run.corpus
  fails 1 'run.corpus: is not empty.*; .*--output' svi_lda train "$T/texts.txt" -k 2 --quiet -o run
  svi_lda train run.corpus -k 2 --passes 1 --quiet -o run
  [ -e run.corpus/corpus.cache ]
  svi_lda train "$T/texts.txt" -k 2 --passes 1 --keep-cache --quiet -o kept
  [ -e kept.corpus/corpus.cache ]
}

@test "raw text against a model that knows only counts is refused" {
  cd "$BATS_TEST_TMPDIR"
  make_corpus 50 1 > docword.txt
  make_vocabulary > vocab.txt
  svi_lda train docword.txt --vocab vocab.txt -k 2 --passes 1 --quiet -o run
  fails 1 'run/model.npz: does not know how text becomes its words.*; .*vectorize' \
    svi_lda infer run "$T/texts.txt" --text
  # The matrix is a matrix still.
  svi_lda infer run docword.txt > /dev/null
}

@test "a vocabulary that is given stays as it is, and what is outside is counted" {
  cd "$BATS_TEST_TMPDIR"
  printf 'wheel\napple\nnever\n' > vocab.txt
  printf 'apple pear WHEEL apple\n' > in.txt
  svi_lda vectorize in.txt --vocab vocab.txt -o corpus --quiet > table
  cmp vocab.txt corpus/vocab.txt
  grep -q '25.0% of the tokens are out of the vocabulary; 2 of its 3 words occur' table
  fails 2 '--vocab with --min-df' svi_lda vectorize in.txt --vocab vocab.txt --min-df 2 -o other
}

@test "scripts: Japanese, Arabic, emoji" {
  cd "$BATS_TEST_TMPDIR"
  printf '東京の図書館に行きます。\nذهبتُ إلى المدرسة.\nI ❤️ pizza 🍕🍕 so good😋\n' > in.txt
  vectorize in.txt -o corpus
  for word in 東京 図書館 行き ذهبتُ المدرسة pizza good ❤ 🍕 😋; do
    grep -qxF "$word" corpus/vocab.txt
  done
  LC_ALL=C sort -c corpus/vocab.txt
}

@test "what is no text, no folder or no sense is refused in one line and leaves nothing" {
  cd "$BATS_TEST_TMPDIR"
  head -c 3000 /dev/urandom > noise.txt
  fails 1 'noise.txt(:[0-9]+)?: .+; .+' svi_lda vectorize noise.txt -o corpus
  printf 'a\0b\n' > nul.txt
  fails 1 'nul.txt:1: a NUL byte.*; .*UTF-8' svi_lda vectorize nul.txt -o corpus
  fails 1 'missing.txt: .*No such file' svi_lda vectorize missing.txt -o corpus
  fails 1 '.*texts.jsonl:1: has no field .text.* --text-field' svi_lda vectorize "$T/texts.jsonl" -o corpus
  printf '... 12\n' > nothing.txt
  fails 1 'nothing.txt: no document has a word' svi_lda vectorize nothing.txt -o corpus
  nothing_left corpus
  fails 2 'INPUT' svi_lda vectorize -o corpus
  fails 2 '--ngrams' svi_lda vectorize "$T/texts.txt" --ngrams 2-1 -o corpus
  fails 2 '--token-pattern' svi_lda vectorize "$T/texts.txt" --token-pattern '[a' -o corpus
  fails 2 '--stem' svi_lda vectorize "$T/texts.txt" --stem klingon -o corpus
  mkdir corpus
  touch corpus/mine
  fails 1 'corpus: is not empty' svi_lda vectorize "$T/texts.txt" -o corpus
  vectorize "$T/texts.txt" --force -o corpus
  [ -e corpus/mine ]
  fails 1 '(full/)?vocab.txt: .*No space left.*; .+' \
    with_fault write vocab.txt 28 0 vectorize "$T/texts.txt" --quiet -o full
  nothing_left full
}

@test "the same bytes for any number of threads, and again with --force" {
  cd "$BATS_TEST_TMPDIR"
  vectorize "$T/texts.txt" "$T/texts.jsonl" --text-field body --ngrams 1-2 --threads 1 -o one
  vectorize "$T/texts.txt" "$T/texts.jsonl" --text-field body --ngrams 1-2 --threads 4 -o four
  diff -r one four
  vectorize "$T/texts.txt" "$T/texts.jsonl" --text-field body --ngrams 1-2 --force -o one
  diff -r one four
}

@test "scikit-learn's CountVectorizer counts the same with the same options" {
  cd "$BATS_TEST_TMPDIR"
  /usr/bin/python3 -c 'import sklearn' 2> /dev/null || skip "no scikit-learn"
  vectorize "$T/texts.txt" --token-pattern '(?u)\b\w\w+\b' --ngrams 1-2 --min-df 3 --max-df 0.4 \
    --max-features 60 -o corpus
  /usr/bin/python3 - "$T/texts.txt" corpus <<'PY'
import sys
from sklearn.feature_extraction.text import CountVectorizer
vectorizer = CountVectorizer(ngram_range=(1, 2), min_df=3, max_df=0.4)
counts = vectorizer.fit_transform(open(sys.argv[1], encoding="utf-8").read().split("\n")[:-1])
totals = dict(zip(vectorizer.get_feature_names_out(), counts.sum(axis=0).A1))
# Ties at the limit are by word here; scikit-learn leaves them to its sort.
best = sorted(totals, key=lambda word: (-totals[word], word.replace(" ", "_")))[:60]
words = open(sys.argv[2] + "/vocab.txt", encoding="utf-8").read().split("\n")[:-1]
assert words == sorted(word.replace(" ", "_") for word in best), (words, best)
tokens = sum(int(row.split("\t")[6]) for row in open(sys.argv[2] + "/documents.tsv").read().split("\n")[1:-1])
assert tokens == sum(totals[word] for word in best)
PY
}

@test "ids line up with the documents where empty ones stand between them" {
  cd "$BATS_TEST_TMPDIR"
  { printf '{"key": "first", "body": "123"}\n'; head -n 2 "$T/texts.jsonl"
    printf '{"key": "none", "body": "..."}\n{"key": "nor-this", "body": ""}\n'
    tail -n +3 "$T/texts.jsonl"; } > in.jsonl
  vectorize in.jsonl --text-field body --id-field key -o corpus
  svi_lda train "$T/texts.txt" -k 2 --passes 5 --quiet -o run
  svi_lda infer run corpus --quiet > folder.tsv
  svi_lda infer run in.jsonl --text-field body --id-field key --quiet > text.tsv
  svi_lda infer run corpus/corpus.cache --quiet > cache.tsv
  diff folder.tsv text.tsv
  [ "$(grep -c empty folder.tsv)" -eq 3 ]
  [ "$(grep empty folder.tsv | grep -Eoc 'first|none|nor-this')" -eq 3 ]
  # Without names, the cache alone says the same of each document.
  [ "$(wc -l < cache.tsv)" -eq 204 ]
  [ "$(grep -n empty cache.tsv | cut -d : -f 1)" = "$(grep -n empty folder.tsv | cut -d : -f 1)" ]
  [ "$(svi_lda info corpus --format json | json 'd["empty_documents"]')" -eq 3 ]
}

# name_documents: $T/named.jsonl, whose ids are no places, and a model of it in `run`.
name_documents() {
  awk '{ printf "{\"key\": \"%d\", \"body\": \"%s\", \"name\": \"Nr. %d\", \"kind\": %d}\n",
    1000 - NR, $0, NR, NR % 2 }' "$T/texts.txt" > named.jsonl
  svi_lda train named.jsonl --text-field body --id-field key --title-field name --label-field kind \
    -k 2 --passes 5 --quiet -o run
  vectorize named.jsonl --text-field body --id-field key --title-field name --label-field kind -o corpus
}

@test "ids, titles and labels come back from infer, in each format" {
  cd "$BATS_TEST_TMPDIR"
  name_documents
  for source in named.jsonl corpus; do
    svi_lda infer run $source > theta.tsv
    [ "$(sed -n 1p theta.tsv | cut -f -6)" = "$(printf 'document\tid\ttitle\tlabel\ttokens\tout_of_vocabulary')" ]
    [ "$(sed -n 8p theta.tsv | cut -f -4)" = "$(printf '7\t993\tNr. 7\t1')" ]
    [ "$(svi_lda infer run $source --format jsonl | sed -n 7p |
      json 'd["document"], d["id"], d["title"], d["label"]')" = "7 993 Nr. 7 1" ]
    svi_lda infer run $source --format svmlight > theta.svm
    [[ "$(sed -n 7p theta.svm)" =~ ^1\ 1:.*\ #\ 993$ ]]
  done
  # New documents need no title; a column that was named now must be there.
  printf 'key,body\na,apple juice\nb,wheel\n' > new.csv
  svi_lda infer run new.csv | cut -f -4 > new.tsv
  [ "$(sed -n 3p new.tsv)" = "$(printf '2\tb\t\t')" ]
  fails 1 'new.csv:1: has no column .nothing.; give --id-field one of .*' \
    svi_lda infer run new.csv --id-field nothing
}

@test "similar takes and gives ids and titles" {
  cd "$BATS_TEST_TMPDIR"
  name_documents
  for source in named.jsonl corpus; do
    run --separate-stderr svi_lda similar run --document 993 --corpus $source --top 3
    [ "$status" -eq 0 ]
    [ "${lines[0]}" = "like document: 7  993  Nr. 7" ]
    svi_lda similar run --document 993 --corpus $source --top 3 --format tsv > by-id.tsv
    [ "$(head -n 1 by-id.tsv)" = "$(printf 'distance\tdocument\tid\ttitle')" ]
    while IFS=$'\t' read -r _ place id title; do
      [ "$((1000 - place)) Nr. $place" = "$id $title" ]
    done < <(tail -n +2 by-id.tsv)
    # What is no id is a place.
    diff by-id.tsv <(svi_lda similar run --document 7 --corpus $source --top 3 --format tsv)
    [ "$(svi_lda similar run --document 993 --corpus $source --format json |
      json 'd["asked"]["document"], d["asked"]["id"], d["asked"]["title"]')" = "7 993 Nr. 7" ]
  done
  # An id goes before a place: 800 is the last document's.
  [ "$(svi_lda similar run --document 800 --corpus corpus | head -n 1)" = "like document: 200  800  Nr. 200" ]
  fails 2 "--document '201': the corpus has documents 1 to 200, and none with that id" \
    svi_lda similar run --document 201 --corpus corpus
}

@test "the report and MALLET's documents have the names of the corpus" {
  cd "$BATS_TEST_TMPDIR"
  name_documents
  svi_lda report run --documents corpus --quiet
  grep -q '"title":"Nr. [0-9]*"' report.html
  vectorize named.jsonl --text-field body --id-field key -o untitled
  svi_lda report run --documents untitled --force --quiet
  grep -q '"title":"9[0-9]*"' report.html
  # Of lines the id is the number, which is shown already.
  svi_lda report run --documents "$T/texts.txt" --force --quiet
  ! grep -q '"title":"[^"]' report.html
  seq 201 400 | sed 's/^/Given /' > titles.txt
  svi_lda report run --documents corpus --titles titles.txt --force --quiet
  grep -q '"title":"Given [0-9]*"' report.html
  svi_lda export run --to mallet --documents corpus -o mallet --quiet
  [ "$(sed -n 7p mallet/doc-topics.txt | cut -f -2)" = "$(printf '6\t993')" ]
}

@test "several texts are one corpus, several corpus folders too, and a folder can be converted" {
  cd "$BATS_TEST_TMPDIR"
  head -n 50 "$T/texts.txt" > a.txt
  tail -n +51 "$T/texts.txt" | xz > b.txt.xz
  svi_lda train a.txt b.txt.xz -k 2 --passes 2 --quiet -o two
  svi_lda train "$T/texts.txt" -k 2 --passes 2 --quiet -o one
  for run in one two; do unzip -p $run/model.npz lambda.npy > $run.lambda; done
  cmp one.lambda two.lambda
  vectorize a.txt -o a
  vectorize b.txt.xz -o b
  svi_lda infer one "$T/texts.txt" --quiet | cut -f 3- > whole
  svi_lda infer one a.txt b.txt.xz --quiet | cut -f 3- > parts
  svi_lda infer one a b --quiet | cut -f 3- > folders
  diff whole parts
  diff whole folders
  svi_lda train a b -k 2 --passes 2 --quiet -o of-folders
  svi_lda convert a --to vw -o a.vw --quiet
  [ "$(wc -l < a.vw)" -eq 50 ]
  grep -q apple a.vw
}

@test "--documents-are columns is refused where there is nothing to turn" {
  cd "$BATS_TEST_TMPDIR"
  svi_lda train "$T/texts.txt" -k 2 --passes 1 --quiet -o run
  vectorize "$T/texts.txt" -o corpus
  what='--documents-are columns: .*texts.txt is raw text; .*matrices'
  fails 2 "$what" svi_lda infer run "$T/texts.txt" --documents-are columns
  fails 2 "$what" svi_lda evaluate run "$T/texts.txt" --documents-are columns
  fails 2 "$what" svi_lda train "$T/texts.txt" --documents-are columns -k 2 --quiet -o other
  fails 2 '--documents-are columns: corpus is a corpus folder; .+' \
    svi_lda infer run corpus --documents-are columns
  nothing_left other
}

@test "a model of several corpus folders takes text where they made words the same way" {
  cd "$BATS_TEST_TMPDIR"
  head -n 100 "$T/texts.txt" > a.txt
  tail -n +101 "$T/texts.jsonl" > b.jsonl
  vectorize a.txt --stop-words english --min-df 2 -o a
  vectorize b.jsonl --text-field body --stop-words english -o b
  run --separate-stderr svi_lda train a b -k 2 --passes 2 --log-level warn -o run
  [ "$status" -eq 0 ]
  [ -z "$stderr" ]
  svi_lda infer run a b | cut -f 3- > folders
  head -n 200 "$T/texts.txt" > both.txt
  svi_lda infer run both.txt | cut -f 3- > text
  diff folders text
  # By another pattern, to the same words.
  vectorize b.jsonl --text-field body --token-pattern '[a-z]+' --vocab a/vocab.txt -o other
  run --separate-stderr svi_lda train a other -k 2 --passes 2 --log-level warn -o without
  [ "${#stderr_lines[@]}" -eq 1 ]
  [[ $stderr == *"a and "*"other made words of text by other options"* ]]
  fails 1 '.*does not know how text becomes its words.*' svi_lda infer without both.txt --text
}

@test "evaluate names all its inputs" {
  cd "$BATS_TEST_TMPDIR"
  svi_lda train "$T/texts.txt" -k 2 --passes 1 --quiet -o run
  split -n l/5 "$T/texts.txt" part- --additional-suffix .txt
  svi_lda evaluate run part-a[ab].txt | grep -qx 'corpus: *part-aa.txt, part-ab.txt'
  svi_lda evaluate run part-a?.txt | grep -qx 'corpus: *part-aa.txt, part-ab.txt, part-ac.txt and 2 more'
  [ "$(svi_lda evaluate run part-a?.txt --format json | json 'd["corpora"][4]')" = part-ae.txt ]
}

@test "standard input with fields is JSON lines; lines have no fields, which is said" {
  cd "$BATS_TEST_TMPDIR"
  svi_lda vectorize - --text-field body -o piped --quiet < "$T/texts.jsonl"
  svi_lda vectorize "$T/texts.jsonl" --text-field body -o named --quiet
  cmp piped/corpus.cache named/corpus.cache
  svi_lda train named -k 2 --passes 1 --quiet -o run
  svi_lda infer run "$T/texts.jsonl" --text-field body --quiet > named.tsv
  svi_lda infer run - --text-field body --quiet < "$T/texts.jsonl" | cmp - named.tsv
  run --separate-stderr svi_lda vectorize "$T/texts.txt" --text-field body -o lines --log-level warn
  [[ $stderr == *"--text-field 'body': no document has this field" ]]
}

@test "a field of no document is said in one line" {
  cd "$BATS_TEST_TMPDIR"
  fields=(--text-field body --id-field doi --title-field kind --label-field label)
  for command in "vectorize $T/texts.jsonl -o corpus" "train $T/texts.jsonl -k 2 --passes 1 -o run"; do
    # shellcheck disable=SC2086
    run --separate-stderr svi_lda $command "${fields[@]}" --log-level warn
    [ "$status" -eq 0 ]
    [ "${#stderr_lines[@]}" -eq 2 ]
    [[ ${stderr_lines[0]} == *"--id-field 'doi': no document has this field" ]]
    [[ ${stderr_lines[1]} == *"--label-field 'label': no document has this field" ]]
  done
  # What the model was told is not asked of new documents; what is asked for now is.
  run --separate-stderr svi_lda infer run "$T/texts.jsonl"
  [ -z "$stderr" ]
  run --separate-stderr svi_lda infer run "$T/texts.jsonl" --id-field isbn
  [[ $stderr == *"--id-field 'isbn': no document has this field" ]]
}

@test "words are seeded in raw text and corpus folders in one go" {
  cd "$BATS_TEST_TMPDIR"
  printf 'engine Wheel\nApple pear nowhere\n' > seeds.txt
  run --separate-stderr svi_lda train "$T/texts.txt" -k 2 --passes 5 --seed-words seeds.txt \
    --log-level warn -o of-text
  [ "$status" -eq 0 ]
  [ "${#stderr_lines[@]}" -eq 1 ]
  [[ $stderr == *"seeds.txt: left out what is not in the corpus: 'nowhere' (1 in all)" ]]
  vectorize "$T/texts.txt" -o corpus
  svi_lda train corpus -k 2 --passes 5 --seed-words seeds.txt --quiet -o of-folder
  for run in of-text of-folder; do unzip -p $run/model.npz lambda.npy > $run.lambda; done
  cmp of-text.lambda of-folder.lambda
  # Topic 0 has the words of the first line.
  svi_lda topics of-text --top 2 --format json > topics.json
  [ "$(json 'sorted(w["word"] for t in d["topics"] if t["topic"] == 0 for w in t["words"]) != []' < topics.json)" = True ]
  make_corpus 50 1 > docword.txt
  fails 2 '--seed-words without --vocab: the corpus has ids, no words; add --vocab FILE' \
    svi_lda train docword.txt -k 2 --passes 1 --seed-words seeds.txt --quiet -o ids
}

@test "the work of commands other than train is shown on a terminal" {
  cd "$BATS_TEST_TMPDIR"
  script -qec true /dev/null > /dev/null 2>&1 < /dev/null || skip "no script(1), or no pseudo-terminals here"
  svi_lda train "$T/texts.txt" -k 100 --passes 1 --quiet -o run
  for i in $(seq 300); do cat "$T/texts.txt"; done > many.txt
  shown() { script -qec "$SVI_LDA $1 2>&1 > out" typescript > /dev/null < /dev/null; }
  bars() { tr '\r' '\n' < typescript | grep -ac "$1.* docs" || true; }
  shown "infer run many.txt"
  [ "$(bars inferring)" -ge 1 ]
  [ "$(wc -l < out)" -eq 60001 ]
  shown "infer run many.txt --quiet"
  [ "$(bars inferring)" -eq 0 ]
}

@test "topics of a file are scored on a corpus folder by their words" {
  cd "$BATS_TEST_TMPDIR"
  vectorize "$T/texts.txt" -o corpus
  svi_lda train corpus -k 2 --passes 20 --quiet -o run
  # The topics with their words in another order than the folder has them.
  svi_lda topics run --top 1000 --format json > topics.json
  /usr/bin/python3 - <<'PY' || skip "no numpy"
import io, json, zipfile
import numpy
words = open("corpus/vocab.txt").read().split("\n")[:-1]
values = numpy.load(io.BytesIO(zipfile.ZipFile("run/model.npz").read("lambda.npy")))
order = list(reversed(range(len(words))))
numpy.save("topics.npy", values[:, order] if values.shape[1] == len(words) else values[order].T)
open("words.txt", "w").write("".join(words[i] + "\n" for i in order))
PY
  svi_lda evaluate --topics topics.npy --vocab words.txt corpus --format json > of-topics.json
  svi_lda evaluate run corpus --format json > of-model.json
  # Lambda without its prior's parts in the digamma is close to it here, not the same.
  for field in docs tokens out_of_vocabulary; do
    [ "$(json "d['$field']" < of-topics.json)" = "$(json "d['$field']" < of-model.json)" ]
  done
  close='abs(a["completion"]["perplexity"] / b["completion"]["perplexity"] - 1) < 0.01'
  python3 -c "import json; a, b = (json.load(open(f)) for f in ('of-topics.json', 'of-model.json')); assert $close"
  # The folder's own words, where none are given.
  fails 1 '.+; .+' svi_lda evaluate --topics topics.npy --vocab topics.json corpus
}

@test "held-out text goes with --corpus-size as without it" {
  cd "$BATS_TEST_TMPDIR"
  vectorize "$T/texts.txt" -o corpus
  printf 'Apples and APPLE juice, apple\nnothing known\nwheel car engine wheel\n' > new.txt
  svi_lda train corpus --corpus-size 200 -k 2 --passes 2 --held-out new.txt --quiet -o streamed
  svi_lda train corpus --order file -k 2 --passes 2 --held-out new.txt --quiet -o counted
  for run in streamed counted; do
    grep -q held_out $run/metrics.jsonl
    svi_lda evaluate $run new.txt --format json | json 'd["tokens"], d["docs"]' > $run.tokens
  done
  cmp streamed.tokens counted.tokens
  [ "$(cat streamed.tokens)" = "7 3" ]
}

@test "what is declared sizes nothing, and no line is without end" {
  [[ -z ${SANITIZER_PRELOAD-} ]] || skip "a sanitizer needs the address space"
  cd "$BATS_TEST_TMPDIR"
  # In 300 MB, of which the program and its libraries take some 100.
  bounded() { (ulimit -v 300000 && "$SVI_LDA" "$@"); }
  printf '1000000000\n100000000\n9000000000000000\n1 1 1\n' > huge.uci
  fails 1 'huge.uci:4: the file ends after 1 of the NNZ' bounded convert huge.uci --to ldac -o out --quiet
  printf '%%%%MatrixMarket matrix coordinate integer general\n1000000000 100000000 4000000000\n1 1 1\n' > huge.mtx
  fails 1 'huge.mtx:3: the file ends after 1 of' bounded convert huge.mtx --to ldac -o out --quiet
  nothing_left out
  # In 1.2 GB: a line may have 256 MiB, and its buffer grows by doubling.
  bounded() { (ulimit -v 1200000 && "$SVI_LDA" "$@"); }
  head -c 30M /dev/zero | tr '\0' 7 > block
  for packer in gzip bzip2 zstd xz; do
    $packer -c block > one
    cat one one one one one one one one one one > bomb
    fails 1 'bomb:1: the line is longer than 268435456 bytes; .+' \
      bounded convert bomb --corpus-format ldac --to uci -o out --quiet
    fails 1 'bomb:1: the line is longer than 268435456 bytes; .+' \
      bounded vectorize bomb --input-format lines -o out --quiet
    nothing_left out
  done
  fails 1 'bomb: is longer than 268435456 bytes, as one document; .+' \
    bounded vectorize bomb --input-format files -o out --quiet
  nothing_left out
}
