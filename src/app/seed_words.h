#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/vocabulary.h"
#include "model/hyperparameters.h"

namespace svi_lda {

// What a word is called in the vocabulary: another's case or ending may have been taken off there.
using WordForm = std::function<std::string(std::string_view)>;

// Reads --seed-words: a line of words a topic, topics in order from 0; a blank line leaves its
// topic as it is. "12: word word" gives topic 12 those words, and the next line goes on with topic
// 13. A line that begins with '#' is a comment and stands for no topic. Plain or gzip.
//   word_counts  [V], training tokens of each word
// Each pair of topic and word gets extra = weight n_w / (topics that the word is given to): with
// weight 1 the prior holds each seeded word as often as the corpus does, shared among its topics.
// A word that the vocabulary lacks as it stands is looked up by `form`. Words that the vocabulary
// or the corpus lacks are left out, and logged as one warning. A word that stands twice in the
// vocabulary has its first id.
// Fails: kIo; kInput naming path and line (a topic beyond num_topics, a number that is none), or
// the path where no word is known.
std::vector<SeededWord> read_seed_words(const std::string& path, std::uint32_t num_topics,
                                        double weight, const Vocabulary& vocabulary,
                                        const std::vector<std::uint64_t>& word_counts,
                                        const WordForm& form);

}  // namespace svi_lda
