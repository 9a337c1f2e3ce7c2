#include "app/time_schedule.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/inference_method.h"
#include "app/quantities.h"
#include "app/step_rule.h"

namespace svi_lda {
namespace {

constexpr double kCoolingFrom = 0.4;  // of the time
constexpr double kLeastFactor = 0.1;

}  // namespace

std::optional<RunSchedule> schedule_of(const TrainOptions& options) {
  const double limit = parse_duration(options.time_limit).value_or(0.0);
  if (limit == 0.0 || options.passes != 0 || is_coordinate_ascent(method_of(options)) ||
      averages(options)) {
    return std::nullopt;
  }
  return RunSchedule{limit};
}

double cooling(double share) {
  return std::clamp((1.0 - share) / (1.0 - kCoolingFrom), kLeastFactor, 1.0);
}

std::string describe(const RunSchedule& schedule) {
  return fmt::format(
      "step sizes fall from {:.3g} s on, to a tenth at {:.3g} s: what the run gives depends on the "
      "clock",
      kCoolingFrom * schedule.seconds, schedule.seconds);
}

}  // namespace svi_lda
