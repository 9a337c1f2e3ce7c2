#include "text/analyzer.h"

#include <algorithm>
#include <utility>

namespace svi_lda {
namespace {

constexpr char kNgramJoint = '_';

}  // namespace

void TermsLeftOut::add(const TermsLeftOut& other) {
  words.numbers += other.words.numbers;
  words.emoji += other.words.emoji;
  stop_words += other.stop_words;
  too_long += other.too_long;
  stop_words_found.resize(std::max(stop_words_found.size(), other.stop_words_found.size()));
  for (std::size_t i = 0; i < other.stop_words_found.size(); ++i) {
    if (other.stop_words_found[i]) stop_words_found[i] = true;
  }
}

Analyzer::Analyzer(AnalyzerOptions options)
    : options_(std::move(options)), words_({options_.keep_numbers, !options_.drop_emoji}) {
  if (!options_.token_pattern.empty()) pattern_.emplace(options_.token_pattern);
  if (!options_.stem.empty()) stemmer_ = std::make_unique<Stemmer>(options_.stem);
  for (const std::string& word : options_.stop_words) stop_words_.insert(word);
  left_out_.stop_words_found.resize(stop_words_.size());
}

TermsLeftOut Analyzer::left_out() const {
  TermsLeftOut all = left_out_;
  all.words = words_.left_out();
  return all;
}

void Analyzer::analyze(std::string_view text, Tokens& terms) {
  found_.clear();
  if (pattern_) {
    pattern_->find(text, found_);
  } else {
    words_.find(text, found_);
  }
  keep_words();
  if (options_.longest_ngram == 1 && kept_.longest() <= kLongestTerm) {
    std::swap(terms, kept_);
  } else {
    join_ngrams(terms);
  }
}

// Without stop words, stemmed.
void Analyzer::keep_words() {
  if (stop_words_.size() == 0 && !stemmer_) {
    std::swap(kept_, found_);
    return;
  }
  kept_.clear();
  for (std::size_t i = 0; i < found_.size(); ++i) {
    const std::string_view word = found_[i];
    if (stop_words_.size() != 0) {
      if (const std::uint32_t stop = stop_words_.find(word); stop != WordTable::kNone) {
        ++left_out_.stop_words;
        left_out_.stop_words_found[stop] = true;
        continue;
      }
    }
    const std::string_view stem = stemmer_ ? stemmer_->stem(word) : word;
    if (!stem.empty()) kept_.add(stem);
  }
}

void Analyzer::join_ngrams(Tokens& terms) {
  terms.clear();
  const auto longest = static_cast<std::size_t>(options_.longest_ngram);
  for (auto n = static_cast<std::size_t>(options_.shortest_ngram); n <= longest; ++n) {
    for (std::size_t first = 0; first + n <= kept_.size(); ++first) {
      std::size_t bytes = n - 1;
      for (std::size_t i = 0; i < n; ++i) bytes += kept_[first + i].size();
      if (bytes > kLongestTerm) {
        ++left_out_.too_long;
        continue;
      }
      for (std::size_t i = 0; i < n; ++i) {
        if (i != 0) terms.append(kNgramJoint);
        terms.append(kept_[first + i]);
      }
      terms.end_word();
    }
  }
}

}  // namespace svi_lda
