#include "app/settling.h"

#include <cmath>
#include <numeric>

namespace svi_lda {
namespace {

constexpr std::size_t kFewestPasses = 6;

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

bool bound_has_settled(const TrainOptions& options, const DocumentMemory& memory) {
  const std::size_t n = memory.bounds.size();
  if (n < 2) return false;
  const double before = memory.bounds[n - 2];
  return std::abs(memory.bounds[n - 1] - before) < options.bound_tolerance * std::abs(before);
}

bool perplexity_has_settled(std::span<const double> by_pass, std::uint64_t steps,
                            double least_gain) {
  const std::size_t passes = by_pass.size();
  if (steps < kFewestSteps || passes < kFewestPasses || least_gain == 0.0) return false;
  const std::size_t third = passes / 3;
  const double last = mean(by_pass.subspan(passes - third, third));
  const double before = mean(by_pass.subspan(passes - 2 * third, third));
  return last > (1.0 - least_gain) * before;
}

Settled settled(const TrainOptions& options, const TrainingState& state) {
  if (bound_has_settled(options, state.memory)) return Settled::kCorpusBound;
  if (perplexity_has_settled(state.held_out_by_pass, state.step, options.least_gain))
    return Settled::kHeldOut;
  return Settled::kNot;
}

const char* name_of(Settled settled) {
  switch (settled) {
    case Settled::kCorpusBound:
      return "corpus bound";
    case Settled::kHeldOut:
      return "held-out perplexity";
    case Settled::kNot:
      break;
  }
  return "";
}

}  // namespace svi_lda
