#include "output/document_memory_file.h"

#include <gmock/gmock.h>

#include <algorithm>
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

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::uint32_t kTopics = 5;
constexpr std::uint32_t kWords = 11;
constexpr std::uint64_t kDocs = 4;

float value_of(std::size_t i) { return 0.1f + 1.0f / (3.0f + static_cast<float>(i)); }

StatsBlock block(std::uint64_t first_doc, std::vector<std::uint32_t> words, double bound) {
  StatsBlock out;
  out.first_doc = first_doc;
  out.words = std::move(words);
  out.rows.assign(out.words.size() * padded_topics(kTopics), 0.0f);
  for (std::size_t i = 0; i < out.words.size(); ++i) {
    for (std::uint32_t k = 0; k < kTopics; ++k) {
      out.rows[i * padded_topics(kTopics) + k] = value_of(i * kTopics + k + first_doc);
    }
  }
  out.bound = bound;
  return out;
}

// Of a run in its second pass, by either method; a run has never both.
DocumentMemory sample_memory(bool incremental) {
  DocumentMemory memory;
  for (std::size_t i = 0; i < kDocs * kTopics; ++i) memory.gamma.push_back(value_of(i));
  memory.bounds = {-1.0 / 3.0};
  if (incremental) {
    memory.blocks.push_back(block(3, {0, 4, 10}, -2.0 / 7.0));
    memory.blocks.push_back(block(1, {2}, -3.0 / 7.0));
  } else {
    memory.sums.assign(kWords * padded_topics(kTopics), 0.0f);
    for (std::size_t w = 0; w < kWords; ++w) {
      for (std::uint32_t k = 0; k < kTopics; ++k) {
        memory.sums[w * padded_topics(kTopics) + k] = value_of(w + k);
      }
    }
    memory.sums_bound = -5.0 / 7.0;
  }
  return memory;
}

TrainingState state_with(DocumentMemory memory) {
  TrainingState state = sample_state(kTopics, kWords);
  state.position = {memory.bounds.size(), 2};
  state.memory = std::move(memory);
  return state;
}

ModelMeta meta_of_four_documents() {
  ModelMeta meta = sample_meta();
  meta.docs = kDocs;
  return meta;
}

void write(const std::string& path, const TrainingState& state) {
  write_checkpoint(path, state, {}, sample_word_counts(kWords), meta_of_four_documents());
}

class MemoryOfAMethod : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(Methods, MemoryOfAMethod, ::testing::Bool(),
                         [](const auto& method) { return method.param ? "incremental" : "batch"; });

TEST_P(MemoryOfAMethod, ComesBackBitForBit) {
  const TemporaryFolder folder;
  const DocumentMemory memory = sample_memory(GetParam());
  write(folder.file("a.npz"), state_with(memory));
  const TrainingState read = read_checkpoint(folder.file("a.npz")).state;
  EXPECT_EQ(read.memory.gamma, memory.gamma);
  EXPECT_EQ(read.memory.bounds, memory.bounds);
  EXPECT_EQ(read.memory.sums, memory.sums);
  EXPECT_EQ(read.memory.sums_bound, memory.sums_bound);
  ASSERT_EQ(read.memory.blocks.size(), memory.blocks.size());
  for (std::size_t b = 0; b < memory.blocks.size(); ++b) {
    EXPECT_EQ(read.memory.blocks[b].first_doc, memory.blocks[b].first_doc);
    EXPECT_EQ(read.memory.blocks[b].words, memory.blocks[b].words);
    EXPECT_EQ(read.memory.blocks[b].rows, memory.blocks[b].rows);
    EXPECT_EQ(read.memory.blocks[b].bound, memory.blocks[b].bound);
  }
  write(folder.file("b.npz"), read);
  EXPECT_EQ(read_file(folder.file("a.npz")), read_file(folder.file("b.npz")));
  EXPECT_EQ(read_model(folder.file("a.npz")).topics.num_topics(), kTopics);
}

TEST(DocumentMemoryFile, NothingRememberedAddsNothing) {
  const TemporaryFolder folder;
  write(folder.file("a.npz"), state_with({}));
  EXPECT_FALSE(NpzReader(folder.file("a.npz")).has("gamma.npy"));
  EXPECT_TRUE(read_checkpoint(folder.file("a.npz")).state.memory.empty());
}

TEST(DocumentMemoryFile, DocumentsNotYetVisitedAreRemembered) {
  const TemporaryFolder folder;
  DocumentMemory memory = sample_memory(true);
  memory.bounds.clear();
  memory.gamma[7] = 0.0f;
  write(folder.file("a.npz"), state_with(memory));
  EXPECT_EQ(read_checkpoint(folder.file("a.npz")).state.memory.gamma, memory.gamma);
}

TEST(DocumentMemoryFile, NumbersThatAreNoneAreNotWritten) {
  const TemporaryFolder folder;
  const auto expect = [&](bool incremental, const std::function<void(DocumentMemory&)>& spoil,
                          const std::string& problem) {
    DocumentMemory memory = sample_memory(incremental);
    spoil(memory);
    EXPECT_THAT(
        problem_of(ErrorKind::kNumeric, [&] { write(folder.file("a.npz"), state_with(memory)); }),
        HasSubstr(problem));
    EXPECT_EQ(folder.entries(), 0u);
  };
  expect(
      true, [](DocumentMemory& m) { m.gamma[3] = NAN; }, "gamma is nan");
  expect(
      true, [](DocumentMemory& m) { m.bounds[0] = HUGE_VAL; }, "a corpus bound is inf");
  expect(
      true, [](DocumentMemory& m) { m.blocks[1].bound = NAN; }, "the bound of a block is nan");
  expect(
      true, [](DocumentMemory& m) { m.blocks[1].rows[2] = NAN; }, "block_stats is nan");
  expect(
      false, [](DocumentMemory& m) { m.sums[17] = HUGE_VALF; }, "sums is inf");
  expect(
      false, [](DocumentMemory& m) { m.sums_bound = NAN; }, "the bound of a pass is nan");
}

// A file with members that can be changed one by one.
struct Parts {
  std::vector<float> gamma = std::vector<float>(kDocs * kTopics, 0.5f);
  std::uint64_t docs = kDocs;
  std::vector<double> bounds = {-1.0};
  std::vector<float> sums = std::vector<float>(kWords * kTopics, 0.5f);
  double sums_bound = -1.0;
  std::vector<std::uint64_t> words = {0, 4, 10, 2};
  std::vector<std::uint64_t> sizes = {3, 1};
  std::vector<std::uint64_t> first_docs = {3, 1};
  std::vector<double> block_bounds = {-1.0, -2.0};
  std::vector<float> stats = std::vector<float>(4 * kTopics, 0.5f);

  void write(const std::string& path) const {
    NpzWriter npz(path);
    const auto add = [&](const char* name, const std::vector<float>& values) {
      npz.add_columns(name, kTopics, values.size() / kTopics,
                      [&values](std::uint64_t c, float* out) {
                        std::copy_n(&values[c * kTopics], kTopics, out);
                      });
    };
    add("gamma", gamma);
    npz.add("bounds", bounds);
    add("sums", sums);
    npz.add_scalar("sums_bound", sums_bound);
    npz.add("block_words", words);
    npz.add("block_sizes", sizes);
    npz.add("block_first_docs", first_docs);
    npz.add("block_bounds", block_bounds);
    add("block_stats", stats);
    npz.finish();
  }
};

TEST(DocumentMemoryFile, WhatDoesNotFitTogetherIsNamed) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.npz");
  const auto read = [&] {
    return read_document_memory(path, NpzReader(path), kDocs, kTopics, kWords);
  };
  Parts().write(path);
  EXPECT_EQ(read().blocks.size(), 2u);  // so that each failure is the change's
  const auto expect = [&](const std::function<void(Parts&)>& change, const std::string& problem) {
    Parts parts;
    change(parts);
    parts.write(path);
    EXPECT_THAT(problem_of(ErrorKind::kInput, read),
                AllOf(StartsWith(path + ": "), HasSubstr(problem)));
  };
  expect([](Parts& p) { p.gamma.resize(3 * kTopics); }, "gamma.npy: ");
  expect([](Parts& p) { p.gamma[4] = 0.0f; }, "gamma.npy: a value out of range");
  expect([](Parts& p) { p.gamma[4] = NAN; }, "gamma.npy: a value out of range");
  expect([](Parts& p) { p.bounds[0] = NAN; }, "bounds.npy: a value that is not finite");
  expect([](Parts& p) { p.sums.resize(3 * kTopics); }, "sums.npy: ");
  expect([](Parts& p) { p.sums[8] = -0.1f; }, "sums.npy: a value out of range");
  expect([](Parts& p) { p.sums_bound = NAN; }, "sums_bound.npy: not finite");
  expect([](Parts& p) { p.words[1] = kWords; }, "block_words.npy: not ascending word numbers");
  expect([](Parts& p) { p.words[1] = 0; }, "block_words.npy: not ascending word numbers");
  expect([](Parts& p) { p.words.pop_back(); }, "block_sizes.npy: not those of the words");
  expect([](Parts& p) { p.sizes[1] = 0; }, "block_sizes.npy: not those of the words");
  expect([](Parts& p) { p.sizes[1] = ~std::uint64_t{0}; }, "block_sizes.npy: not those of");
  expect([](Parts& p) { p.first_docs[1] = 0; }, "block_first_docs.npy: not a document");
  expect([](Parts& p) { p.first_docs[1] = kDocs + 1; }, "block_first_docs.npy: not a document");
  expect([](Parts& p) { p.first_docs.pop_back(); }, "block_sizes.npy: not one value a block");
  expect([](Parts& p) { p.block_bounds.pop_back(); }, "block_sizes.npy: not one value a block");
  expect([](Parts& p) { p.block_bounds[0] = NAN; }, "block_bounds.npy: a value that is not");
  expect([](Parts& p) { p.stats[2] = -1.0f; }, "block_stats.npy: a value out of range");
  expect([](Parts& p) { p.stats.resize(3 * kTopics); }, "block_stats.npy: ");
}

TEST(DocumentMemoryFile, ACheckpointHasABoundForEachPass) {
  const TemporaryFolder folder;
  TrainingState state = state_with(sample_memory(false));
  state.position.pass = 3;
  write(folder.file("a.npz"), state);
  EXPECT_THAT(problem_of(ErrorKind::kInput, [&] { read_checkpoint(folder.file("a.npz")); }),
              HasSubstr("bounds.npy: not one value a pass"));
}

}  // namespace
}  // namespace svi_lda
