#include "output/gradient_memory_file.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "model/topics.h"
#include "output/json_fields.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr const char* kRows = "gradient";
constexpr const char* kNumbers = "gradient_numbers";

void require_finite(const std::string& path, double value) {
  if (std::isfinite(value)) return;
  throw Error(ErrorKind::kNumeric, path, 0, "a mean of gradients is " + std::to_string(value),
              "nothing was written");
}

}  // namespace

GradientMemoryMembers::GradientMemoryMembers(const GradientMemory& memory, std::uint32_t num_topics)
    : memory_(memory), num_topics_(num_topics) {
  const GradientMemory::Numbers& n = memory.numbers;
  numbers_ = {n.offset,   n.scale,       n.of_topics, n.sum_m,       n.sum_rows,
              n.square_m, n.square_rows, n.product,   n.mean_square, n.window};
}

void GradientMemoryMembers::add_to(NpzWriter& npz, const std::string& path) const {
  if (memory_.empty()) return;
  for (const double number : numbers_) require_finite(path, number);
  const std::size_t stride = padded_topics(num_topics_);
  npz.add_columns(kRows, num_topics_, memory_.rows.size() / stride,
                  [this, stride, path](std::uint64_t w, float* out) {
                    const float* row = memory_.rows.data() + w * stride;
                    for (std::uint32_t k = 0; k < num_topics_; ++k) {
                      require_finite(path, static_cast<double>(row[k]));
                    }
                    std::memcpy(out, row, num_topics_ * sizeof(float));
                  });
  npz.add(kNumbers, numbers_);
}

GradientMemory read_gradient_memory(const std::string& path, const NpzReader& npz,
                                    std::uint32_t num_topics, std::uint32_t vocab_size) {
  GradientMemory memory;
  if (!npz.has(std::string(kRows) + ".npy")) return memory;
  const std::vector<double> numbers = npz.doubles(kNumbers);
  GradientMemory::Numbers& n = memory.numbers;
  double* const fields[] = {&n.offset,   &n.scale,       &n.of_topics, &n.sum_m,       &n.sum_rows,
                            &n.square_m, &n.square_rows, &n.product,   &n.mean_square, &n.window};
  if (numbers.size() != std::size(fields)) fail_member(path, kNumbers, "not ten numbers");
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!std::isfinite(numbers[i])) fail_member(path, kNumbers, "a value that is not finite");
    *fields[i] = numbers[i];
  }
  if (!(n.scale > 0.0 && n.mean_square >= 0.0 && n.window >= 0.0)) {
    fail_member(path, kNumbers, "a value out of range");
  }
  const std::size_t stride = padded_topics(num_topics);
  npz.columns(kRows, num_topics, vocab_size, [&](std::uint64_t w, const float* column) {
    // Made with the first row: only then has the member shown that it backs its shape.
    if (memory.rows.empty()) memory.rows.resize(stride * vocab_size, 0.0f);
    for (std::uint32_t k = 0; k < num_topics; ++k) {
      if (!std::isfinite(column[k])) fail_member(path, kRows, "a value that is not finite");
    }
    std::copy_n(column, num_topics, memory.rows.data() + w * stride);
  });
  return memory;
}

}  // namespace svi_lda
