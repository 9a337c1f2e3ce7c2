#pragma once

#include <cstddef>

namespace svi_lda {

// Vector kernels of the CVB0 local step, chosen at run time for the processor (Google Highway).
// Arrays of topics are [stride], K padded to a multiple of 16, 64-byte aligned. An iteration goes
// over blocks of eight entries, so that what belongs to the document is loaded once for eight.

// Consecutive entries of a document. Arrays are padded to a multiple of kRowBlock (kernels.h):
// padding repeats a valid row, with count 0.
struct Cvb0Entries {
  std::size_t n = 0;
  const float* const* rows = nullptr;  // E[beta_kw] up to a common factor, padding 0
  const float* counts = nullptr;
  float* weight = nullptr;   // [n, padded, x stride], aligned: phi before it is normalized, in an
                             // order of the kernel's own
  float* inverse = nullptr;  // [n, padded]: 1 / Sum_k weight_k
};

// One iteration over entries (Asuncion, Welling, Smyth, Teh 2009, eq. 11, with the topics fixed;
// Foulds et al. 2013): with E[n_dk] and the entry's phi as the iteration before left them,
//
//   weight_k = (alpha_k + max(0, E[n_dk] - phi_k)) rows_k,   phi'_k = weight_k inverse
//
// and sums_k = Sum_i n_i phi'_ik. The document's E[n_dk], topic_counts, stay as they are until all
// of its entries are done. E[n_dk] comes without alpha, so that nothing at all is left of it where
// the token is its topic's only one.
//   start_phi  phi of every topic before the first iteration, which does not read weight and
//              inverse; 0 in the others
void cvb0_iteration(const Cvb0Entries& entries, const float* alpha, const float* topic_counts,
                    float start_phi, std::size_t stride, float* sums);

// topic_counts_k <- Sum_r sums[r * stride + k] over ranges of entries, in order. Returns
// Sum_k |change|; not a number, or infinite, where any of them is.
float cvb0_advance(const float* sums, std::size_t ranges, std::size_t stride, float* topic_counts);

// Factors of phi at gamma, which includes the entries' own (stats/corrected_responsibilities.h):
// normalizer = 1 / inverse, and ratio = n / Sum_k gamma_k rows_k / (normalizer + rows_k), both
// [n, padded].
void cvb0_factors(const Cvb0Entries& entries, const float* gamma, std::size_t stride,
                  float* normalizer, float* ratio);

}  // namespace svi_lda
