#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/random.h"
#include "output/model_file.h"
#include "svi_lda/error.h"

namespace svi_lda {

// A training state as one in the middle of a run: s below 1, M of both signs, values with all bits
// of their mantissas in use.
inline TrainingState sample_state(std::uint32_t num_topics, std::uint32_t vocab_size) {
  TrainingState state{Topics(num_topics, vocab_size, 0.01),
                      {{}, 0.01},
                      1234,
                      {3, 17},
                      98765,
                      4321000,
                      12.3456789012345};
  std::uint64_t bits = 1;
  std::vector<double> row_sums(num_topics);
  for (std::uint32_t k = 0; k < num_topics; ++k) {
    state.hyper.alpha.push_back(0.1 + std::sqrt(2.0) * k);
    row_sums[k] = 100.0 + std::sqrt(3.0 + k);
  }
  for (std::uint32_t w = 0; w < vocab_size; ++w) {
    for (std::uint32_t k = 0; k < num_topics; ++k) {
      bits = mix64(bits);
      state.topics.row(w)[k] = static_cast<float>(static_cast<double>(bits >> 11) * 0x1.0p-53);
    }
    if (w % 3 == 0) state.topics.row(w)[0] = -0.009f;
  }
  state.topics.restore(1.0 / 3.0, 0.01 + 1e-17 + 1e-9, std::move(row_sums));
  return state;
}

inline Vocabulary sample_vocabulary(std::uint32_t vocab_size) {
  const std::vector<std::string> stems = {"river",
                                          "stra\xc3\x9f"
                                          "e",
                                          "\xe6\xb0\xb4", "\xf0\x9f\x8c\x8a"};
  std::vector<std::string> words;
  for (std::uint32_t w = 0; w < vocab_size; ++w) {
    words.push_back(stems[w % stems.size()] + std::to_string(w));
  }
  return Vocabulary(std::move(words));
}

inline std::vector<std::uint64_t> sample_word_counts(std::uint32_t vocab_size) {
  std::vector<std::uint64_t> counts;
  for (std::uint32_t w = 0; w < vocab_size; ++w) counts.push_back((std::uint64_t{1} << 60) + w);
  return counts;
}

inline ModelMeta sample_meta() {
  ModelMeta meta;
  meta.docs = 2000;
  meta.tokens = 435000;
  meta.fingerprint = 0x0123456789abcdefu;
  meta.step = 1234;
  meta.passes = 3;
  meta.options_json = R"({"alpha":0.1,"seed":1})";
  meta.version = "0.1.0";
  return meta;
}

}  // namespace svi_lda
