#include "output/alpha_memory_file.h"

#include <cmath>
#include <vector>

#include "svi_lda/error.h"

namespace svi_lda {
namespace {

std::vector<double> read_topics(const std::string& path, const NpzReader& npz, const char* member,
                                std::uint32_t num_topics) {
  std::vector<double> values = npz.doubles(member);
  if (values.size() != num_topics) fail_member(path, member, "not one value a topic");
  for (const double value : values) {
    if (!std::isfinite(value)) fail_member(path, member, "a value that is not finite");
  }
  return values;
}

void require_finite(const std::string& path, double value) {
  if (std::isfinite(value)) return;
  throw Error(ErrorKind::kNumeric, path, 0,
              "a statistic that alpha is learned from is " + std::to_string(value),
              "nothing was written");
}

}  // namespace

void add_alpha_memory(NpzWriter& npz, const std::string& path, const AlphaMemory& memory) {
  for (const double value : memory.logs) require_finite(path, value);
  for (const double value : memory.shares) require_finite(path, value);
  require_finite(path, memory.strength);
  if (!memory.logs.empty()) npz.add("alpha_logs", memory.logs);
  if (memory.shares.empty()) return;
  npz.add("alpha_shares", memory.shares);
  npz.add_scalar("alpha_strength", memory.strength);
}

AlphaMemory read_alpha_memory(const std::string& path, const NpzReader& npz,
                              std::uint32_t num_topics) {
  AlphaMemory memory;
  if (npz.has("alpha_logs.npy")) memory.logs = read_topics(path, npz, "alpha_logs", num_topics);
  if (!npz.has("alpha_shares.npy")) return memory;
  memory.shares = read_topics(path, npz, "alpha_shares", num_topics);
  for (const double share : memory.shares) {
    if (share < 0.0) fail_member(path, "alpha_shares", "a value below 0");
  }
  memory.strength = npz.scalar("alpha_strength");
  if (!(memory.strength > 0.0 && std::isfinite(memory.strength))) {
    fail_member(path, "alpha_strength", "not finite and above 0");
  }
  return memory;
}

}  // namespace svi_lda
