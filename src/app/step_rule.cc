#include "app/step_rule.h"

#include <iterator>

#include "app/eta_option.h"
#include "app/inference_method.h"

namespace svi_lda {
namespace {

struct Named {
  const char* name;
  StepRule rule;
};
constexpr Named kRules[] = {
    {"robbins-monro", StepRule::kRobbinsMonro},
    {"constant", StepRule::kConstant},
    {"adaptive", StepRule::kAdaptive},
};

}  // namespace

std::optional<StepRule> step_rule_from_name(const std::string& name) {
  for (const Named& named : kRules) {
    if (name == named.name) return named.rule;
  }
  return std::nullopt;
}

StepRule step_rule_of(const TrainOptions& options) {
  return step_rule_from_name(options.step).value_or(StepRule::kRobbinsMonro);
}

StepSize step_size_of(const TrainOptions& options) {
  if (step_rule_of(options) == StepRule::kConstant) return StepSize::constant(options.rho);
  return StepSize(options.tau0, options.kappa);
}

bool averages(const TrainOptions& options) {
  if (options.average != "auto") return options.average == "on";
  const InferenceMethod method = method_of(options);
  return (is_sampled(method) || method == InferenceMethod::kCvb0) && options.seed_words.empty() &&
         !has_eta_per_word(options);
}

std::string step_rule_names() {
  std::string all;
  for (const Named& named : kRules) {
    if (&named != std::begin(kRules)) {
      all.append(&named + 1 == std::end(kRules) ? " or " : ", ");
    }
    all.append(named.name);
  }
  return all;
}

}  // namespace svi_lda
