#include "app/stage_profile.h"

#include <spdlog/spdlog.h>

#include <numeric>

namespace svi_lda {

void StageProfile::count(const Minibatch& batch, const LocalWork& work, const Topics& topics) {
  const double row = static_cast<double>(topics.stride() * sizeof(float));
  const auto words = static_cast<double>(batch.num_words());
  row_seconds_ += work.row_seconds;
  document_seconds_ += work.document_seconds;
  flops_ += 2.0 * static_cast<double>(work.multiply_adds);
  row_values_ += words * topics.num_topics();
  reduce_bytes_ += static_cast<double>(batch.num_entries()) * row + 2.0 * words * row;
  global_bytes_ += 3.0 * words * row;
}

void StageProfile::log() const {
  const double all = std::accumulate(seconds_, seconds_ + kStages, 0.0);
  const auto line = [all](const char* stage, double seconds, double work, const char* unit) {
    spdlog::info("profile: {:<34} {:8.3f} s {:5.1f}%{}", stage, seconds,
                 all > 0.0 ? 100.0 * seconds / all : 0.0,
                 work > 0.0 && seconds > 0.0
                     ? fmt::format("  {:8.2f} {}", work / seconds * 1e-9, unit)
                     : std::string());
  };
  line("waiting for documents", seconds_[kWait], 0.0, "");
  line("local step", seconds_[kLocal], 0.0, "");
  line("  rows of the words", row_seconds_, row_values_, "G values/s");
  line("  documents", document_seconds_, flops_, "GFLOP/s");
  line("reduction of sufficient statistics", seconds_[kReduce], reduce_bytes_, "GB/s");
  line("global step", seconds_[kGlobal], global_bytes_, "GB/s");
  line("reports and checkpoints", seconds_[kReport], 0.0, "");
  spdlog::info("profile: {:<34} {:8.3f} s", "all", all);
}

}  // namespace svi_lda
