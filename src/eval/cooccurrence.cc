#include "eval/cooccurrence.h"

#include <algorithm>

namespace svi_lda {
namespace {

constexpr std::size_t kDocChunk = 32;

std::size_t pairs_of(std::size_t words) { return words < 2 ? 0 : words * (words - 1) / 2; }

}  // namespace

std::uint64_t CooccurrenceCounter::counters(std::span<const std::vector<std::uint32_t>> top_words) {
  std::uint64_t sum = 0;
  for (const auto& words : top_words) sum += words.size() + pairs_of(words.size());
  return sum;
}

CooccurrenceCounter::CooccurrenceCounter(std::span<const std::vector<std::uint32_t>> top_words,
                                         std::uint32_t vocab_size)
    : begin_{0}, word_index_(vocab_size, 0), places_begin_{0} {
  std::vector<std::size_t> topics_of_word;
  for (const auto& words : top_words) {
    num_words_.push_back(words.size());
    begin_.push_back(begin_.back() + words.size() + pairs_of(words.size()));
    for (const std::uint32_t word : words) {
      if (word_index_[word] == 0) {
        topics_of_word.push_back(0);
        word_index_[word] = static_cast<std::uint32_t>(topics_of_word.size());
      }
      ++topics_of_word[word_index_[word] - 1];
    }
  }
  for (const std::size_t topics : topics_of_word) {
    places_begin_.push_back(places_begin_.back() + topics);
  }
  places_.resize(places_begin_.back());
  std::vector<std::size_t> next(places_begin_.begin(), places_begin_.end() - 1);
  for (std::uint64_t k = 0; k < top_words.size(); ++k) {
    for (std::uint64_t rank = 0; rank < top_words[k].size(); ++rank) {
      places_[next[word_index_[top_words[k][rank]] - 1]++] = k << 32 | rank;
    }
  }
}

void CooccurrenceCounter::add(std::span<const Document> documents, const Parallel& parallel) {
  if (tallies_.size() < static_cast<std::size_t>(parallel.threads())) {
    tallies_.resize(static_cast<std::size_t>(parallel.threads()));
  }
  parallel.for_chunks(documents.size(), kDocChunk,
                      [&](std::size_t begin, std::size_t end, int thread) {
                        Tally& tally = tallies_[static_cast<std::size_t>(thread)];
                        tally.counts.resize(begin_.back());
                        for (std::size_t d = begin; d < end; ++d) {
                          add_document(documents[d].view(), tally);
                        }
                      });
}

void CooccurrenceCounter::add_document(DocumentView document, Tally& tally) const {
  if (document.empty()) return;
  ++tally.windows;
  tally.slots.clear();
  for (const std::uint32_t word : document.words) {
    if (word_index_[word] == 0) continue;
    const std::size_t index = word_index_[word] - 1;
    tally.slots.insert(tally.slots.end(),
                       places_.begin() + static_cast<std::ptrdiff_t>(places_begin_[index]),
                       places_.begin() + static_cast<std::ptrdiff_t>(places_begin_[index + 1]));
  }
  // By topic, and within a topic by rank.
  std::sort(tally.slots.begin(), tally.slots.end());
  for (std::size_t i = 0; i < tally.slots.size(); ++i) {
    const std::uint64_t topic = tally.slots[i] >> 32;
    const auto rank = static_cast<std::size_t>(tally.slots[i] & 0xffffffffu);
    std::uint32_t* const single = tally.counts.data() + begin_[topic];
    std::uint32_t* const both = single + num_words_[topic] + pairs_of(rank);
    ++single[rank];
    for (std::size_t j = i; j > 0 && tally.slots[j - 1] >> 32 == topic; --j) {
      ++both[tally.slots[j - 1] & 0xffffffffu];
    }
  }
}

std::vector<Cooccurrence> CooccurrenceCounter::counts() const {
  std::vector<Cooccurrence> result(num_words_.size());
  for (std::size_t k = 0; k < result.size(); ++k) {
    result[k].single.assign(num_words_[k], 0);
    result[k].both.assign(pairs_of(num_words_[k]), 0);
    for (const Tally& tally : tallies_) {
      result[k].windows += tally.windows;
      if (tally.counts.empty()) continue;
      const std::uint32_t* next = tally.counts.data() + begin_[k];
      for (std::uint64_t& count : result[k].single) count += *next++;
      for (std::uint64_t& count : result[k].both) count += *next++;
    }
  }
  return result;
}

}  // namespace svi_lda
