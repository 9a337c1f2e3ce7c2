#include "document_set.h"

#include <algorithm>

#include "base/random.h"

namespace svi_lda::bench {
namespace {

constexpr float kEta = 0.01f;
constexpr float kDenseAlpha = 0.1f;
constexpr float kSparseAlpha = 0.01f;
constexpr int kTopicsOfDocument = 5;

std::size_t padded_words(std::size_t words) { return (words + kWordPad - 1) / kWordPad * kWordPad; }

// The log-space entries of a document are written over each other: nobody reads them here.
void forget(void*) {}
float* same_place(void* owner, std::size_t) {
  return static_cast<AlignedVector<float>*>(owner)->data();
}

}  // namespace

DocumentSet::DocumentSet(const Shape& shape)
    : shape_(shape),
      stride_(padded_topics(shape.num_topics)),
      padded_(padded_words(shape.words)),
      m_(shape.documents * shape.words * stride_, 0.0f),
      rows_(m_.size()),
      alpha_(stride_, kSmallestParameter),
      factor_(stride_, 0.0f),
      log_factor_(stride_, -1e30f),
      counts_(padded_, 0.0f),
      eta_bars_(padded_, kEta),
      start_gamma_(stride_, kSmallestParameter),
      gamma_(stride_),
      etheta_(stride_),
      ratio_(padded_),
      dots_(padded_),
      scratch_topics_(kScratchRows * stride_),
      live_(stride_),
      live_rows_(stride_),
      packed_(shape.kind == Kind::kSparse ? padded_ * stride_ : 0),
      slow_phi_(stride_) {
  const float alpha = shape.kind == Kind::kDense ? kDenseAlpha : kSparseAlpha;
  const float share = static_cast<float>(shape.words) / static_cast<float>(shape.num_topics);
  for (std::uint32_t k = 0; k < shape.num_topics; ++k) {
    alpha_[k] = alpha;
    factor_[k] = 1.0f;
    log_factor_[k] = 0.0f;
    start_gamma_[k] = alpha + share;
  }
  std::fill_n(counts_.begin(), shape.words, 1.0f);
  for (std::size_t document = 0; document < shape.documents; ++document) {
    fill_m(document);
    for (std::size_t i = 0; i < padded_; ++i) {
      const std::size_t row = (document * shape.words + (i < shape.words ? i : 0)) * stride_;
      row_pointers_.push_back(rows_.data() + row);
      m_pointers_.push_back(m_.data() + row);
    }
  }
  for (std::size_t row = 0; row < m_.size(); row += stride_) {
    if (shape.method == LocalMethod::kVb) {
      exp_digamma_row(m_.data() + row, 1.0f, kEta, stride_, rows_.data() + row);
    } else {
      lambda_row(m_.data() + row, 1.0f, kEta, stride_, rows_.data() + row);
    }
  }
}

void DocumentSet::fill_m(std::size_t document) {
  RandomStream random(1, RandomPurpose::kInitialTopics, document);
  std::uint64_t own[kTopicsOfDocument];
  for (std::uint64_t& topic : own) topic = random.below(shape_.num_topics);
  for (std::size_t i = 0; i < shape_.words; ++i) {
    float* row = m_.data() + (document * shape_.words + i) * stride_;
    if (shape_.kind == Kind::kDense) {
      for (std::uint32_t k = 0; k < shape_.num_topics; ++k) {
        row[k] = static_cast<float>(0.5 + random.uniform());
      }
      continue;
    }
    row[own[random.below(kTopicsOfDocument)]] = static_cast<float>(50.0 * random.uniform());
    for (int others = 0; others < 3; ++others) {
      row[random.below(shape_.num_topics)] = static_cast<float>(10.0 * random.uniform());
    }
  }
}

std::size_t DocumentSet::document_bytes(const Shape& shape) {
  const std::size_t per_topic = 6 * sizeof(float);
  const std::size_t per_word = 3 * sizeof(float) + sizeof(float*);
  return padded_topics(shape.num_topics) * (shape.words * sizeof(float) + per_topic) +
         padded_words(shape.words) * per_word;
}

TopicContext DocumentSet::context(int max_iterations, float tolerance) const {
  TopicContext context;
  context.num_topics = shape_.num_topics;
  context.stride = stride_;
  context.alpha = alpha_.data();
  context.topic_factor = factor_.data();
  context.log_topic_factor = log_factor_.data();
  context.scale = 1.0f;
  context.max_iterations = max_iterations;
  context.tolerance = tolerance;
  return context;
}

DocumentTask DocumentSet::start(std::size_t i) {
  std::copy(start_gamma_.begin(), start_gamma_.end(), gamma_.begin());
  DocumentTask task;
  task.n = shape_.words;
  task.rows = rows(i);
  task.m_rows = m_pointers_.data() + i * padded_;
  task.eta_bars = eta_bars_.data();
  task.counts = counts_.data();
  task.gamma = gamma_.data();
  task.etheta = etheta_.data();
  task.ratio = ratio_.data();
  task.dots = dots_.data();
  task.scratch = {scratch_topics_.data(), live_.data(), live_rows_.data(), packed_.data(),
                  packed_.size()};
  task.slow = {&slow_phi_, &forget, &same_place};
  return task;
}

}  // namespace svi_lda::bench
