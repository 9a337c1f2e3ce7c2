#include "output/gradient_memory_file.h"

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

constexpr std::uint32_t kTopics = 3;
constexpr std::uint32_t kWords = 5;

GradientMemory sample_gradient() {
  GradientMemory memory;
  const std::size_t stride = padded_topics(kTopics);
  memory.rows.resize(stride * kWords, 0.0f);
  for (std::uint32_t w = 0; w < kWords; ++w) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      memory.rows[w * stride + k] = static_cast<float>(w) / 3.0f - static_cast<float>(k);
    }
  }
  memory.numbers = {-1.0 / 3.0, 0.5, 1e-9, 2.0 / 7.0, -5.0, 6.0, 1e30, -8.0, 9.0 / 11.0, 17.0};
  return memory;
}

void expect_equal(const GradientMemory& read, const GradientMemory& memory) {
  EXPECT_EQ(read.rows, memory.rows);
  EXPECT_EQ(read.numbers.offset, memory.numbers.offset);
  EXPECT_EQ(read.numbers.scale, memory.numbers.scale);
  EXPECT_EQ(read.numbers.of_topics, memory.numbers.of_topics);
  EXPECT_EQ(read.numbers.sum_m, memory.numbers.sum_m);
  EXPECT_EQ(read.numbers.sum_rows, memory.numbers.sum_rows);
  EXPECT_EQ(read.numbers.square_m, memory.numbers.square_m);
  EXPECT_EQ(read.numbers.square_rows, memory.numbers.square_rows);
  EXPECT_EQ(read.numbers.product, memory.numbers.product);
  EXPECT_EQ(read.numbers.mean_square, memory.numbers.mean_square);
  EXPECT_EQ(read.numbers.window, memory.numbers.window);
}

class GradientMemoryFile : public ::testing::Test {
 protected:
  void write(const GradientMemory& memory) {
    NpzWriter npz(path_);
    npz.add_text("meta.json", "{}");
    const GradientMemoryMembers members(memory, kTopics);
    members.add_to(npz, path_);
    npz.finish();
  }
  GradientMemory read(std::uint32_t num_topics = kTopics) {
    return read_gradient_memory(path_, NpzReader(path_), num_topics, kWords);
  }
  TemporaryFolder folder_;
  std::string path_ = folder_.file("memory.npz");
};

TEST_F(GradientMemoryFile, SurvivesBitForBit) {
  for (const GradientMemory& memory : {sample_gradient(), GradientMemory()}) {
    write(memory);
    expect_equal(read(), memory);
  }
}

TEST_F(GradientMemoryFile, StandsInACheckpoint) {
  TrainingState state = sample_state(kTopics, kWords);
  state.gradient = sample_gradient();
  write_checkpoint(path_, state, {}, std::vector<std::uint64_t>(kWords, 1), sample_meta());
  expect_equal(read_checkpoint(path_).state.gradient, state.gradient);
}

TEST_F(GradientMemoryFile, WhatDoesNotFitIsRefused) {
  write(sample_gradient());
  EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { read(4); }), HasSubstr("memory.npz"));
  for (const auto& breaks : std::initializer_list<std::function<void(GradientMemory&)>>{
           [](auto& m) { m.numbers.scale = 0.0; }, [](auto& m) { m.numbers.window = -1.0; },
           [](auto& m) { m.numbers.mean_square = -1.0; }}) {
    GradientMemory memory = sample_gradient();
    breaks(memory);
    write(memory);
    EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { read(); }),
                HasSubstr("gradient_numbers.npy: a value out of range"));
  }
}

TEST_F(GradientMemoryFile, NothingThatIsNotFiniteIsWritten) {
  for (const auto& breaks : std::initializer_list<std::function<void(GradientMemory&)>>{
           [](auto& m) { m.rows[1] = -INFINITY; }, [](auto& m) { m.numbers.product = NAN; }}) {
    GradientMemory memory = sample_gradient();
    breaks(memory);
    EXPECT_THAT(problem_of(ErrorKind::kNumeric, [&] { write(memory); }), HasSubstr("memory.npz"));
    EXPECT_EQ(folder_.entries(), 0u);
  }
}

}  // namespace
}  // namespace svi_lda
