#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <vector>

namespace svi_lda::bench {

// What one call of a kernel cannot do without, whatever its code is like.
//
//   flops    float32 operations on the K topics, not on padding: a multiply-add is two, a division
//            one, exp(psi(x)) kExpDigammaFlops; an operation on doubles counts as two
//   traffic  bytes that must come from a level of memory: what is read, and what is written without
//            having been read (it is fetched to be written); writing back is not counted. What a
//            kernel uses several times counts once, where registers or a nearer level can hold it
struct Work {
  struct Traffic {
    std::size_t level;  // index into machine().levels
    double bytes;
  };
  double flops = 0.0;
  std::vector<Traffic> traffic;
};

// The operations of math/exp_digamma-inl.h for one value: 9 of P, 8 of R, 19 of exp, 4 between.
inline constexpr double kExpDigammaFlops = 40.0;

// The roofline: seconds below which the machine cannot do this work, by its arithmetic or by the
// loads from the levels one after the other.
double bound_seconds(const Work& work);

// Sets the counters flops and bytes (each a second) and share_of_bound = bound_seconds / seconds
// that a call took. One iteration of the benchmark is `calls` calls of the kernel.
void count_work(benchmark::State& state, const Work& work, double calls = 1.0);

}  // namespace svi_lda::bench
