#include "output/document_memory_file.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/aligned.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

[[noreturn]] void fail_number(const std::string& path, const char* what, double value) {
  throw Error(ErrorKind::kNumeric, path, 0, std::string(what) + " is " + std::to_string(value),
              "nothing was written");
}

// Adds `columns` rows of num_topics floats, each found by row(c).
template <typename Row>
void add_rows(NpzWriter& npz, const std::string& path, const char* name, std::uint32_t num_topics,
              std::uint64_t columns, Row row) {
  npz.add_columns(name, num_topics, columns, [=](std::uint64_t c, float* out) mutable {
    const float* values = row(c);
    for (std::uint32_t k = 0; k < num_topics; ++k) {
      if (!std::isfinite(values[k])) fail_number(path, name, static_cast<double>(values[k]));
    }
    std::memcpy(out, values, num_topics * sizeof(float));
  });
}

// A value of the member; above 0, or at least 0.
enum class Range { kPositive, kNotNegative };

// Reads rows of num_topics floats and hands each to take(c, values).
template <typename Take>
void read_rows(const std::string& path, const NpzReader& npz, const char* name,
               std::uint32_t num_topics, std::uint64_t columns, Range range, const Take& take) {
  npz.columns(name, num_topics, columns, [&](std::uint64_t c, const float* values) {
    for (std::uint32_t k = 0; k < num_topics; ++k) {
      const bool holds = range == Range::kPositive ? values[k] > 0.0f : values[k] >= 0.0f;
      if (!std::isfinite(values[k]) || !holds) fail_member(path, name, "a value out of range");
    }
    take(c, values);
  });
}

std::vector<double> read_finite(const std::string& path, const NpzReader& npz, const char* name) {
  std::vector<double> values = npz.doubles(name);
  for (const double value : values) {
    if (!std::isfinite(value)) fail_member(path, name, "a value that is not finite");
  }
  return values;
}

void read_blocks(const std::string& path, const NpzReader& npz, std::uint64_t num_docs,
                 std::uint32_t num_topics, std::uint32_t vocab_size,
                 std::vector<StatsBlock>& blocks) {
  const std::vector<std::uint64_t> words = npz.integers("block_words");
  const std::vector<std::uint64_t> sizes = npz.integers("block_sizes");
  const std::vector<std::uint64_t> first_docs = npz.integers("block_first_docs");
  const std::vector<double> bounds = read_finite(path, npz, "block_bounds");
  if (first_docs.size() != sizes.size() || bounds.size() != sizes.size()) {
    fail_member(path, "block_sizes", "not one value a block");
  }
  blocks.resize(sizes.size());
  std::uint64_t begin = 0;
  std::vector<float*> rows;  // of each word, in order
  const std::size_t stride = padded_topics(num_topics);
  for (std::size_t b = 0; b < sizes.size(); ++b) {
    StatsBlock& block = blocks[b];
    if (sizes[b] > words.size() - begin) fail_member(path, "block_sizes", "not those of the words");
    if (first_docs[b] < 1 || first_docs[b] > num_docs) {
      fail_member(path, "block_first_docs", "not a document of the corpus");
    }
    block.first_doc = first_docs[b];
    block.bound = bounds[b];
    for (std::uint64_t i = begin; i < begin + sizes[b]; ++i) {
      if (words[i] >= vocab_size || (i > begin && words[i] <= words[i - 1])) {
        fail_member(path, "block_words", "not ascending word numbers");
      }
      block.words.push_back(static_cast<std::uint32_t>(words[i]));
    }
    begin += sizes[b];
  }
  if (begin != words.size()) fail_member(path, "block_sizes", "not those of the words");
  std::size_t b = 0;
  std::size_t i = 0;
  read_rows(path, npz, "block_stats", num_topics, words.size(), Range::kNotNegative,
            [&](std::uint64_t, const float* values) {
              while (i == blocks[b].words.size()) {
                ++b;
                i = 0;
              }
              // Only now has the member shown that it backs its shape.
              if (i == 0) blocks[b].rows.assign(blocks[b].words.size() * stride, 0.0f);
              std::copy_n(values, num_topics, blocks[b].rows.data() + stride * i++);
            });
}

}  // namespace

DocumentMemoryMembers::DocumentMemoryMembers(const DocumentMemory& memory, std::uint32_t num_topics,
                                             std::uint32_t vocab_size)
    : memory_(memory), num_topics_(num_topics), vocab_size_(vocab_size) {
  for (const StatsBlock& block : memory.blocks) {
    words_.insert(words_.end(), block.words.begin(), block.words.end());
    sizes_.push_back(block.words.size());
    first_docs_.push_back(block.first_doc);
    bounds_.push_back(block.bound);
  }
}

void DocumentMemoryMembers::add_to(NpzWriter& npz, const std::string& path) const {
  if (memory_.empty()) return;
  const auto require_finite = [&](const char* what, double value) {
    if (!std::isfinite(value)) fail_number(path, what, value);
  };
  for (const double bound : memory_.bounds) require_finite("a corpus bound", bound);
  for (const double bound : bounds_) require_finite("the bound of a block", bound);
  require_finite("the bound of a pass", memory_.sums_bound);
  const std::size_t stride = padded_topics(num_topics_);
  add_rows(npz, path, "gamma", num_topics_, memory_.gamma.size() / num_topics_,
           [gamma = memory_.gamma.data(), topics = num_topics_](std::uint64_t doc) {
             return gamma + doc * topics;
           });
  npz.add("bounds", memory_.bounds);
  if (!memory_.sums.empty()) {
    add_rows(npz, path, "sums", num_topics_, vocab_size_,
             [sums = memory_.sums.data(), stride](std::uint64_t w) { return sums + w * stride; });
    npz.add_scalar("sums_bound", memory_.sums_bound);
  }
  if (memory_.blocks.empty()) return;
  npz.add("block_words", words_);
  npz.add("block_sizes", sizes_);
  npz.add("block_first_docs", first_docs_);
  npz.add("block_bounds", bounds_);
  add_rows(
      npz, path, "block_stats", num_topics_, words_.size(),
      [this, stride, block = std::size_t{0}, begin = std::uint64_t{0}](std::uint64_t i) mutable {
        while (i - begin == memory_.blocks[block].words.size()) {
          begin += memory_.blocks[block++].words.size();
        }
        return memory_.blocks[block].rows.data() + (i - begin) * stride;
      });
}

DocumentMemory read_document_memory(const std::string& path, const NpzReader& npz,
                                    std::uint64_t num_docs, std::uint32_t num_topics,
                                    std::uint32_t vocab_size) {
  DocumentMemory memory;
  if (!npz.has("gamma.npy")) return memory;
  memory.bounds = read_finite(path, npz, "bounds");
  // In the first pass some documents have not been visited yet.
  const Range range = memory.bounds.empty() ? Range::kNotNegative : Range::kPositive;
  read_rows(path, npz, "gamma", num_topics, num_docs, range,
            [&](std::uint64_t, const float* values) {
              memory.gamma.insert(memory.gamma.end(), values, values + num_topics);
            });
  if (npz.has("sums.npy")) {
    const std::size_t stride = padded_topics(num_topics);
    read_rows(path, npz, "sums", num_topics, vocab_size, Range::kNotNegative,
              [&](std::uint64_t w, const float* values) {
                if (w == 0) memory.sums.assign(vocab_size * stride, 0.0f);
                std::copy_n(values, num_topics, memory.sums.data() + w * stride);
              });
    memory.sums_bound = npz.scalar("sums_bound");
    if (!std::isfinite(memory.sums_bound)) fail_member(path, "sums_bound", "not finite");
  }
  if (npz.has("block_stats.npy")) {
    read_blocks(path, npz, num_docs, num_topics, vocab_size, memory.blocks);
  }
  return memory;
}

}  // namespace svi_lda
