#pragma once

#include <cstdint>
#include <vector>

namespace svi_lda {

// What the sampled local step remembers of a document.
struct DocumentSamples {
  std::vector<std::uint16_t> topics;  // as TopicSamples keeps them; empty: not sampled yet
  double weight = 0.0;                // how often its sstats stand in lambda, when last sampled
  double log_shrunk = 0.0;            // SampleMemory::log_shrunk of that time
};

// What each document has added to lambda, so that it can be left out of the topics that the
// document is sampled with. A document d adds rho D/S times its sstats to lambda at step t, and
// each later step leaves (1 - rho) of them: its sstats stand in lambda
//   weight_d exp(log_shrunk - log_shrunk_d)
// times, if they are taken to be those of the last time. Empty for methods that leave nothing out.
struct SampleMemory {
  std::vector<DocumentSamples> docs;  // [D], of the document with number i + 1 at i
  double log_shrunk = 0.0;            // Sum over the steps of log(1 - rho)

  bool empty() const { return docs.empty(); }
};

// Topics are numbers of 16 bits here.
inline constexpr std::uint32_t kMostRememberedTopics = 65536;

}  // namespace svi_lda
