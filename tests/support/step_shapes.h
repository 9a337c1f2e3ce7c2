#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "support/synthetic.h"

namespace svi_lda::testing {

// Shapes of models that every local step is held against its twin on.
struct StepShape {
  const char* name;
  std::uint32_t num_topics;
  double alpha;
  double eta;
  bool sparse;

  static constexpr std::uint32_t kVocab = 300;
  Topics topics() const {
    return sparse ? sparse_topics(num_topics, kVocab, eta, 50.0, 11)
                  : random_topics(num_topics, kVocab, eta, 11);
  }
};

inline auto step_shapes() {
  return ::testing::Values(
      StepShape{"one_topic", 1, 0.1, 0.01, false}, StepShape{"odd", 7, 0.1, 0.01, false},
      StepShape{"lanes", 16, 0.5, 0.05, true}, StepShape{"hundred", 100, 0.01, 0.01, false},
      StepShape{"sparse", 100, 0.01, 0.01, true}, StepShape{"tiny", 40, 0.001, 0.001, true},
      StepShape{"large", 257, 0.3, 2.0, false});
}

struct NameOfShape {
  std::string operator()(const ::testing::TestParamInfo<StepShape>& tested) const {
    return tested.param.name;
  }
};

}  // namespace svi_lda::testing
