#pragma once

namespace svi_lda {

// What alpha and eta may be: the kernels' domain begins at the least.
inline constexpr double kLeastParameter = 1e-8;
inline constexpr double kMostParameter = 1000.0;

}  // namespace svi_lda
