#pragma once

#include <span>

namespace svi_lda {

// E[log theta_k] under Dir(parameters): psi(a_k) - psi(Sum a), into out [K]. a_k > 0.
void dirichlet_expected_log(std::span<const double> parameters, std::span<double> out);

// log of the normalizer of Dir(parameters): log Gamma(Sum a) - Sum log Gamma(a_k), in nats.
double dirichlet_log_normalizer(std::span<const double> parameters);

// KL(Dir(q) || Dir(p)) in nats, >= 0.
double dirichlet_kl(std::span<const double> q, std::span<const double> p);

}  // namespace svi_lda
