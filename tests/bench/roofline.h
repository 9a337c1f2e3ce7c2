#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <vector>

#include "machine.h"

namespace svi_lda::bench {

// What one call of a kernel cannot do without, whatever its code is like.
//
//   flops    float32 operations on the K topics, not on padding: a multiply-add is two, a division
//            one, exp(psi(x)) kExpDigammaFlops; an operation on doubles counts as two
//   loads    bytes that must come from a level of memory: what is read, and what is written without
//            having been read (it is fetched to be written, unless it is in L1); writing back is
//            not counted. What a call uses several times over counts once, where registers can hold
//            it
class Work {
 public:
  explicit Work(double flops) : flops_(flops), loads_(machine().levels.size(), 0.0) {}

  // Loads of `bytes`, part of a working set that is gone over again and again. Of a set of S bytes
  // a level of C bytes serves C/S at best; the rest comes from the levels behind it.
  Work& load(double bytes, std::size_t working_set);

  double flops() const { return flops_; }
  double bytes() const;
  // The roofline: seconds below which the machine cannot do this, by its arithmetic or by its loads
  // from one level after the other.
  double bound_seconds() const;

 private:
  double flops_;
  std::vector<double> loads_;  // bytes from each of machine().levels
};

// The operations of math/exp_digamma-inl.h for one value: 9 of P, 8 of R, 19 of exp, 4 between.
inline constexpr double kExpDigammaFlops = 40.0;

// Sets the counters flops and bytes (each a second) and share_of_bound = bound / seconds
// that it took. An iteration of the benchmark makes `calls` calls, of `work` each; the counter
// calls says so.
void count_work(benchmark::State& state, const Work& work, double calls = 1.0);

}  // namespace svi_lda::bench
