#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/aligned.h"
#include "local/kernels.h"

namespace svi_lda::bench {

// Documents of equal length for the kernels of the local step, each with words of its own, every
// count 1, alpha the same for all topics and topics of equal weight.
class DocumentSet {
 public:
  enum class Kind {
    // Every word in every topic by about the same share: no topic can be left out.
    kDense,
    // As trained: a word has its mass in a few topics, a document's words share five of them.
    kSparse,
  };
  struct Shape {
    LocalMethod method = LocalMethod::kVb;
    std::uint32_t num_topics = 0;
    std::size_t words = 0;  // distinct ones of a document
    std::size_t documents = 1;
    Kind kind = Kind::kDense;
  };

  explicit DocumentSet(const Shape& shape);
  DocumentSet(const DocumentSet&) = delete;
  DocumentSet& operator=(const DocumentSet&) = delete;

  const Shape& shape() const { return shape_; }
  std::size_t stride() const { return stride_; }
  // What the inner iterations of a document go over: rows, and what stands per topic and per word.
  static std::size_t document_bytes(const Shape& shape);

  TopicContext context(int max_iterations, float tolerance) const;
  // Document `i` with gamma at its start. Dense documents get no room to pack topics in.
  DocumentTask start(std::size_t i);
  // Rows of document `i`, padded as DocumentTask asks.
  const float* const* rows(std::size_t i) const { return row_pointers_.data() + i * padded_; }

 private:
  void fill_m(std::size_t document);

  Shape shape_;
  std::size_t stride_;
  std::size_t padded_;  // words of a document, padded
  AlignedVector<float> m_;
  AlignedVector<float> rows_;
  std::vector<const float*> row_pointers_;
  std::vector<const float*> m_pointers_;
  AlignedVector<float> alpha_;
  AlignedVector<float> factor_;
  AlignedVector<float> log_factor_;
  AlignedVector<float> counts_;
  std::vector<float> eta_bars_;
  AlignedVector<float> start_gamma_;
  // One document is in work at a time.
  AlignedVector<float> gamma_;
  AlignedVector<float> etheta_;
  AlignedVector<float> ratio_;
  AlignedVector<float> dots_;
  AlignedVector<float> scratch_topics_;
  std::vector<std::uint32_t> live_;
  std::vector<const float*> live_rows_;
  AlignedVector<float> packed_;
  AlignedVector<float> slow_phi_;
};

}  // namespace svi_lda::bench
