#include "base/isa.h"

#include <hwy/targets.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "svi_lda/error.h"

namespace svi_lda {
namespace {

// All targets that the kernels are compiled for (the same flags hold in every kernel file).
constexpr std::int64_t kCompiled = HWY_TARGETS;

std::string name_of(std::int64_t target) {
  if (target == HWY_STATIC_TARGET) return "generic";
  std::string name = hwy::TargetName(target);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

// Bits of the targets that can run here, in the order of Highway: the lowest bit is the best.
std::vector<std::int64_t> runnable() {
  hwy::DisableTargets(0);
  std::vector<std::int64_t> targets;
  for (std::int64_t left = hwy::SupportedTargets() & kCompiled; left != 0; left &= left - 1) {
    targets.push_back(left & -left);
  }
  return targets;
}

std::int64_t g_forced = 0;  // 0 = the best

}  // namespace

std::vector<std::string> available_isas() {
  std::vector<std::string> names;
  for (const std::int64_t target : runnable()) names.push_back(name_of(target));
  hwy::DisableTargets(g_forced == 0 ? 0 : ~g_forced);
  return names;
}

std::string current_isa() { return g_forced != 0 ? name_of(g_forced) : available_isas().front(); }

void use_isa(const std::string& name) {
  std::string wanted = name;
  std::string option = "--isa";
  const char* environment = std::getenv("SVI_LDA_ISA");
  if (wanted == "auto" && environment != nullptr && *environment != '\0') {
    wanted = environment;
    option = "SVI_LDA_ISA";
  }
  g_forced = 0;
  std::string names;
  for (const std::int64_t target : runnable()) {
    if (name_of(target) == wanted) g_forced = target;
    if (!names.empty()) names.append(", ");
    names.append(name_of(target));
  }
  if (wanted != "auto" && g_forced == 0) {
    throw Error(ErrorKind::kUsage, option + " '" + wanted +
                                       "': must be auto or one that this processor has: " + names);
  }
  hwy::DisableTargets(g_forced == 0 ? 0 : ~g_forced);
}

}  // namespace svi_lda
