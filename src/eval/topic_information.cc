#include "eval/topic_information.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "base/aligned.h"
#include "eval/kernels.h"

namespace svi_lda {
namespace {

// Words that one thread takes at a time; part of the order of summation.
constexpr std::size_t kWordChunk = 1024;

double times_log(double x) { return x > 0.0 ? x * std::log(x) : 0.0; }

}  // namespace

double topic_information(const Topics& topics, const Eta& eta, const Parallel& parallel) {
  const std::size_t num_topics = topics.num_topics();
  const std::size_t vocab_size = topics.vocab_size();
  const std::size_t chunks = (vocab_size + kWordChunk - 1) / kWordChunk;
  // Of each chunk: the topics' sums, and Sum_w [Sum_k n_kw log n_kw - n_w log n_w].
  std::vector<double> partial(chunks * (num_topics + 1), 0.0);
  parallel.for_chunks(
      vocab_size, kWordChunk,
      [&](std::size_t begin, std::size_t end, int) {
        double* const sums = partial.data() + begin / kWordChunk * (num_topics + 1);
        AlignedVector<float> counts(topics.stride(), 0.0f);
        for (std::size_t i = begin; i < end; ++i) {
          const auto w = static_cast<std::uint32_t>(i);
          const auto prior = static_cast<float>(eta(w));
          topics.lambda_row(w, counts.data());
          double of_word = 0.0;
          for (std::size_t k = 0; k < num_topics; ++k) {
            counts[k] = std::max(counts[k] - prior, 0.0f);
            sums[k] += static_cast<double>(counts[k]);
            of_word += static_cast<double>(counts[k]);
          }
          sums[num_topics] +=
              weighted_logs(counts.data(), counts.data(), topics.stride()) - times_log(of_word);
        }
      },
      std::nullopt, Schedule::kByRange);
  std::vector<double> sums(num_topics + 1, 0.0);
  for (std::size_t c = 0; c < chunks; ++c) {
    for (std::size_t i = 0; i <= num_topics; ++i) sums[i] += partial[c * (num_topics + 1) + i];
  }
  double total = 0.0;
  double information = sums[num_topics];
  for (std::size_t k = 0; k < num_topics; ++k) {
    total += sums[k];
    information -= times_log(sums[k]);
  }
  if (!(total > 0.0)) return 0.0;
  return std::max((information + times_log(total)) / total, 0.0);
}

}  // namespace svi_lda
