#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "archive/npz.h"
#include "model/hyperparameters.h"

namespace svi_lda {

// The members of a model or checkpoint that hold the prior of its seeded words, one value each:
//   seed_words [n] uint64, ids;  seed_topics [n] uint64;  seed_extra [n] float64, above eta
class SeededWordsMembers {
 public:
  // Fails: Error kNumeric naming `path` (an extra that is not finite and above 0).
  SeededWordsMembers(const std::string& path, std::span<const SeededWord> seeds);
  // This must outlive the writing of `npz`. Adds nothing where there are no seeds.
  void add_to(NpzWriter& npz) const;

 private:
  std::vector<std::uint64_t> words_, topics_;
  std::vector<double> extra_;
};

// Those of a file; empty where it has none. Fails: Error kInput, naming `path` and the member
// (absent, of another shape, a value out of range, not ascending).
std::vector<SeededWord> read_seeded_words(const std::string& path, const NpzReader& npz,
                                          std::uint32_t num_topics, std::uint32_t vocab_size);

}  // namespace svi_lda
