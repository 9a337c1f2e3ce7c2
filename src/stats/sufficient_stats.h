#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/aligned.h"

namespace svi_lda {

// What the local step has done, for reports and a profile; decides nothing.
struct LocalWork {
  std::uint64_t iterations = 0;     // inner iterations, or sweeps, over all documents
  std::uint64_t slow_entries = 0;   // document-word pairs done in log space
  double row_seconds = 0.0;         // exp(elogbeta) of the minibatch's words
  double document_seconds = 0.0;    // inner iterations
  std::uint64_t multiply_adds = 0;  // of the inner iterations, padding included
};

// What the local step leaves of a minibatch: phi in factored form. For entry e = (d, w)
//
//   n_dw phi_dwk = ratio[e] * etheta[d][k] * rows[w][k],   ratio[e] = n_dw / Sum_k etheta rows
//
// with ratio and etheta of one half-step (the etheta that made the dot product), so that
// Sum_k n_dw phi_dwk = n_dw exactly. Factors may carry any scale that cancels in phi.
// Entries whose dot product underflows have ratio 0; their n_dw phi_dwk stand in `slow` instead.
struct Responsibilities {
  std::size_t stride = 0;       // floats from row to row, padded K; padding holds 0 in etheta
  AlignedVector<float> rows;    // [W x stride], the minibatch's words
  AlignedVector<float> etheta;  // [S x stride]
  AlignedVector<float> gamma;   // [S x stride], q(theta_d) = Dir(gamma_d)
  std::vector<float> ratio;     // [entries]
  std::vector<std::uint32_t> slow_entry;  // ascending
  AlignedVector<float> slow_phi;          // [slow_entry.size() x stride], n phi
  LocalWork work;
};

// sstats_wk = Sum_{d in minibatch} n_dw phi_dwk for the minibatch's words.
// Rows lie where those of the responsibilities did: there is one buffer of that size, not two.
struct SufficientStats {
  std::size_t stride = 0;
  std::span<const float> rows;     // [W x stride]
  std::vector<double> topic_sums;  // [K], Sum_w sstats_wk
};

}  // namespace svi_lda
