load common

setup_file() {
  make_small_corpora
  export T="$BATS_FILE_TMPDIR"
  passes=20 train_small "$T/run" --alpha 0.1 --keep-cache --held-out-fraction 0.1
}

@test "train leaves the files of a run and nothing else" {
  [ "$(ls "$T/run" | sort | xargs)" = "checkpoints metrics.jsonl model.npz run.json" ]
  compgen -G "$T/run/checkpoints/step-*.npz" > /dev/null
  [ "$(find "$T/run" -name '*tmp*' | wc -l)" -eq 0 ]
  json 'd["options"]["topics"] if "options" in d else d["topics"]' < "$T/run/run.json"
  while read -r line; do json 'd["step"]' <<< "$line"; done < "$T/run/metrics.jsonl"
}

@test "model.npz passes unzip -t and opens with numpy" {
  if command -v unzip > /dev/null; then unzip -tq "$T/run/model.npz"; fi
  python3 -m zipfile -t "$T/run/model.npz"
  local python
  for python in python3 /usr/bin/python3; do
    "$python" -c 'import numpy' 2> /dev/null && break
  done || skip "no numpy"
  "$python" - "$T/run/model.npz" <<'PY'
import sys
import numpy as np
model = np.load(sys.argv[1])
assert model["lambda"].shape == (3, 60) and model["lambda"].dtype == np.float32
assert model["alpha"].shape == (3,) and model["eta"].shape == ()
assert list(model["vocabulary"][:2]) == ["red0", "red1"]
assert (model["lambda"] > 0).all()
PY
}

@test "topics finds the planted themes, as text, tsv and json" {
  run --separate-stderr svi_lda topics "$T/run" --top 5
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 4 ]
  svi_lda topics "$T/run" --top 5 --format tsv > "$BATS_TEST_TMPDIR/tsv"
  [ "$(head -n 1 "$BATS_TEST_TMPDIR/tsv")" = $'topic\tweight\trank\tword\tprobability' ]
  [ "$(wc -l < "$BATS_TEST_TMPDIR/tsv")" -eq 16 ]
  # Each topic's words are of one theme, and each theme has a topic.
  [ "$(tail -n +2 "$BATS_TEST_TMPDIR/tsv" | cut -f 1,4 | tr -d 0-9 | cut -f 2 | sort -u | wc -l)" -eq 3 ]
  [ "$(tail -n +2 "$BATS_TEST_TMPDIR/tsv" | awk '{ sub(/[0-9]+$/, "", $4); print $1, $4 }' | sort -u | wc -l)" -eq 3 ]
  # Topics by falling weight, words by falling probability.
  tail -n +2 "$BATS_TEST_TMPDIR/tsv" | awk 'BEGIN { topic = "none" } $1 != topic { if (topic != "none" && $2 > weight) exit 1; topic = $1; weight = $2; last = 1 }
    { if ($5 > last) exit 1; last = $5 }'
  svi_lda topics "$T/run" --top 5 --format json > "$BATS_TEST_TMPDIR/json"
  [ "$(json 'len(d["topics"]), len(d["topics"][0]["words"])' < "$BATS_TEST_TMPDIR/json")" = "3 5" ]
  [ "$(json 'abs(sum(t["weight"] for t in d["topics"]) - 1) < 1e-6' < "$BATS_TEST_TMPDIR/json")" = True ]
}

@test "topics without a vocabulary prints word ids; --top beyond V prints all words" {
  svi_lda train "$C/docword.txt" -k 2 --passes 1 --quiet -o "$BATS_TEST_TMPDIR/run"
  svi_lda topics "$BATS_TEST_TMPDIR/run" --format tsv --top 100 > "$BATS_TEST_TMPDIR/tsv"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/tsv")" -eq 121 ]
  tail -n +2 "$BATS_TEST_TMPDIR/tsv" | awk '$4 !~ /^[0-9]+$/ { exit 1 }'
}

@test "RUN may be the directory, its model or one checkpoint" {
  checkpoint=$(compgen -G "$T/run/checkpoints/step-*.npz" | tail -n 1)
  svi_lda topics "$T/run" --format tsv > "$BATS_TEST_TMPDIR/directory"
  svi_lda topics "$T/run/" --format tsv > "$BATS_TEST_TMPDIR/slash"
  svi_lda topics "$T/run/model.npz" --format tsv > "$BATS_TEST_TMPDIR/model"
  svi_lda topics "$checkpoint" --format tsv > "$BATS_TEST_TMPDIR/checkpoint"
  for name in slash model checkpoint; do
    cmp "$BATS_TEST_TMPDIR/directory" "$BATS_TEST_TMPDIR/$name"
  done
}

@test "evaluate names its estimators, beside the unigram baseline" {
  run --separate-stderr svi_lda evaluate "$T/run" "$C/test.txt"
  [ "$status" -eq 0 ]
  [ -z "$stderr" ]
  for name in completion bound unigram "std. error" "out of vocabulary" documents tokens; do
    [[ $output == *"$name"* ]]
  done
  svi_lda evaluate "$T/run" "$C/test.txt" --format json > "$BATS_TEST_TMPDIR/json"
  for name in completion bound unigram; do
    [ "$(json "d[\"$name\"][\"perplexity\"] > 1 and d[\"$name\"][\"tokens\"] > 0" < "$BATS_TEST_TMPDIR/json")" = True ]
  done
  [ "$(json 'd["completion"]["perplexity"] < d["unigram"]["perplexity"]' < "$BATS_TEST_TMPDIR/json")" = True ]
  [ "$(json 'd["completion"]["tokens"] == d["unigram"]["tokens"]' < "$BATS_TEST_TMPDIR/json")" = True ]
}

@test "evaluate gives the same figures for a file that is doubled or permuted" {
  svi_lda evaluate "$T/run" "$C/test.txt" --format json > "$BATS_TEST_TMPDIR/once"
  awk 'NR == 1 { docs = $1; print 2 * docs; next } NR == 2 { print; next }
       NR == 3 { print 2 * $1; next } { print; line[++n] = (docs + $1) " " $2 " " $3 }
       END { for (i = 1; i <= n; ++i) print line[i] }' "$C/test.txt" > "$BATS_TEST_TMPDIR/twice.txt"
  # Documents from last to first, the words of each likewise.
  { head -n 3 "$C/test.txt"
    tail -n +4 "$C/test.txt" | tac | awk -v docs=60 '{ print docs + 1 - $1, $2, $3 }'; } \
    > "$BATS_TEST_TMPDIR/permuted.txt"
  for name in twice permuted; do
    svi_lda evaluate "$T/run" "$BATS_TEST_TMPDIR/$name.txt" --format json > "$BATS_TEST_TMPDIR/$name"
    python3 - "$BATS_TEST_TMPDIR/once" "$BATS_TEST_TMPDIR/$name" <<'PY'
import json, sys
one, other = (json.load(open(path)) for path in sys.argv[1:])
for name in ("completion", "bound", "unigram"):
    a, b = one[name]["perplexity"], other[name]["perplexity"]
    assert abs(a - b) <= 1e-6 * a, (name, a, b)
PY
  done
}

@test "evaluate warns where topics are no better than the unigram baseline" {
  # One topic: with little training it is the unigram, smoothed.
  svi_lda train "$C/docword.txt" -k 1 --passes 1 --eta 1000 --quiet -o "$BATS_TEST_TMPDIR/flat"
  run --separate-stderr svi_lda evaluate "$BATS_TEST_TMPDIR/flat" "$C/test.txt"
  [ "$status" -eq 0 ]
  [[ $stderr == *"not better than the unigram baseline"* ]]
}

@test "evaluate warns where the topics have collapsed to one" {
  # Where every document is held to be of all topics alike, the topics become alike.
  svi_lda train "$C/docword.txt" -k 3 --inference vb --init random --alpha 100 --passes 10 \
    --eta 0.1 --quiet -o "$BATS_TEST_TMPDIR/alike" 2> /dev/null
  run --separate-stderr svi_lda evaluate "$BATS_TEST_TMPDIR/alike" "$C/test.txt"
  [ "$status" -eq 0 ]
  [[ $stderr == *"all topics are alike"* ]]
  svi_lda evaluate "$BATS_TEST_TMPDIR/alike" "$C/test.txt" --format json 2> /dev/null \
    > "$BATS_TEST_TMPDIR/json"
  [ "$(json '"all topics are alike" in d["warnings"][-1]' < "$BATS_TEST_TMPDIR/json")" = True ]
}

@test "evaluate gives the estimators asked for, each with its own definition and tokens" {
  run --separate-stderr svi_lda evaluate "$T/run" "$C/test.txt" --estimator all
  [ "$status" -eq 0 ]
  for name in completion bound left-to-right left-to-right-linear importance plug-in unigram; do
    [ "$(grep -c "^$name  .*[0-9]\.[0-9]" <<< "$output")" -eq 1 ]
    [ "$(grep -c "^$name  *[a-z]" <<< "$output")" -eq 1 ]
  done
  [[ $output == *"not held out"* ]]
  [[ $output == *"approximate"* ]]
  svi_lda evaluate "$T/run" "$C/test.txt" --estimator plug-in,left-to-right --particles 40 \
    --format json > "$BATS_TEST_TMPDIR/json"
  [ "$(json '[k for k in d if isinstance(d[k], dict)] == ["left-to-right", "plug-in"]' < "$BATS_TEST_TMPDIR/json")" = True ]
  [ "$(json '(d["plug-in"]["held_out"], d["left-to-right"]["held_out"])' < "$BATS_TEST_TMPDIR/json")" = "(False, True)" ]
  [ "$(json 'd["left-to-right"]["tokens"] == d["tokens"] and d["left-to-right"]["sampling_error"] > 0' < "$BATS_TEST_TMPDIR/json")" = True ]
  fails 2 "--estimator guess: must be all, or names .+" svi_lda evaluate "$T/run" "$C/test.txt" --estimator guess
  fails 2 "--compat mallet: must be scikit-learn or gensim" svi_lda evaluate "$T/run" "$C/test.txt" --compat mallet
}

@test "evaluate says which documents an estimator skips" {
  printf '3\n60\n3\n1 1 1\n3 1 1\n3 2 4\n' > "$BATS_TEST_TMPDIR/short.txt"
  run --separate-stderr svi_lda evaluate "$T/run" "$BATS_TEST_TMPDIR/short.txt"
  [[ $output == *"3 (1 empty; 1 of one token, which completion cannot split)"* ]]
  svi_lda evaluate "$T/run" "$BATS_TEST_TMPDIR/short.txt" --format json > "$BATS_TEST_TMPDIR/json"
  [ "$(json 'd["completion"]["skipped_docs"]' < "$BATS_TEST_TMPDIR/json")" = "{'empty': 1, 'one_token': 1}" ]
  [ "$(json '(d["bound"]["skipped_docs"], d["bound"]["docs"])' < "$BATS_TEST_TMPDIR/json")" = "({'empty': 1, 'one_token': 0}, 2)" ]
  # A standard error over one document is not known: null, which JSON has, not NaN.
  [ "$(json 'd["completion"]["standard_error"]' < "$BATS_TEST_TMPDIR/json")" = None ]
}

@test "evaluate --compat prints what scikit-learn and gensim would, apart from the figures" {
  for tool in scikit-learn gensim; do
    run --separate-stderr svi_lda evaluate "$T/run" "$C/test.txt" --compat "$tool"
    [ "$status" -eq 0 ]
    [[ $output == *"as $tool computes it; comparable with nothing above"* ]]
    svi_lda evaluate "$T/run" "$C/test.txt" --compat "$tool" --format json > "$BATS_TEST_TMPDIR/$tool"
  done
  # The same bound, once as exp of minus it.
  python3 - "$BATS_TEST_TMPDIR/scikit-learn" "$BATS_TEST_TMPDIR/gensim" <<'PY'
import json, math, sys
one, other = (json.load(open(path))["not_comparable"] for path in sys.argv[1:])
perplexity = one["scikit-learn"]["perplexity(X)"]["value"]
assert abs(math.log(perplexity) + other["gensim"]["log_perplexity(chunk)"]["value"]) < 1e-3
PY
}

@test "evaluate maps a vocabulary of the test corpus and counts what is unknown" {
  # The vocabulary backwards, and one word that the model does not know.
  { tac "$C/vocab.txt"; echo unknown; } > "$BATS_TEST_TMPDIR/vocab"
  awk 'NR == 2 { print 61; next } NR == 3 { print $1 + 1; next } NR < 4 { print; next }
       { print $1, 61 - $2, $3 } END { print 60, 61, 7 }' "$C/test.txt" > "$BATS_TEST_TMPDIR/test.txt"
  svi_lda evaluate "$T/run" "$BATS_TEST_TMPDIR/test.txt" --vocab "$BATS_TEST_TMPDIR/vocab" \
    --format json > "$BATS_TEST_TMPDIR/mapped"
  svi_lda evaluate "$T/run" "$C/test.txt" --format json > "$BATS_TEST_TMPDIR/plain"
  [ "$(json 'd["out_of_vocabulary"]' < "$BATS_TEST_TMPDIR/mapped")" = 7 ]
  for name in bound unigram; do
    [ "$(json "d[\"$name\"][\"tokens\"]" < "$BATS_TEST_TMPDIR/mapped")" = \
      "$(json "d[\"$name\"][\"tokens\"]" < "$BATS_TEST_TMPDIR/plain")" ]
  done
}

@test "infer prints one row a document that sums to 1, empty ones flagged" {
  sed '1s/.*/62/' "$C/test.txt" > "$BATS_TEST_TMPDIR/test.txt"
  cp "$T/run/model.npz" "$BATS_TEST_TMPDIR/before"
  run --separate-stderr svi_lda infer "$T/run" "$BATS_TEST_TMPDIR/test.txt"
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 63 ]
  [ "${lines[0]}" = $'document\ttokens\tout_of_vocabulary\tstatus\ttopic_0\ttopic_1\ttopic_2' ]
  printf '%s\n' "${lines[@]}" | tail -n +2 | awk -F '\t' '
    { sum = $5 + $6 + $7 - 1 } sum > 1e-6 || sum < -1e-6 || $1 != NR { exit 1 }
    NR > 60 && ($4 != "empty" || $2 != 0 || $5 - 1 / 3 > 1e-6 || 1 / 3 - $5 > 1e-6) { exit 1 }
    NR <= 60 && ($4 != "ok" || $2 < 20) { exit 1 }'
  cmp "$T/run/model.npz" "$BATS_TEST_TMPDIR/before"
  # Each document's largest topic is the one of its theme.
  [ "$(printf '%s\n' "${lines[@]}" | head -n 61 | tail -n +2 | awk -F '\t' '
    { best = 5; for (k = 6; k <= 7; ++k) if ($k > $best) best = k; print $1 % 3, best }' |
    sort | uniq -c | awk '$1 >= 15' | wc -l)" -eq 3 ]
}

@test "infer writes JSON lines, and a file only when it is complete" {
  svi_lda infer "$T/run" "$C/test.txt" --format jsonl -o "$BATS_TEST_TMPDIR/theta"
  [ "$(wc -l < "$BATS_TEST_TMPDIR/theta")" -eq 60 ]
  head -n 1 "$BATS_TEST_TMPDIR/theta" | json 'abs(sum(d["theta"]) - 1) < 1e-6 and d["status"] == "ok"' | grep -q True
  fails 1 "$BATS_TEST_TMPDIR/theta: already exists; .*--force" \
    svi_lda infer "$T/run" "$C/test.txt" -o "$BATS_TEST_TMPDIR/theta"
  svi_lda infer "$T/run" "$C/test.txt" -o "$BATS_TEST_TMPDIR/theta" --force
  [ "$(wc -l < "$BATS_TEST_TMPDIR/theta")" -eq 61 ]
  # The last document is wrong: nothing of the first ones is left.
  sed '$s/ [0-9]*$/ 0/' "$C/test.txt" > "$BATS_TEST_TMPDIR/bad.txt"
  fails 1 "$BATS_TEST_TMPDIR/bad.txt:[0-9]+: " \
    svi_lda infer "$T/run" "$BATS_TEST_TMPDIR/bad.txt" -o "$BATS_TEST_TMPDIR/never"
  nothing_left "$BATS_TEST_TMPDIR/never"
}

@test "infer writes the topics that are asked for, for other programs too" {
  local out="$BATS_TEST_TMPDIR/theta"
  svi_lda infer "$T/run" "$C/test.txt" > "$out.tsv"
  run --separate-stderr svi_lda infer "$T/run" "$C/test.txt" --top 1
  [ "$status" -eq 0 ]
  [ "${lines[0]}" = $'document\ttokens\tout_of_vocabulary\tstatus\ttopics' ]
  # The largest of a row, with its share.
  diff <(awk -F '\t' 'NR > 1 { best = 5; for (k = 6; k <= 7; ++k) if ($k > $best) best = k
                               print best - 5 ":" $best }' "$out.tsv") \
       <(printf '%s\n' "${lines[@]}" | tail -n +2 | cut -f 5)
  svi_lda infer "$T/run" "$C/test.txt" --threshold 0.2 --format jsonl | python3 -c "
import json, sys
rows = [json.loads(line)['topics'] for line in sys.stdin]
assert len(rows) == 60 and all(rows) and all(t['share'] >= 0.2 for row in rows for t in row)
assert all(row == sorted(row, key=lambda t: -t['share']) for row in rows)"
  # SVMlight: label, then topics from 1 in ascending order.
  svi_lda infer "$T/run" "$C/test.txt" --format svmlight > "$out.svm"
  diff <(awk -F '\t' 'NR > 1 { print "0 1:" $5 " 2:" $6 " 3:" $7 }' "$out.tsv") "$out.svm"
  # .npy: the header says (60, 3), the file ends with the last row.
  svi_lda infer "$T/run" "$C/test.txt" --format npy -o "$out.npy"
  [ "$(stat -c %s "$out.npy")" -eq $((128 + 60 * 3 * 8)) ]
  head -c 128 "$out.npy" | grep -aq "'descr': '<f8', 'fortran_order': False, 'shape': (60, 3)"
  fails 2 "--format npy: must be written to a file; .*--output" \
    svi_lda infer "$T/run" "$C/test.txt" --format npy
}

@test "infer gives the same rows from any format, any number of threads and a pipe" {
  svi_lda infer "$T/run" "$C/test.txt" --threads 1 > "$BATS_TEST_TMPDIR/one"
  svi_lda infer "$T/run" "$C/test.txt" --threads 3 > "$BATS_TEST_TMPDIR/three"
  uci_to_ldac < "$C/test.txt" | gzip | svi_lda infer "$T/run" - > "$BATS_TEST_TMPDIR/pipe"
  cmp "$BATS_TEST_TMPDIR/one" "$BATS_TEST_TMPDIR/three"
  cmp "$BATS_TEST_TMPDIR/one" "$BATS_TEST_TMPDIR/pipe"
}

@test "similar names topics, words and documents, nearest first" {
  for asked in "--topic 0" "--word red3" "--document 1 --corpus $C/test.txt"; do
    # shellcheck disable=SC2086
    run --separate-stderr svi_lda similar "$T/run" $asked --top 2 --format tsv
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -eq 3 ]
    printf '%s\n' "${lines[@]}" | tail -n +2 | cut -f 1 | sort -gc
    # shellcheck disable=SC2086
    svi_lda similar "$T/run" $asked --top 2 --format json | json 'len(d["nearest"])' | grep -qx 2
  done
  fails 2 "give one of --topic, --word and --document" svi_lda similar "$T/run"
  fails 2 "--document needs --corpus FILE" svi_lda similar "$T/run" --document 1
  fails 1 "--word 'nowhere' is not in the model's vocabulary; .+" svi_lda similar "$T/run" --word nowhere
}

@test "info tells what a corpus, a run, a model, a checkpoint and a cache hold" {
  run --separate-stderr svi_lda info "$C/docword.txt"
  [ "$status" -eq 0 ]
  [[ ${lines[0]} =~ ^kind:\ +corpus$ ]]
  [[ $output == *" 300"* && $output == *" 60"* ]]
  checkpoint=$(compgen -G "$T/run/checkpoints/step-*.npz" | tail -n 1)
  declare -A kind=(["$T/run"]=run ["$T/run/model.npz"]=model [$checkpoint]=checkpoint ["$T/run.cache"]=cache)
  for path in "${!kind[@]}"; do
    run --separate-stderr svi_lda info "$path"
    [ "$status" -eq 0 ]
    [[ ${lines[0]} =~ ^kind:\ +${kind[$path]}$ ]]
    [ "$(grep -c '^kind:' <<< "$output")" -eq 1 ]
    svi_lda info "$path" --format json | json 'd' > /dev/null
  done
}

@test "results on a full disk fail, into a closed pipe they do not" {
  for command in "topics $T/run" "info $T/run" "evaluate $T/run $C/test.txt" "infer $T/run $C/test.txt"; do
    run --separate-stderr bash -c "\"$SVI_LDA\" $command > /dev/full"
    [ "$status" -eq 1 ]
    [[ $stderr == "standard output: "*"No space left"* ]]
    [ "${#stderr_lines[@]}" -eq 1 ]
    run --separate-stderr bash -c "{ sleep 0.05; \"$SVI_LDA\" $command; echo \"\$?\" >&2; } | true"
    [ "$stderr" = 0 ]
  done
}
