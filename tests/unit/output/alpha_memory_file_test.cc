#include "output/alpha_memory_file.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>
#include <string>

#include "output/model_file.h"
#include "support/problem_of.h"
#include "support/temporary_folder.h"
#include "unit/output/sample_model.h"

namespace svi_lda {
namespace {

using ::testing::HasSubstr;

AlphaMemory sample_memory() {
  return {{-1.0 / 3.0, -2.0 / 7.0, -1e3}, {0.1 / 3.0, 0.0, 2.0}, 7.0 / 11.0};
}

class AlphaMemoryFile : public ::testing::Test {
 protected:
  AlphaMemory through_a_file(const AlphaMemory& memory, std::uint32_t num_topics = 3) {
    write(memory);
    return read_alpha_memory(path_, NpzReader(path_), num_topics);
  }
  void write(const AlphaMemory& memory) {
    NpzWriter npz(path_);
    npz.add_text("meta.json", "{}");
    add_alpha_memory(npz, path_, memory);
    npz.finish();
  }
  TemporaryFolder folder_;
  std::string path_ = folder_.file("memory.npz");
};

TEST_F(AlphaMemoryFile, SurvivesBitForBit) {
  AlphaMemory only_logs = sample_memory();
  only_logs.shares.clear();
  only_logs.strength = 0.0;
  AlphaMemory only_samples = sample_memory();
  only_samples.logs.clear();
  for (const AlphaMemory& memory : {sample_memory(), only_logs, only_samples, AlphaMemory()}) {
    const AlphaMemory read = through_a_file(memory);
    EXPECT_EQ(read.logs, memory.logs);
    EXPECT_EQ(read.shares, memory.shares);
    EXPECT_EQ(read.strength, memory.strength);
  }
}

TEST_F(AlphaMemoryFile, StandsInACheckpoint) {
  TrainingState state = sample_state(3, 5);
  state.alpha_memory = sample_memory();
  write_checkpoint(path_, state, {}, std::vector<std::uint64_t>(5, 1), sample_meta());
  const AlphaMemory read = read_checkpoint(path_).state.alpha_memory;
  EXPECT_EQ(read.logs, state.alpha_memory.logs);
  EXPECT_EQ(read.shares, state.alpha_memory.shares);
  EXPECT_EQ(read.strength, state.alpha_memory.strength);
}

TEST_F(AlphaMemoryFile, WhatDoesNotFitIsRefused) {
  write(sample_memory());
  EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { read_alpha_memory(path_, NpzReader(path_), 4); }),
              HasSubstr("memory.npz: member alpha_logs.npy: not one value a topic"));
  struct {
    const char* problem;
    std::function<void(AlphaMemory&)> breaks;
  } const all[] = {
      {"alpha_shares.npy: not one value a topic", [](auto& m) { m.shares.pop_back(); }},
      {"alpha_shares.npy: a value below 0", [](auto& m) { m.shares[1] = -1e-9; }},
      {"alpha_strength.npy: not finite and above 0", [](auto& m) { m.strength = 0.0; }},
  };
  for (const auto& one : all) {
    AlphaMemory memory = sample_memory();
    one.breaks(memory);
    EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { through_a_file(memory); }),
                HasSubstr(one.problem));
  }
}

TEST_F(AlphaMemoryFile, NothingThatIsNotFiniteIsWritten) {
  for (const auto& breaks : std::initializer_list<std::function<void(AlphaMemory&)>>{
           [](auto& m) { m.logs[0] = -INFINITY; }, [](auto& m) { m.shares[2] = NAN; },
           [](auto& m) { m.strength = NAN; }}) {
    AlphaMemory memory = sample_memory();
    breaks(memory);
    EXPECT_THAT(problem_of(ErrorKind::kNumeric, [&] { write(memory); }), HasSubstr("memory.npz"));
    EXPECT_EQ(folder_.entries(), 0u);
  }
}

}  // namespace
}  // namespace svi_lda
