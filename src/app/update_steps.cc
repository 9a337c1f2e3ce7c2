#include "app/update_steps.h"

namespace svi_lda {

std::optional<UpdateStepSize> update_step_size_from_name(const std::string& name) {
  if (name == "even") return UpdateStepSize::kEven;
  if (name == "continue") return UpdateStepSize::kContinue;
  if (name == "restart") return UpdateStepSize::kRestart;
  return std::nullopt;
}

UpdateSteps::UpdateSteps(const TrainOptions& options, const ModelBase& base) {
  switch (update_step_size_from_name(base.step_size).value_or(UpdateStepSize::kEven)) {
    case UpdateStepSize::kEven:
      even_docs_ = static_cast<double>(options.passes) * static_cast<double>(base.docs);
      break;
    case UpdateStepSize::kRestart:
      before_ = base.step;
      break;
    case UpdateStepSize::kContinue:
      break;
  }
}

double UpdateSteps::rho(std::uint64_t t, std::uint64_t docs, std::uint64_t batch_docs,
                        const StepSize& rule) const {
  if (even_docs_ == 0.0) return rule(t);
  const auto size = static_cast<double>(batch_docs);
  return size / (even_docs_ + static_cast<double>(docs) + size);
}

}  // namespace svi_lda
