#include "eval/duplicate_topics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <vector>

#include "base/aligned.h"
#include "eval/topic_information.h"

namespace svi_lda {
namespace {

constexpr std::size_t kWordChunk = 4096;

struct Ranked {
  float lambda = 0.0f;
  std::uint32_t word = 0;
};

// The best words so far, in falling order; ties are in the order that they came in.
class TopWords {
 public:
  void offer(Ranked ranked) {
    if (size_ == kTopWords && !(ranked.lambda > words_[kTopWords - 1].lambda)) return;
    std::size_t at = size_ < kTopWords ? size_++ : kTopWords - 1;
    for (; at > 0 && words_[at - 1].lambda < ranked.lambda; --at) words_[at] = words_[at - 1];
    words_[at] = ranked;
  }
  std::size_t size() const { return size_; }
  const Ranked* begin() const { return words_.data(); }
  const Ranked* end() const { return words_.data() + size_; }

 private:
  std::array<Ranked, kTopWords> words_;
  std::size_t size_ = 0;
};

std::vector<TopWords> top_words_of(const Topics& topics, double eta, const Parallel& parallel) {
  const std::size_t num_topics = topics.num_topics();
  const std::size_t chunks = (topics.vocab_size() + kWordChunk - 1) / kWordChunk;
  const auto floor = static_cast<float>(eta + 1.0);
  std::vector<std::vector<TopWords>> of_chunk(chunks);
  parallel.for_chunks(topics.vocab_size(), kWordChunk,
                      [&](std::size_t begin, std::size_t end, int) {
                        std::vector<TopWords>& best = of_chunk[begin / kWordChunk];
                        best.resize(num_topics);
                        AlignedVector<float> lambda(topics.stride());
                        for (std::size_t w = begin; w < end; ++w) {
                          const auto word = static_cast<std::uint32_t>(w);
                          topics.lambda_row(word, lambda.data());
                          for (std::size_t k = 0; k < num_topics; ++k) {
                            if (lambda[k] >= floor) best[k].offer({lambda[k], word});
                          }
                        }
                      });
  std::vector<TopWords> best(num_topics);
  for (const std::vector<TopWords>& chunk : of_chunk) {
    for (std::size_t k = 0; k < num_topics; ++k) {
      for (const Ranked& ranked : chunk[k]) best[k].offer(ranked);
    }
  }
  return best;
}

// Pairs that share kSharedWords of their first words.
std::vector<DuplicateTopics> alike_at_first_sight(const std::vector<TopWords>& best) {
  std::map<std::uint32_t, std::vector<std::uint32_t>> topics_of;  // a word, ascending
  for (std::uint32_t k = 0; k < best.size(); ++k) {
    for (const Ranked& ranked : best[k]) topics_of[ranked.word].push_back(k);
  }
  std::vector<DuplicateTopics> pairs;
  std::vector<std::uint32_t> shared(best.size());
  for (std::uint32_t k = 0; k < best.size(); ++k) {
    std::fill(shared.begin(), shared.end(), 0);
    for (const Ranked& ranked : best[k]) {
      for (const std::uint32_t other : topics_of[ranked.word]) ++shared[other];
    }
    for (std::uint32_t other = k + 1; other < best.size(); ++other) {
      if (shared[other] >= kSharedWords) pairs.push_back({k, other, 0.0});
    }
  }
  return pairs;
}

double times_log(double x) { return x > 0.0 ? x * std::log(x) : 0.0; }

// x log x + y log y - (x + y) log(x + y)
double log_split(double x, double y) { return times_log(x) + times_log(y) - times_log(x + y); }

// Sum_w log_split(n_iw, n_jw) - log_split(n_i, n_j): nats that are lost when i and j are made one.
double nats_lost(const Topics& topics, double eta, std::uint32_t i, std::uint32_t j) {
  const auto count = [&](float m) {
    return std::max(topics.eta_bar() + topics.scale() * static_cast<double>(m) - eta, 0.0);
  };
  double sum = 0.0;
  double of_i = 0.0;
  double of_j = 0.0;
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    const float* const row = topics.row(w);
    const double x = count(row[i]);
    const double y = count(row[j]);
    of_i += x;
    of_j += y;
    sum += log_split(x, y);
  }
  return std::max(sum - log_split(of_i, of_j), 0.0);
}

}  // namespace

std::vector<DuplicateTopics> duplicate_topics(const Topics& topics, double eta,
                                              const Parallel& parallel) {
  std::vector<DuplicateTopics> pairs = alike_at_first_sight(top_words_of(topics, eta, parallel));
  if (pairs.empty()) return pairs;
  const std::vector<double> sums = topics.sum_rows(parallel);
  double total = 0.0;
  for (const double sum : sums) total += std::max(sum - eta * topics.vocab_size(), 0.0);
  parallel.for_chunks(pairs.size(), 1, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t i = begin; i < end; ++i) {
      pairs[i].lost = nats_lost(topics, eta, pairs[i].first, pairs[i].second) / total;
    }
  });
  const double most =
      kLeastTold * topic_information(topics, eta, parallel) / static_cast<double>(sums.size());
  std::erase_if(pairs, [&](const DuplicateTopics& pair) { return !(pair.lost < most); });
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& a, const auto& b) { return a.lost < b.lost; });
  std::vector<bool> taken(sums.size(), false);
  std::erase_if(pairs, [&](const DuplicateTopics& pair) {
    if (taken[pair.first] || taken[pair.second]) return true;
    taken[pair.first] = taken[pair.second] = true;
    return false;
  });
  return pairs;
}

}  // namespace svi_lda
