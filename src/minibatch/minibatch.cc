#include "minibatch/minibatch.h"

#include <bit>
#include <utility>

namespace svi_lda {

MinibatchBuilder::MinibatchBuilder(std::uint32_t vocab_size)
    : used_((std::size_t{vocab_size} + 63) / 64, 0), rank_(used_.size(), 0), doc_begin_{0} {}

void MinibatchBuilder::clear() {
  doc_begin_.assign(1, 0);
  word_id_.clear();
  count_.clear();
  doc_number_.clear();
  tokens_ = 0;
}

void MinibatchBuilder::add(DocumentView document, std::uint64_t doc_number) {
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    const std::uint32_t w = document.words[i];
    used_[w / 64] |= std::uint64_t{1} << (w % 64);
    word_id_.push_back(w);
    count_.push_back(static_cast<float>(document.counts[i]));
    tokens_ += document.counts[i];
  }
  doc_begin_.push_back(static_cast<std::uint32_t>(word_id_.size()));
  doc_number_.push_back(doc_number);
}

void MinibatchBuilder::build(Minibatch& batch) {
  batch.words.clear();
  for (std::size_t block = 0; block < used_.size(); ++block) {
    rank_[block] = static_cast<std::uint32_t>(batch.words.size());
    for (std::uint64_t bits = used_[block]; bits != 0; bits &= bits - 1) {
      batch.words.push_back(
          static_cast<std::uint32_t>(block * 64 + static_cast<unsigned>(std::countr_zero(bits))));
    }
  }
  const std::size_t entries = word_id_.size();
  batch.word_begin.assign(batch.words.size() + 1, 0);
  batch.entry_word.resize(entries);
  for (std::size_t e = 0; e < entries; ++e) {
    const std::uint32_t w = word_id_[e];
    const std::uint64_t below = used_[w / 64] & ((std::uint64_t{1} << (w % 64)) - 1);
    const std::uint32_t index = rank_[w / 64] + static_cast<std::uint32_t>(std::popcount(below));
    batch.entry_word[e] = index;
    ++batch.word_begin[index + 1];
  }
  for (std::size_t i = 0; i < batch.words.size(); ++i)
    batch.word_begin[i + 1] += batch.word_begin[i];

  batch.place_entry.resize(entries);
  batch.place_doc.resize(entries);
  std::vector<std::uint32_t>& next = batch.word_begin;  // advanced in place, put back below
  for (std::size_t doc = 0; doc + 1 < doc_begin_.size(); ++doc) {
    for (std::uint32_t e = doc_begin_[doc]; e < doc_begin_[doc + 1]; ++e) {
      const std::uint32_t place = next[batch.entry_word[e]]++;
      batch.place_entry[place] = e;
      batch.place_doc[place] = static_cast<std::uint32_t>(doc);
    }
  }
  for (std::size_t i = batch.words.size(); i > 0; --i) next[i] = next[i - 1];
  next[0] = 0;

  for (const std::uint32_t w : batch.words) used_[w / 64] = 0;
  std::swap(batch.doc_begin, doc_begin_);
  std::swap(batch.entry_count, count_);
  std::swap(batch.doc_number, doc_number_);
  batch.tokens = tokens_;
  clear();
}

}  // namespace svi_lda
