#include "output/sample_memory_file.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>
#include <string>

#include "base/file.h"
#include "output/model_file.h"
#include "support/problem_of.h"
#include "support/temporary_folder.h"
#include "unit/output/sample_model.h"

namespace svi_lda {
namespace {

using ::testing::HasSubstr;

constexpr std::uint32_t kTopics = 5;
constexpr std::uint32_t kWords = 11;
constexpr std::uint64_t kDocs = 3;

SampleMemory sample_memory() {
  SampleMemory memory;
  memory.docs = {{{0, 4, 4, 1}, 0.75, -0.5}, {}, {{2, 3}, 1.0 / 3.0, -0.25}};
  memory.log_shrunk = -1.0 / 7.0 - 0.5;
  return memory;
}

void write(const std::string& path, SampleMemory memory, std::vector<double> by_pass = {}) {
  TrainingState state = sample_state(kTopics, kWords);
  state.samples = std::move(memory);
  state.held_out_by_pass = std::move(by_pass);
  ModelMeta meta = sample_meta();
  meta.docs = kDocs;
  write_checkpoint(path, state, {}, sample_word_counts(kWords), meta);
}

TEST(SampleMemoryFile, ComesBackBitForBit) {
  const TemporaryFolder folder;
  const SampleMemory memory = sample_memory();
  write(folder.file("a.npz"), memory, {1000.5, 900.25});
  const TrainingState read = read_checkpoint(folder.file("a.npz")).state;
  EXPECT_EQ(read.held_out_by_pass, (std::vector<double>{1000.5, 900.25}));
  EXPECT_EQ(read.samples.log_shrunk, memory.log_shrunk);
  ASSERT_EQ(read.samples.docs.size(), kDocs);
  for (std::size_t d = 0; d < kDocs; ++d) {
    EXPECT_EQ(read.samples.docs[d].topics, memory.docs[d].topics);
    EXPECT_EQ(read.samples.docs[d].weight, memory.docs[d].weight);
    EXPECT_EQ(read.samples.docs[d].log_shrunk, memory.docs[d].log_shrunk);
  }
}

TEST(SampleMemoryFile, NothingRememberedAddsNothing) {
  const TemporaryFolder folder;
  write(folder.file("a.npz"), {});
  EXPECT_FALSE(NpzReader(folder.file("a.npz")).has("samples.npy"));
  EXPECT_FALSE(NpzReader(folder.file("a.npz")).has("held_out_by_pass.npy"));
  EXPECT_TRUE(read_checkpoint(folder.file("a.npz")).state.samples.empty());
}

TEST(SampleMemoryFile, DamagedMembersAreRefused) {
  const TemporaryFolder folder;
  const auto expect = [&](const std::function<void(SampleMemory&)>& spoil,
                          const std::string& problem) {
    SampleMemory memory = sample_memory();
    spoil(memory);
    write(folder.file("a.npz"), memory);
    EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { read_checkpoint(folder.file("a.npz")); }),
                HasSubstr(problem));
  };
  expect([](SampleMemory& m) { m.docs.pop_back(); }, "sample_sizes.npy: not one value a document");
  expect([](SampleMemory& m) { m.docs[0].topics[1] = 5; }, "samples.npy: not topics of the model");
  expect([](SampleMemory& m) { m.docs[0].weight = -1.0; }, "sample_weights.npy: a value out of");
  expect([](SampleMemory& m) { m.docs[1].weight = 1.0; }, "sample_weights.npy: a value out of");
  expect([](SampleMemory& m) { m.docs[0].log_shrunk = NAN; }, "sample_log_shrunk.npy: a value");
  expect([](SampleMemory& m) { m.docs[0].log_shrunk = -9.0; }, "sample_log_shrunk.npy: a value");
  expect([](SampleMemory& m) { m.log_shrunk = 1.0; }, "sample_log_shrunk.npy: a value");
}

TEST(SampleMemoryFile, ScoresThatAreNoneAreRefused) {
  const TemporaryFolder folder;
  for (const std::vector<double>& scores :
       {std::vector<double>{NAN}, std::vector<double>{-1.0}, std::vector<double>(99, 5.0)}) {
    write(folder.file("a.npz"), {}, scores);
    EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { read_checkpoint(folder.file("a.npz")); }),
                HasSubstr("held_out_by_pass.npy: not a perplexity a pass"));
  }
}

}  // namespace
}  // namespace svi_lda
