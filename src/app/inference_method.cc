#include "app/inference_method.h"

#include <iterator>

namespace svi_lda {
namespace {

struct Named {
  const char* name;
  InferenceMethod method;
};
constexpr Named kMethods[] = {
    {"auto", InferenceMethod::kAuto},
    {"vb", InferenceMethod::kVb},
    {"em", InferenceMethod::kEm},
    {"cvb0", InferenceMethod::kCvb0},
    {"gibbs", InferenceMethod::kGibbs},
    {"batch", InferenceMethod::kBatch},
    {"incremental", InferenceMethod::kIncremental},
};

}  // namespace

std::optional<InferenceMethod> inference_from_name(const std::string& name) {
  for (const Named& named : kMethods) {
    if (name == named.name) return named.method;
  }
  return std::nullopt;
}

InferenceMethod method_of(const TrainOptions& options) {
  return inference_from_name(options.inference).value_or(InferenceMethod::kAuto);
}

bool is_sampled(InferenceMethod method) {
  return method == InferenceMethod::kAuto || method == InferenceMethod::kGibbs;
}

bool is_coordinate_ascent(InferenceMethod method) {
  return method == InferenceMethod::kBatch || method == InferenceMethod::kIncremental;
}

std::string inference_names() {
  std::string all;
  for (const Named& named : kMethods) {
    if (&named != std::begin(kMethods)) {
      all.append(&named + 1 == std::end(kMethods) ? " or " : ", ");
    }
    all.append(named.name);
  }
  return all;
}

}  // namespace svi_lda
