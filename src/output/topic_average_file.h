#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "archive/npz.h"
#include "model/topic_average.h"

namespace svi_lda {

// The members of a checkpoint that hold the mean of lambda over the steps, verbatim; none where
// none is taken:
//   average_M         [K x V] float32
//   average_row_sums  [K]
//   average_taken     [V]
//   average_numbers   [3], s, eta_bar, due
class TopicAverageMembers {
 public:
  // `average` must outlive the writing of what this is added to, and this too.
  explicit TopicAverageMembers(const TopicAverage& average);
  // Fails, then or when `npz` is written: Error kNumeric naming `path` (a value that is not
  // finite).
  void add_to(NpzWriter& npz, const std::string& path) const;

 private:
  const TopicAverage& average_;
  std::vector<double> row_sums_;
  std::vector<double> numbers_;
};

// Those of a checkpoint; empty where it has none. Fails: Error kInput, naming `path` and the member
// (of another shape, a value out of range).
TopicAverage read_topic_average(const std::string& path, const NpzReader& npz,
                                std::uint32_t num_topics, std::uint32_t vocab_size);

// The mean of `average` with all that is due of `topics`. Fails: Error kInput naming `path` (an
// entry that is not above 0).
Topics completed(const std::string& path, TopicAverage average, const Topics& topics);

}  // namespace svi_lda
