#include "global/adaptive_step.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "global/kernels.h"

namespace svi_lda {
namespace {

constexpr double kFoldBelow = 1e-6;
constexpr std::size_t kWordsAtATime = 64;
constexpr std::size_t kRowsAtATime = 1024;

// Sums over the rows of a minibatch.
struct BatchSums {
  double sstats_m = 0.0;     // Sum sstats M
  double sstats_rows = 0.0;  // Sum sstats rows
  double square = 0.0;       // Sum sstats^2
};

BatchSums sum_batch(const Minibatch& batch, const SufficientStats& stats, const Topics& topics,
                    const Parallel& parallel, const GradientMemory& memory) {
  const std::size_t stride = topics.stride();
  std::vector<BatchSums> partial((batch.num_words() + kWordsAtATime - 1) / kWordsAtATime);
  parallel.for_chunks(batch.num_words(), kWordsAtATime,
                      [&](std::size_t begin, std::size_t end, int) {
                        BatchSums& sums = partial[begin / kWordsAtATime];
                        for (std::size_t i = begin; i < end; ++i) {
                          const float* sstats = stats.rows.data() + i * stride;
                          const float* m = topics.row(batch.words[i]);
                          const float* row = memory.rows.data() + batch.words[i] * stride;
                          for (std::size_t k = 0; k < stride; ++k) {
                            const double x = static_cast<double>(sstats[k]);
                            sums.sstats_m += x * static_cast<double>(m[k]);
                            sums.sstats_rows += x * static_cast<double>(row[k]);
                            sums.square += x * x;
                          }
                        }
                      });
  BatchSums sums;
  for (const BatchSums& one : partial) {
    sums.sstats_m += one.sstats_m;
    sums.sstats_rows += one.sstats_rows;
    sums.square += one.square;
  }
  return sums;
}

// rows <- mean - offset, scale 1, of_topics 0; all sums anew.
void make_plain(const Parallel& parallel, const Topics& topics, GradientMemory& memory) {
  const std::size_t stride = topics.stride();
  const std::size_t words = topics.vocab_size();
  GradientMemory::Numbers& n = memory.numbers;
  struct Sums {
    double m = 0.0, rows = 0.0, mm = 0.0, rr = 0.0, rm = 0.0;
  };
  std::vector<Sums> partial((words + kRowsAtATime - 1) / kRowsAtATime);
  parallel.for_chunks(words, kRowsAtATime, [&](std::size_t begin, std::size_t end, int) {
    Sums& sums = partial[begin / kRowsAtATime];
    for (std::size_t w = begin; w < end; ++w) {
      const float* m = topics.row(static_cast<std::uint32_t>(w));
      float* row = memory.rows.data() + w * stride;
      for (std::size_t k = 0; k < stride; ++k) {
        const auto y = static_cast<double>(m[k]);
        row[k] = static_cast<float>(n.scale * static_cast<double>(row[k]) - n.of_topics * y);
        const auto x = static_cast<double>(row[k]);
        sums.m += y;
        sums.rows += x;
        sums.mm += y * y;
        sums.rr += x * x;
        sums.rm += x * y;
      }
    }
  });
  n.scale = 1.0;
  n.of_topics = 0.0;
  n.sum_m = n.sum_rows = n.square_m = n.square_rows = n.product = 0.0;
  for (const Sums& sums : partial) {
    n.sum_m += sums.m;
    n.sum_rows += sums.rows;
    n.square_m += sums.mm;
    n.square_rows += sums.rr;
    n.product += sums.rm;
  }
}

}  // namespace

GradientMemory initial_gradient(const Topics& topics) {
  GradientMemory memory;
  memory.rows.resize(topics.stride() * topics.vocab_size(), 0.0f);
  return memory;
}

double adaptive_step_size(const Minibatch& batch, const SufficientStats& stats, double corpus_docs,
                          double eta, double first_rho, double factor, const Parallel& parallel,
                          const Topics& topics, GradientMemory& memory) {
  GradientMemory::Numbers& n = memory.numbers;
  const bool first = n.window == 0.0;
  if (first) make_plain(parallel, topics, memory);
  const BatchSums sums = sum_batch(batch, stats, topics, parallel, memory);
  double tokens = 0.0;
  for (const double sum : stats.topic_sums) tokens += sum;

  const double entries = static_cast<double>(topics.num_topics()) * topics.vocab_size();
  const double d_by_s = corpus_docs / static_cast<double>(batch.num_docs());
  const double share = first ? 1.0 : 1.0 / n.window;
  const double s = topics.scale();

  // |g|^2, g = apart + (D/S) sstats - s M.
  const double apart = eta - topics.eta_bar();
  const double square = entries * apart * apart + d_by_s * d_by_s * sums.square +
                        s * s * n.square_m + 2.0 * apart * d_by_s * tokens -
                        2.0 * apart * s * n.sum_m - 2.0 * d_by_s * s * sums.sstats_m;

  // The mean is offset + scale rows - of_topics M, to which share (D/S) sstats is added.
  n.offset += share * (apart - n.offset);
  n.of_topics += share * (s - n.of_topics);
  n.scale = first ? 1.0 : n.scale * (1.0 - share);
  const double o = n.offset;
  const double a = n.scale;
  const double b = n.of_topics;
  const double gain = share * d_by_s;
  const double square_of_mean =
      entries * o * o + a * a * n.square_rows + b * b * n.square_m +
      2.0 * o * (a * n.sum_rows - b * n.sum_m) - 2.0 * a * b * n.product +
      2.0 * gain * (o * tokens + a * sums.sstats_rows - b * sums.sstats_m) +
      gain * gain * sums.square;
  n.mean_square += share * (square - n.mean_square);

  const double best = first ? first_rho : factor * square_of_mean / n.mean_square;
  const double rho = std::clamp(best, kLeastAdaptiveRho, kMostAdaptiveRho);
  n.window = first ? 2.0 : n.window * (1.0 - rho) + 1.0;

  // The step adds `to_m` sstats to M, which the mean, as it stands, must not follow.
  const double to_m = rho * d_by_s / (s * (1.0 - rho));
  const double to_rows = (gain + b * to_m) / a;
  n.sum_rows += to_rows * tokens;
  n.square_rows += to_rows * (2.0 * sums.sstats_rows + to_rows * sums.square);
  n.product += to_m * sums.sstats_rows + to_rows * (sums.sstats_m + to_m * sums.square);
  n.sum_m += to_m * tokens;
  n.square_m += to_m * (2.0 * sums.sstats_m + to_m * sums.square);
  const std::size_t stride = topics.stride();
  parallel.for_chunks(batch.num_words(), kWordsAtATime,
                      [&](std::size_t begin, std::size_t end, int) {
                        for (std::size_t i = begin; i < end; ++i) {
                          add_scaled(stats.rows.data() + i * stride, static_cast<float>(to_rows),
                                     stride, memory.rows.data() + batch.words[i] * stride);
                        }
                      });
  return rho;
}

void follow_step(double rho, double scale_before, const Parallel& parallel, const Topics& topics,
                 GradientMemory& memory) {
  const double scale = scale_before * (1.0 - rho);
  GradientMemory::Numbers& n = memory.numbers;
  const bool folded = topics.scale() != scale;
  if (folded) n.of_topics /= scale;
  if (folded || n.scale < kFoldBelow) make_plain(parallel, topics, memory);
}

}  // namespace svi_lda
