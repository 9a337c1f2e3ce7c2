#include "output/top_words.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace svi_lda {
namespace {

struct Candidate {
  float lambda;
  std::uint32_t word;
};

// Whether `a` comes before `b` in a topic's list.
bool better(const Candidate& a, const Candidate& b) {
  return a.lambda > b.lambda || (a.lambda == b.lambda && a.word < b.word);
}

// What one pass over the rows of lambda leaves of a topic.
struct TopicScan {
  std::vector<Candidate> heap;  // the best so far, the worst of them in front
  double sum = 0.0;             // Sum_w lambda_kw
  double above_eta = 0.0;       // Sum_w (lambda_kw - eta)
};

void offer(std::vector<Candidate>& heap, std::size_t limit, const Candidate& candidate) {
  if (heap.size() < limit) {
    heap.push_back(candidate);
    std::push_heap(heap.begin(), heap.end(), better);
  } else if (limit > 0 && better(candidate, heap.front())) {
    std::pop_heap(heap.begin(), heap.end(), better);
    heap.back() = candidate;
    std::push_heap(heap.begin(), heap.end(), better);
  }
}

std::vector<TopicScan> scan(const Topics& topics, const Hyperparameters& hyper, std::size_t limit) {
  const Eta eta = hyper.word_prior();
  std::vector<TopicScan> scans(topics.num_topics());
  std::vector<float> lambda(topics.num_topics());
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    topics.lambda_row(w, lambda.data());
    // lambda of a word that a topic never saw is eta rounded to float: its share is then exactly 0.
    const double floor = static_cast<float>(eta(w));
    for (std::size_t k = 0; k < scans.size(); ++k) {
      scans[k].sum += lambda[k];
      scans[k].above_eta += lambda[k] - floor;
      offer(scans[k].heap, limit, {lambda[k], w});
    }
  }
  for (const SeededWord& seeded : hyper.seeds) scans[seeded.topic].above_eta -= seeded.extra;
  for (TopicScan& topic : scans) {
    std::sort_heap(topic.heap.begin(), topic.heap.end(), better);
    topic.above_eta = std::max(topic.above_eta, 0.0);
  }
  return scans;
}

}  // namespace

std::vector<TopicSummary> top_words(const Topics& topics, const Hyperparameters& hyper,
                                    const Vocabulary& vocabulary, std::uint32_t top) {
  assert(vocabulary.empty() || vocabulary.size() == topics.vocab_size());
  const std::vector<TopicScan> scans = scan(topics, hyper, std::min(top, topics.vocab_size()));
  const double total =
      std::accumulate(scans.begin(), scans.end(), 0.0,
                      [](double sum, const TopicScan& topic) { return sum + topic.above_eta; });
  std::vector<TopicSummary> summaries(scans.size());
  for (std::uint32_t k = 0; k < summaries.size(); ++k) {
    summaries[k].topic = k;
    summaries[k].weight = total > 0.0 ? scans[k].above_eta / total : 0.0;
    for (const Candidate& candidate : scans[k].heap) {
      summaries[k].words.push_back({vocabulary.word(candidate.word),
                                    static_cast<double>(candidate.lambda) / scans[k].sum,
                                    candidate.word});
    }
  }
  std::stable_sort(summaries.begin(), summaries.end(),
                   [](const auto& a, const auto& b) { return a.weight > b.weight; });
  return summaries;
}

}  // namespace svi_lda
