#include "minibatch/minibatch.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace svi_lda {
namespace {

// Set bits of x. The processor's own instruction is not there on every one that the program runs
// on, and std::popcount is then a call of a function; here it stands in the loop.
inline std::uint32_t set_bits(std::uint64_t x) {
  x -= x >> 1 & 0x5555555555555555u;
  x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
  x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
  return static_cast<std::uint32_t>(x * 0x0101010101010101u >> 56);
}

}  // namespace

MinibatchBuilder::MinibatchBuilder(std::uint32_t vocab_size)
    : used_((std::size_t{vocab_size} + 63) / 64, 0), rank_(used_.size(), 0), doc_begin_{0} {}

void MinibatchBuilder::clear() {
  doc_begin_.assign(1, 0);
  entry_.clear();
  count_.clear();
  doc_number_.clear();
  tokens_ = 0;
  phase_ = Phase::kAdding;
}

void MinibatchBuilder::add(DocumentView document, std::uint64_t doc_number) {
  const std::size_t before = entry_.size();
  const std::size_t n = document.words.size();
  entry_.insert(entry_.end(), document.words.begin(), document.words.end());
  count_.resize(before + n);
  float* const count = count_.data() + before;
  for (std::size_t i = 0; i < n; ++i) {
    // Counts are at most kMaxCount; from signed numbers the conversion is one instruction.
    count[i] = static_cast<float>(static_cast<std::int32_t>(document.counts[i]));
  }
  std::uint64_t tokens = 0;
  for (const std::uint32_t one : document.counts) tokens += one;
  tokens_ += tokens;
  for (const std::uint32_t w : document.words) used_[w / 64] |= std::uint64_t{1} << (w % 64);
  doc_begin_.push_back(static_cast<std::uint32_t>(entry_.size()));
  doc_number_.push_back(doc_number);
}

void MinibatchBuilder::build(Minibatch& batch) {
  while (!build_part(batch, std::max<std::size_t>(1, num_docs()))) {
  }
}

bool MinibatchBuilder::build_part(Minibatch& batch, std::size_t docs) {
  if (phase_ == Phase::kAdding) {
    list_words(batch);
    phase_ = Phase::kIndexing;
    next_doc_ = 0;
  }
  const std::size_t begin = next_doc_;
  next_doc_ = std::min(begin + docs, num_docs());
  const bool phase_done = next_doc_ == num_docs();
  if (phase_ == Phase::kIndexing) {
    index_entries(batch, begin, next_doc_);
    if (!phase_done) return false;
    for (std::size_t i = 0; i < batch.words.size(); ++i) {
      batch.word_begin[i + 1] += batch.word_begin[i];
    }
    phase_ = Phase::kPlacing;
    next_doc_ = 0;
    return false;
  }
  place_entries(batch, begin, next_doc_);
  if (phase_done) finish(batch);
  return phase_done;
}

void MinibatchBuilder::list_words(Minibatch& batch) {
  batch.words.clear();
  for (std::size_t block = 0; block < used_.size(); ++block) {
    rank_[block] = static_cast<std::uint32_t>(batch.words.size());
    for (std::uint64_t bits = used_[block]; bits != 0; bits &= bits - 1) {
      batch.words.push_back(
          static_cast<std::uint32_t>(block * 64 + static_cast<unsigned>(std::countr_zero(bits))));
    }
  }
  batch.word_begin.assign(batch.words.size() + 1, 0);
  batch.entry_word.resize(entry_.size());
  batch.place_entry.resize(entry_.size());
  batch.place_doc.resize(entry_.size());
}

void MinibatchBuilder::index_entries(Minibatch& batch, std::size_t first_doc, std::size_t end_doc) {
  std::uint32_t* const entry = entry_.data();
  std::uint32_t* const entry_word = batch.entry_word.data();
  std::uint32_t* const count = batch.word_begin.data() + 1;
  for (std::uint32_t e = doc_begin_[first_doc]; e < doc_begin_[end_doc]; ++e) {
    const std::uint32_t w = entry[e];
    const std::uint64_t below = used_[w / 64] & ((std::uint64_t{1} << (w % 64)) - 1);
    const std::uint32_t index = rank_[w / 64] + set_bits(below);
    entry_word[e] = index;
    entry[e] = count[index]++;
  }
}

void MinibatchBuilder::place_entries(Minibatch& batch, std::size_t first_doc,
                                     std::size_t end_doc) const {
  const std::uint32_t* const entry_word = batch.entry_word.data();
  const std::uint32_t* const before = entry_.data();
  const std::uint32_t* const word_begin = batch.word_begin.data();
  std::uint32_t* const place_entry = batch.place_entry.data();
  std::uint32_t* const place_doc = batch.place_doc.data();
  for (std::size_t doc = first_doc; doc < end_doc; ++doc) {
    for (std::uint32_t e = doc_begin_[doc]; e < doc_begin_[doc + 1]; ++e) {
      const std::uint32_t place = word_begin[entry_word[e]] + before[e];
      place_entry[place] = e;
      place_doc[place] = static_cast<std::uint32_t>(doc);
    }
  }
}

void MinibatchBuilder::finish(Minibatch& batch) {
  for (const std::uint32_t w : batch.words) used_[w / 64] = 0;
  std::swap(batch.doc_begin, doc_begin_);
  std::swap(batch.entry_count, count_);
  std::swap(batch.doc_number, doc_number_);
  batch.tokens = tokens_;
  clear();
}

}  // namespace svi_lda
