#include "eval/topic_quality.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "base/aligned.h"

namespace svi_lda {
namespace {

// Words that one thread takes at a time; part of the order of summation.
constexpr std::size_t kWordChunk = 1024;

std::span<const std::uint32_t> first_of(const std::vector<std::uint32_t>& words, std::size_t top) {
  return {words.data(), std::min(top, words.size())};
}

}  // namespace

double topic_diversity(std::span<const std::vector<std::uint32_t>> top_words, std::size_t top) {
  std::vector<std::uint32_t> all;
  for (const auto& words : top_words) {
    const auto first = first_of(words, top);
    all.insert(all.end(), first.begin(), first.end());
  }
  if (all.empty()) return 0.0;
  const auto total = static_cast<double>(all.size());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return static_cast<double>(all.size()) / total;
}

std::vector<SimilarTopics> similar_topics(std::span<const std::vector<std::uint32_t>> top_words,
                                          std::size_t top, std::size_t least) {
  // word, topic; by word, then topic.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> postings;
  for (std::uint32_t k = 0; k < top_words.size(); ++k) {
    for (const std::uint32_t word : first_of(top_words[k], top)) postings.emplace_back(word, k);
  }
  std::sort(postings.begin(), postings.end());
  std::vector<SimilarTopics> pairs;
  std::vector<std::size_t> shared(top_words.size());
  for (std::uint32_t k = 0; k < top_words.size(); ++k) {
    std::fill(shared.begin(), shared.end(), 0);
    for (const std::uint32_t word : first_of(top_words[k], top)) {
      auto next = std::upper_bound(postings.begin(), postings.end(), std::pair{word, k});
      for (; next != postings.end() && next->first == word; ++next) ++shared[next->second];
    }
    for (std::uint32_t other = k + 1; other < top_words.size(); ++other) {
      if (shared[other] >= least) pairs.push_back({k, other, shared[other]});
    }
  }
  return pairs;
}

std::vector<double> exclusivity(const Topics& topics,
                                std::span<const std::vector<std::uint32_t>> top_words) {
  std::vector<double> result(top_words.size(), 0.0);
  AlignedVector<float> lambda(topics.stride(), 0.0f);
  for (std::size_t k = 0; k < top_words.size(); ++k) {
    for (const std::uint32_t word : top_words[k]) {
      topics.lambda_row(word, lambda.data());
      double of_all = 0.0;
      for (std::size_t j = 0; j < topics.num_topics(); ++j) {
        of_all += static_cast<double>(lambda[j]) / topics.row_sums()[j];
      }
      result[k] += static_cast<double>(lambda[k]) / topics.row_sums()[k] / of_all;
    }
    if (!top_words[k].empty()) result[k] /= static_cast<double>(top_words[k].size());
  }
  return result;
}

std::vector<double> distance_from_corpus(const Topics& topics,
                                         std::span<const std::uint64_t> word_counts,
                                         const Parallel& parallel) {
  const std::size_t num_topics = topics.num_topics();
  const std::size_t chunks = (word_counts.size() + kWordChunk - 1) / kWordChunk;
  const auto tokens = static_cast<double>(
      std::accumulate(word_counts.begin(), word_counts.end(), std::uint64_t{0}));
  std::vector<double> partial(chunks * num_topics, 0.0);
  parallel.for_chunks(
      word_counts.size(), kWordChunk,
      [&](std::size_t begin, std::size_t end, int) {
        double* const sums = partial.data() + begin / kWordChunk * num_topics;
        AlignedVector<float> lambda(topics.stride(), 0.0f);
        for (std::size_t w = begin; w < end; ++w) {
          topics.lambda_row(static_cast<std::uint32_t>(w), lambda.data());
          const double p = static_cast<double>(word_counts[w]) / tokens;
          for (std::size_t k = 0; k < num_topics; ++k) {
            sums[k] += std::abs(static_cast<double>(lambda[k]) / topics.row_sums()[k] - p);
          }
        }
      },
      std::nullopt, Schedule::kByRange);
  std::vector<double> result(num_topics, 0.0);
  for (std::size_t c = 0; c < chunks; ++c) {
    for (std::size_t k = 0; k < num_topics; ++k) result[k] += partial[c * num_topics + k] / 2.0;
  }
  return result;
}

}  // namespace svi_lda
