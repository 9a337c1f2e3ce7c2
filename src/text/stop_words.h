#pragma once

#include <string>
#include <vector>

namespace svi_lda {

// English words that say nothing of a text's subject: articles, pronouns, prepositions,
// conjunctions, auxiliary verbs, adverbs of degree, and their contractions. Lower case, sorted.
const std::vector<std::string>& english_stop_words();

// "english" for those, else the words of the file of that name: one a line, UTF-8, plain or gzip,
// in normal form (text/normalize.h), sorted, each once. Fails: as Vocabulary::read.
std::vector<std::string> stop_words_from(const std::string& name);

}  // namespace svi_lda
