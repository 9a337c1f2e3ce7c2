# Prints each topic of a model beside the theme that it recovered.
#
# usage: svi-lda topics RUN --top 60 --format tsv | awk -f name_topics.awk data/demo.topics.tsv -
#
# First file: theme, word, true probability. Second: topics as svi-lda prints them, a word a line.
# Both are tab-separated with a line of column names. The overlap of a topic and a theme is
# Sum_w min(p_topic(w), p_theme(w)): 1 where they are equal, 0 where they share no word.

BEGIN {
  FS = "\t"
  enough = 0.5      # overlap from which on a theme counts as recovered
  words_shown = 8
}

FNR == 1 {
  file++
  split("", column)
  for (i = 1; i <= NF; i++) column[$i] = i
  next
}

file == 1 {
  if (!($1 in known)) {
    known[$1] = 1
    themes[++num_themes] = $1
  }
  truth[$1, $2] = $3
  next
}

{
  topic = $column["topic"]
  if (!(topic in weight)) {
    weight[topic] = $column["weight"]
    topics[++num_topics] = topic
  }
  word = $column["word"]
  probability = $column["probability"]
  if (++listed[topic] <= words_shown) top[topic] = top[topic] " " word
  for (i = 1; i <= num_themes; i++) {
    if ((themes[i], word) in truth) {
      true_probability = truth[themes[i], word]
      overlap[topic, themes[i]] += \
          probability < true_probability ? probability : true_probability
    }
  }
}

END {
  printf "%5s %7s  %-15s %7s  %s\n", "topic", "weight", "theme", "overlap", "its top words"
  for (t = 1; t <= num_topics; t++) {
    topic = topics[t]
    best = themes[1]
    for (i = 2; i <= num_themes; i++) {
      if (overlap[topic, themes[i]] > overlap[topic, best]) best = themes[i]
    }
    name = "(a mixture)"
    if (overlap[topic, best] >= enough) {
      name = best
      found[best] = 1
    }
    printf "%5s %6.1f%%  %-15s %7.2f %s\n", topic, 100 * weight[topic], name, \
        overlap[topic, best], top[topic]
  }
  for (i = 1; i <= num_themes; i++) {
    if (themes[i] in found) recovered++
    else lost = lost (lost == "" ? "" : ", ") themes[i]
  }
  printf "\n%d of the %d themes came back", recovered, num_themes
  if (lost != "") printf "; not recovered: %s", lost
  printf ".\n"
}
