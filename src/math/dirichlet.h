#pragma once

#include <span>

namespace svi_lda {

// log of the normalizer of Dir(parameters): log Gamma(Sum a) - Sum log Gamma(a_k), in nats.
double dirichlet_log_normalizer(std::span<const double> parameters);

// KL(Dir(q) || Dir(p)) in nats, >= 0.
double dirichlet_kl(std::span<const double> q, std::span<const double> p);

}  // namespace svi_lda
