#include "output/topic_average_file.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "svi_lda/error.h"

namespace svi_lda {
namespace {

void require_finite(const std::string& path, double value) {
  if (std::isfinite(value)) return;
  throw Error(ErrorKind::kNumeric, path, 0, "a mean of lambda is " + std::to_string(value),
              "nothing was written");
}

std::vector<double> read_finite(const std::string& path, const NpzReader& npz, const char* name,
                                std::size_t size) {
  std::vector<double> values = npz.doubles(name);
  if (values.size() != size) fail_member(path, name, "of another shape");
  for (const double value : values) {
    if (!std::isfinite(value)) fail_member(path, name, "a value that is not finite");
  }
  return values;
}

}  // namespace

TopicAverageMembers::TopicAverageMembers(const TopicAverage& average) : average_(average) {
  if (average.empty()) return;
  row_sums_.assign(average.mean->row_sums().begin(), average.mean->row_sums().end());
  numbers_ = {average.mean->scale(), average.mean->eta_bar(), average.due};
}

void TopicAverageMembers::add_to(NpzWriter& npz, const std::string& path) const {
  if (average_.empty()) return;
  for (const auto* values : {&row_sums_, &average_.taken, &numbers_}) {
    for (const double value : *values) require_finite(path, value);
  }
  const Topics& mean = *average_.mean;
  npz.add_columns("average_M", mean.num_topics(), mean.vocab_size(),
                  [&mean, path](std::uint64_t w, float* out) {
                    const float* row = mean.row(static_cast<std::uint32_t>(w));
                    for (std::uint32_t k = 0; k < mean.num_topics(); ++k) {
                      require_finite(path, static_cast<double>(row[k]));
                    }
                    std::memcpy(out, row, mean.num_topics() * sizeof(float));
                  });
  npz.add("average_row_sums", row_sums_);
  npz.add("average_taken", average_.taken);
  npz.add("average_numbers", numbers_);
}

TopicAverage read_topic_average(const std::string& path, const NpzReader& npz,
                                std::uint32_t num_topics, std::uint32_t vocab_size) {
  TopicAverage average;
  if (!npz.has("average_M.npy")) return average;
  std::vector<double> row_sums = read_finite(path, npz, "average_row_sums", num_topics);
  average.taken = read_finite(path, npz, "average_taken", vocab_size);
  const std::vector<double> numbers = read_finite(path, npz, "average_numbers", 3);
  const double scale = numbers[0];
  const double eta_bar = numbers[1];
  average.due = numbers[2];
  if (!(scale > 0.0 && scale <= 1.0 && eta_bar >= 0.0 && average.due >= 0.0)) {
    fail_member(path, "average_numbers", "a value out of range");
  }
  npz.columns("average_M", num_topics, vocab_size, [&](std::uint64_t w, const float* column) {
    // Made with the first row: only then has the member shown that it backs its shape.
    if (average.empty()) average.mean.emplace(num_topics, vocab_size, eta_bar);
    for (std::uint32_t k = 0; k < num_topics; ++k) {
      if (!std::isfinite(column[k])) fail_member(path, "average_M", "a value that is not finite");
    }
    std::copy_n(column, num_topics, average.mean->row(static_cast<std::uint32_t>(w)));
  });
  average.mean->restore(scale, eta_bar, std::move(row_sums));
  return average;
}

Topics completed(const std::string& path, TopicAverage average, const Topics& topics) {
  Topics& mean = *average.mean;
  std::vector<float> lambda(mean.num_topics());
  for (std::uint32_t w = 0; w < mean.vocab_size(); ++w) {
    const auto due = static_cast<float>(average.due - average.taken[w]);
    for (std::uint32_t k = 0; k < mean.num_topics(); ++k) mean.row(w)[k] += due * topics.row(w)[k];
    mean.lambda_row(w, lambda.data());
    for (const float value : lambda) {
      if (!(std::isfinite(value) && value > 0.0f)) {
        fail_member(path, "average_M", "a lambda that is not finite and above 0");
      }
    }
  }
  return std::move(mean);
}

}  // namespace svi_lda
