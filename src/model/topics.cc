#include "model/topics.h"

#include <algorithm>
#include <utility>

namespace svi_lda {
namespace {

// Words summed by one thread at a time. Depends on V alone, so that the order of summation does.
std::size_t row_sum_chunk(std::size_t vocab_size) {
  return std::max<std::size_t>(1024, (vocab_size + 127) / 128);
}

// s below which it is folded into M: far from where float could overflow in rho/s, and rare enough
// (kappa = 1, tau0 = 0: after 10^6 steps) that folding costs nothing.
constexpr double kFoldBelow = 1e-6;

}  // namespace

Topics::Topics(std::uint32_t num_topics, std::uint32_t vocab_size, const Eta& eta)
    : num_topics_(num_topics),
      vocab_size_(vocab_size),
      stride_(padded_topics(num_topics)),
      row_sums_(num_topics, eta.sum(vocab_size)),
      m_(stride_ * vocab_size, 0.0f) {
  set_offset(eta);
}

void Topics::set_offset(const Eta& eta) {
  eta_bar_ = eta.per_word() ? eta.sum(vocab_size_) / vocab_size_ : eta.each();
  eta_bar_words_.assign(eta.words().begin(), eta.words().end());
}

void Topics::lambda_row(std::uint32_t w, float* out) const {
  const float* m = row(w);
  const auto s = static_cast<float>(scale_);
  const auto eta = static_cast<float>(eta_bar(w));
  for (std::uint32_t k = 0; k < num_topics_; ++k) out[k] = eta + s * m[k];
}

void Topics::shrink(double rho, const Eta& eta, const Parallel& parallel) {
  const double eta_sum = eta.sum(vocab_size_);
  if (rho >= 1.0) {
    parallel.for_chunks(m_.size(), std::size_t{1} << 16,
                        [&](std::size_t begin, std::size_t end, int) {
                          std::fill(m_.begin() + static_cast<std::ptrdiff_t>(begin),
                                    m_.begin() + static_cast<std::ptrdiff_t>(end), 0.0f);
                        });
    scale_ = 1.0;
    set_offset(eta);
    std::fill(row_sums_.begin(), row_sums_.end(), eta_sum);
    return;
  }
  scale_ *= 1.0 - rho;
  if (eta.per_word() && eta_bar_words_.empty()) eta_bar_words_.assign(vocab_size_, eta_bar_);
  for (std::uint32_t w = 0; w < eta_bar_words_.size(); ++w) {
    eta_bar_words_[w] = (1.0 - rho) * eta_bar_words_[w] + rho * eta(w);
  }
  const double mean = eta.per_word() ? eta_sum / vocab_size_ : eta.each();
  eta_bar_ = (1.0 - rho) * eta_bar_ + rho * mean;
  for (double& sum : row_sums_) sum = (1.0 - rho) * sum + rho * eta_sum;
}

void Topics::move_offset(const Eta& from, const Eta& to) {
  if (to.per_word() && eta_bar_words_.empty()) eta_bar_words_.assign(vocab_size_, eta_bar_);
  for (std::uint32_t w = 0; w < eta_bar_words_.size(); ++w) eta_bar_words_[w] += to(w) - from(w);
  const double moved = to.sum(vocab_size_) - from.sum(vocab_size_);
  eta_bar_ = eta_bar_words_.empty() ? eta_bar_ + (to.each() - from.each())
                                    : eta_bar_ + moved / vocab_size_;
  for (double& sum : row_sums_) sum += moved;
}

void Topics::add_to_row_sums(std::span<const double> added) {
  for (std::size_t k = 0; k < row_sums_.size(); ++k) row_sums_[k] += added[k];
}

bool Topics::folds_with(double rho) const {
  return rho >= 1.0 || scale_ * (1.0 - rho) < kFoldBelow;
}

void Topics::fold_if_small(const Parallel& parallel) {
  if (scale_ >= kFoldBelow) return;
  const auto s = static_cast<float>(scale_);
  parallel.for_chunks(m_.size(), std::size_t{1} << 16,
                      [&](std::size_t begin, std::size_t end, int) {
                        for (std::size_t i = begin; i < end; ++i) m_[i] *= s;
                      });
  scale_ = 1.0;
  row_sums_ = sum_rows(parallel);
}

std::vector<double> Topics::sum_rows(const Parallel& parallel) const {
  const std::size_t chunk = row_sum_chunk(vocab_size_);
  const std::size_t chunks = (vocab_size_ + chunk - 1) / chunk;
  std::vector<double> partial(chunks * num_topics_, 0.0);
  parallel.for_chunks(vocab_size_, chunk, [&](std::size_t begin, std::size_t end, int) {
    double* sums = partial.data() + begin / chunk * num_topics_;
    for (std::size_t w = begin; w < end; ++w) {
      const float* m = row(static_cast<std::uint32_t>(w));
      for (std::uint32_t k = 0; k < num_topics_; ++k) sums[k] += static_cast<double>(m[k]);
    }
  });
  std::vector<double> sums(num_topics_, 0.0);
  for (std::size_t c = 0; c < chunks; ++c) {
    for (std::uint32_t k = 0; k < num_topics_; ++k) sums[k] += partial[c * num_topics_ + k];
  }
  const double offsets = Eta(eta_bar_, eta_bar_words_).sum(vocab_size_);
  for (double& sum : sums) sum = offsets + scale_ * sum;
  return sums;
}

void Topics::set_row_sums(std::vector<double> row_sums) { row_sums_ = std::move(row_sums); }

void Topics::restore(double scale, double eta_bar, std::vector<double> row_sums,
                     std::vector<double> eta_bar_words) {
  scale_ = scale;
  eta_bar_ = eta_bar;
  row_sums_ = std::move(row_sums);
  eta_bar_words_ = std::move(eta_bar_words);
}

std::uint64_t Topics::bytes(std::uint32_t num_topics, std::uint32_t vocab_size) {
  return std::uint64_t{padded_topics(num_topics)} * vocab_size * sizeof(float);
}

}  // namespace svi_lda
