#include "global/average_topics.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "global/kernels.h"

namespace svi_lda {
namespace {

constexpr double kDecay = 3.0;

// The share that lambda after step t has in the mean.
double share_of(std::uint64_t t) { return (kDecay + 1.0) / (static_cast<double>(t) + kDecay); }

void bring_up_to_date(std::uint32_t w, const Topics& topics, TopicAverage& average) {
  const double due = average.due - average.taken[w];
  if (due == 0.0) return;
  add_scaled(topics.row(w), static_cast<float>(due), topics.stride(), average.mean->row(w));
  average.taken[w] = average.due;
}

}  // namespace

void complete_average(const Parallel& parallel, const Topics& topics, TopicAverage& average) {
  parallel.for_chunks(topics.vocab_size(), 1024, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t w = begin; w < end; ++w) {
      bring_up_to_date(static_cast<std::uint32_t>(w), topics, average);
    }
  });
  std::fill(average.taken.begin(), average.taken.end(), 0.0);
  average.due = 0.0;
}

void begin_average_anew(std::uint32_t topic, const Topics& topics, TopicAverage& average) {
  Topics& mean = *average.mean;
  const double scale = topics.scale() / mean.scale();
  const double offset = (topics.eta_bar() - mean.eta_bar()) / mean.scale();
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    mean.row(w)[topic] =
        static_cast<float>(offset + scale * static_cast<double>(topics.row(w)[topic]));
  }
  std::vector<double> added(topics.num_topics(), 0.0);
  added[topic] = topics.row_sums()[topic] - mean.row_sums()[topic];
  mean.add_to_row_sums(added);
}

void average_before_step(const Minibatch& batch, double rho, std::uint64_t t,
                         const Parallel& parallel, const Topics& topics, TopicAverage& average) {
  if (topics.folds_with(rho) || average.mean->folds_with(share_of(t))) {
    complete_average(parallel, topics, average);
    return;
  }
  parallel.for_chunks(batch.num_words(), 64, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t i = begin; i < end; ++i) bring_up_to_date(batch.words[i], topics, average);
  });
}

void average_after_step(std::uint64_t t, const Parallel& parallel, const Topics& topics,
                        TopicAverage& average) {
  Topics& mean = *average.mean;
  const double share = share_of(t);
  const double eta_bar = topics.eta_bar();
  mean.shrink(share, eta_bar, parallel);
  std::vector<double> added(topics.row_sums().begin(), topics.row_sums().end());
  for (double& sum : added) sum = share * (sum - eta_bar * topics.vocab_size());
  mean.fold_if_small(parallel);
  average.due += share * topics.scale() / mean.scale();
  mean.add_to_row_sums(added);
}

}  // namespace svi_lda
