#pragma once

#include <cstddef>

namespace svi_lda::bench {

// The local step of one document as a textbook has it: scalar loops over words and topics, every
// value a float, psi from its asymptotic series. Of VB, `iterations` inner iterations.
//   rows [n] of [stride], exp(elogbeta) up to the topics' factors; counts [n]; alpha,
//   topic_factor [num_topics]; gamma [num_topics], in: start, out: alpha + Sum n phi;
//   work [2 * num_topics]
struct PlainDocument {
  std::size_t n = 0;
  std::size_t num_topics = 0;
  const float* const* rows = nullptr;
  const float* counts = nullptr;
  const float* alpha = nullptr;
  const float* topic_factor = nullptr;
  float* gamma = nullptr;
  float* work = nullptr;
  int iterations = 0;
};

// Compiled by -O3 -march=native.
void plain_loop(const PlainDocument& document);
// The same source with -ffast-math besides: the compiler may turn sums and exp into vectors.
void plain_loop_fast_math(const PlainDocument& document);

}  // namespace svi_lda::bench
