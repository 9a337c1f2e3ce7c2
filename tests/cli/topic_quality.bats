# evaluate --coherence, evaluate --topics and sweep.

load common

setup_file() {
  make_small_corpora
  train_small "$BATS_FILE_TMPDIR/run"
  export RUN="$BATS_FILE_TMPDIR/run"
}

# Each test in a folder of its own.
setup() { cd "$BATS_TEST_TMPDIR" || return; }

evaluate() { svi_lda evaluate "$RUN" "$C/test.txt" --coherence "$@"; }

@test "coherence is off unless asked for, and then text, tsv and json agree" {
  ! svi_lda evaluate "$RUN" "$C/test.txt" | grep -q c_v
  evaluate --format json > json
  [[ $(json 'len(d["topic_quality"]["topics"])' < json) == 3 ]]
  [[ $(json 'd["topic_quality"]["windows"]' < json) == 60 ]]
  local npmi
  npmi=$(json '"%.4f" % d["topic_quality"]["npmi"]' < json)
  evaluate | grep -E "^npmi +$npmi$"
  evaluate --format tsv > tsv
  [[ $(wc -l < tsv) == 5 ]]
  [[ $(awk -F'\t' '$1 == "mean" { printf "%.4f", $4 }' tsv) == "$npmi" ]]
}

@test "figures of topics do not depend on threads" {
  evaluate --format json --threads 1 > one
  evaluate --format json --threads 4 > four
  cmp one four
}

@test "the reference is counted where one is given" {
  evaluate --reference "$C/docword.txt" --format json > json
  [[ $(json 'd["topic_quality"]["windows"]' < json) == 300 ]]
  [[ $(json 'd["docs"]' < json) == 60 ]]
  # Its own vocabulary, in another order, gives the same figures.
  {
    head -n 3 "$C/docword.txt"
    tail -n +4 "$C/docword.txt" | awk '{ print $1, 61 - $2, $3 }' | sort -k1,1n -k2,2n
  } > mirrored
  tac "$C/vocab.txt" > mirrored-vocab
  evaluate --reference mirrored --reference-vocab mirrored-vocab --format json > other
  [[ $(json 'd["topic_quality"]["topics"]' < json) == "$(json 'd["topic_quality"]["topics"]' < other)" ]]
}

@test "coherence refuses what it cannot do" {
  fails 2 '--coherence: standard input cannot be read a second time' \
    svi_lda evaluate "$RUN" - --coherence < "$C/test.txt"
  fails 2 '--reference: only --coherence' svi_lda evaluate "$RUN" "$C/test.txt" --reference x
  fails 2 '--top 1: must be in \[2, 1000\]' svi_lda evaluate "$RUN" "$C/test.txt" --top 1
}

# The model's own topics as a file.
as_file() {
  python3 - "$RUN/model.npz" "$1" << 'PYTHON'
import io, struct, sys, zipfile
name = sys.argv[2]
data = zipfile.ZipFile(sys.argv[1]).read("lambda.npy")
if name.endswith(".npy"):
    open(name, "wb").write(data)
elif name.endswith(".npz"):
    with zipfile.ZipFile(name, "w") as archive:
        archive.writestr("components_.npy", data)
else:
    length = struct.unpack("<H", data[8:10])[0]
    values = struct.unpack("<180f", data[10 + length:])
    with open(name, "w") as out:
        for k in range(3):
            out.write("\t".join(repr(values[w * 3 + k]) for w in range(60)) + "\n")
PYTHON
}

@test "topics of a file get the figures that the model has" {
  # A file has no alpha: it is taken to be 0.1 for each topic.
  local RUN="$BATS_TEST_TMPDIR/run"
  train_small "$RUN" --alpha 0.1
  svi_lda evaluate "$RUN" "$C/test.txt" --format json > model
  for file in t.npy t.npz t.tsv; do
    as_file "$file"
    svi_lda evaluate --topics "$file" --vocab "$C/vocab.txt" "$C/test.txt" \
      --coherence --format json > topics
    [[ $(json '"%.4f" % d["completion"]["perplexity"]' < topics) == \
      $(json '"%.4f" % d["completion"]["perplexity"]' < model) ]]
    [[ $(json 'sorted(d)[0] + str("bound" in d) + str("unigram" in d)' < topics) == alphaFalseFalse ]]
    [[ $(json 'd["topic_quality"]["topics"][0]["words"][0][:2]' < topics) =~ ^(re|gr|bl)$ ]]
  done
}

@test "a wrong topics file is refused in one line" {
  echo "0.5 0.5" > short
  fails 1 'short: holds 1 rows of 2 numbers, but there are 60 words; ' \
    svi_lda evaluate --topics short "$C/test.txt"
  fails 1 '.*model.npz: is a model of this program; ' \
    svi_lda evaluate --topics "$RUN/model.npz" "$C/test.txt"
  fails 2 'unexpected argument .*RUN is not taken here' \
    svi_lda evaluate --topics short "$RUN" "$C/test.txt"
  fails 2 '--alpha: a model has its own' svi_lda evaluate "$RUN" "$C/test.txt" --alpha 1
  as_file t.npy
  fails 2 '--alpha symmetric: cannot be learned here' \
    svi_lda evaluate --topics t.npy --alpha symmetric "$C/test.txt"
}

sweep() {
  svi_lda sweep "$C/docword.txt" --vocab "$C/vocab.txt" --passes 2 --batch-size 32 --threads 1 \
    --quiet "$@"
}

@test "sweep makes a run for each number of topics and seed, a table and a picture" {
  sweep -k 2,4 --seeds 1,2 -o s > text
  [[ $(wc -l < s/sweep.tsv) == 5 ]]
  cut -f 1-3 s/sweep.tsv | tail -n +2 > made
  printf '2\t1\tk2-seed1\n2\t2\tk2-seed2\n4\t1\tk4-seed1\n4\t2\tk4-seed2\n' | cmp - made
  python3 -c 'import sys, xml.dom.minidom as m; m.parse("s/sweep.svg")'
  [[ $(json 'len(d["runs"])' < s/sweep.json) == 4 ]]
  grep -q 'which no run has seen' text
  ! compgen -G 's/*.cache'
}

@test "sweep on a test file agrees with evaluate" {
  sweep -k 3 --seeds 5 --test "$C/test.txt" -o s > /dev/null
  svi_lda evaluate s/k3-seed5 "$C/test.txt" --coherence --reference "$C/docword.txt" \
    --format json > figures
  for name in completion bound; do
    [[ $(json "d['runs'][0]['$name']" < s/sweep.json) == \
      $(json "d['$name']['perplexity']" < figures) ]]
  done
  for name in c_v npmi umass diversity exclusivity; do
    [[ $(json "d['runs'][0]['$name']" < s/sweep.json) == \
      $(json "d['topic_quality']['$name']" < figures) ]]
  done
  # And the run is the one that train makes.
  svi_lda train "$C/docword.txt" --vocab "$C/vocab.txt" -k 3 --seed 5 --passes 2 --batch-size 32 \
    --threads 2 --quiet -o alone
  cmp alone/model.npz s/k3-seed5/model.npz
}

@test "a sweep given again trains only what is missing" {
  sweep -k 2,3 --seeds 1 -o s > /dev/null
  cp s/sweep.tsv before
  touch -d @1000000000 s/k2-seed1/model.npz s/k3-seed1/model.npz
  sweep -k 2,3 --seeds 1 -o s > /dev/null
  cmp before s/sweep.tsv
  sweep -k 3,4 --seeds 1 -o s > /dev/null
  [[ $(cut -f 1 s/sweep.tsv | tr '\n' ' ') == "topics 2 3 4 " ]]
  [[ $(stat -c %Y s/k2-seed1/model.npz s/k3-seed1/model.npz | sort -u) == 1000000000 ]]
  # The missing run has the documents held out that the others had.
  sweep -k 4 --seeds 1 -o apart > /dev/null
  cmp s/k4-seed1/model.npz apart/k4-seed1/model.npz
}

@test "a sweep that was stopped goes on to the same models" {
  sweep -k 3,4 --seeds 1 -o whole > /dev/null
  start sweep "$C/docword.txt" --vocab "$C/vocab.txt" --passes 2 --batch-size 32 --threads 1 \
    -k 3,4 --seeds 1 -o s
  wait_for 's/k3-seed1/run.json' || true
  kill -INT "$pid"
  wait "$pid" || [[ $? -eq 130 ]]
  sweep -k 3,4 --seeds 1 -o s > /dev/null
  cmp whole/k3-seed1/model.npz s/k3-seed1/model.npz
  cmp whole/k4-seed1/model.npz s/k4-seed1/model.npz
  cmp <(cut -f 1-15 whole/sweep.tsv) <(cut -f 1-15 s/sweep.tsv)
}

@test "sweep refuses another sweep's folder, and what is no list" {
  sweep -k 2 --seeds 1 -o s > /dev/null
  fails 1 's: holds a sweep with other options: --kappa, --tau0; ' \
    sweep -k 2 --seeds 1 -o s --tau0 9 --kappa 0.8
  mkdir full && touch full/x
  fails 1 'full: is not empty and holds no sweep; ' sweep -k 2 --seeds 1 -o full
  fails 2 '--topics: must be numbers with commas' sweep -k 2,x -o t
  fails 2 '--topics 0: ' sweep -k 0 -o t
  fails 2 'CORPUS: must be a file' svi_lda sweep - -k 2 -o t
}
