#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace svi_lda {

struct TopWord {
  std::string word;
  double probability = 0.0;  // E[beta_kw] = lambda_kw / Sum_w lambda_kw
  std::uint32_t id = 0;      // of the word in the model
};

struct TopicSummary {
  std::uint32_t topic = 0;  // its index in lambda
  double weight = 0.0;      // share of the corpus' tokens, by Sum_w (lambda_kw - eta)
  std::vector<TopWord> words;
};

// Topics by falling weight, each with its `top` most probable words (ties by word id).
// `run` is a run directory, a model.npz or a checkpoint; `source` is the file that was read.
struct TopicsResult {
  std::string source;
  std::vector<TopicSummary> topics;
};
TopicsResult topics(const std::string& run, std::uint32_t top);

}  // namespace svi_lda
