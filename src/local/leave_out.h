#pragma once

#include <cstdint>
#include <vector>

#include "base/aligned.h"
#include "local/kernels.h"
#include "model/sample_memory.h"
#include "model/topics.h"

namespace svi_lda {

// E[beta_kw] of the words of one document, without what the document itself has added to lambda:
// with it, a word that few documents have is drawn to where it was last, and topics settle too
// early. Memory of one thread.
class LeaveOut {
 public:
  explicit LeaveOut(const Topics& topics);

  // Rows of the document's n entries, of tokens[i] tokens of words[i] each, and into `smoothing`,
  // [n], Sum_k alpha_k rows[i][k]; both up to the factor exp(log_shift) that the topic factors of
  // TopicTables leave out. `shrunk` is SampleMemory::log_shrunk. The rows stay until the next call.
  // Requires document.topics to hold `kept` samples of each token.
  const std::vector<const float*>& rows(const DocumentSamples& document, double shrunk,
                                        std::size_t kept, const std::uint32_t* words,
                                        const std::uint32_t* tokens, std::size_t n,
                                        const float* alpha, double log_shift,
                                        std::vector<float>& smoothing);

 private:
  const Topics& topics_;
  std::vector<double> own_;      // [K], the document's share of each topic's row sum
  AlignedVector<float> factor_;  // [stride]
  AlignedVector<float> matrix_;  // [n x stride]
  std::vector<const float*> rows_;
};

}  // namespace svi_lda
