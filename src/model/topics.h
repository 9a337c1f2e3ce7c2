#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/aligned.h"
#include "base/parallel.h"
#include "model/eta.h"

namespace svi_lda {

// The global variational parameter lambda, q(beta_k) = Dir(lambda_k), in lazy form:
//
//   lambda_kw = eta_bar_w + s * M_wk
//
//        k=0 ....... K-1  padding          M is [V x stride] float32, word-major: the K values of
//   w=0 [ m m m m m m m | 0 0 0 ]          a word are contiguous, each row starts on a cache line,
//   w=1 [ m m m m m m m | 0 0 0 ]          padding is always 0.
//   ...
//
// A global step lambda <- (1-rho) lambda + rho (eta + (D/S) sstats) multiplies s by (1-rho) and
// adds (rho/s)(D/S) sstats to the rows of M whose words are in the minibatch, so that its cost does
// not depend on V, unless words differ in eta: eta_bar is then [V], and follows in V operations,
// against K for each word of the minibatch. The row sums Sum_w lambda_kw are kept in double as the
// step goes. M may be negative (a start below eta); lambda never is.
class Topics {
 public:
  // lambda = eta_bar everywhere: M = 0, s = 1.
  Topics(std::uint32_t num_topics, std::uint32_t vocab_size, const Eta& eta);

  std::uint32_t num_topics() const { return num_topics_; }
  std::uint32_t vocab_size() const { return vocab_size_; }
  std::size_t stride() const { return stride_; }  // floats from one word's row to the next

  double scale() const { return scale_; }  // s, in (0, 1]
  // The offset of a word, that of every word, or their mean; and where words differ, all.
  double eta_bar(std::uint32_t w) const {
    return eta_bar_words_.empty() ? eta_bar_ : eta_bar_words_[w];
  }
  double eta_bar() const { return eta_bar_; }
  std::span<const double> eta_bar_words() const { return eta_bar_words_; }  // [V] or empty
  std::span<const double> row_sums() const { return row_sums_; }            // [K], Sum_w lambda_kw

  // Row of M of word w, [stride].
  const float* row(std::uint32_t w) const { return m_.data() + std::size_t{w} * stride_; }
  float* row(std::uint32_t w) { return m_.data() + std::size_t{w} * stride_; }

  // lambda_kw for all k into out[0, K).
  void lambda_row(std::uint32_t w, float* out) const;

  // lambda <- (1-rho) lambda + rho eta, rho in (0, 1]: offset, scale and row sums; rho = 1 clears
  // M.
  void shrink(double rho, const Eta& eta, const Parallel& parallel);

  // lambda_kw <- lambda_kw - from_w + to_w: offset and row sums.
  void move_offset(const Eta& from, const Eta& to);

  // Adds `added`, [K], to the row sums: what the caller has added to lambda through row().
  void add_to_row_sums(std::span<const double> added);

  // Whether a step of size rho clears M or folds s into it.
  bool folds_with(double rho) const;

  // Folds s into M and sums the rows again where s has become small; a condition that depends on s
  // alone, so that every run of the same steps folds at the same step.
  void fold_if_small(const Parallel& parallel);

  // Sums lambda over words in chunks of fixed size, chunks in order: [K].
  std::vector<double> sum_rows(const Parallel& parallel) const;
  void set_row_sums(std::vector<double> row_sums);

  // State verbatim, for checkpoints. M is reached through row().
  void restore(double scale, double eta_bar, std::vector<double> row_sums,
               std::vector<double> eta_bar_words = {});

  // Bytes that Topics of this shape take.
  static std::uint64_t bytes(std::uint32_t num_topics, std::uint32_t vocab_size);

 private:
  void set_offset(const Eta& eta);

  std::uint32_t num_topics_;
  std::uint32_t vocab_size_;
  std::size_t stride_;
  double scale_ = 1.0;
  double eta_bar_;
  std::vector<double> eta_bar_words_;
  std::vector<double> row_sums_;
  AlignedVector<float> m_;
};

}  // namespace svi_lda
