#include <gtest/gtest.h>

#include <bit>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <tuple>

#include "base/file.h"
#include "output/model_file.h"
#include "support/temporary_folder.h"
#include "unit/output/sample_model.h"

namespace svi_lda {
namespace {

// All that a checkpoint holds, in a form that can be compared.
auto content_of(const Checkpoint& checkpoint) {
  const TrainingState& state = checkpoint.state;
  std::vector<std::uint32_t> m;
  for (std::uint32_t w = 0; w < state.topics.vocab_size(); ++w) {
    for (std::uint32_t k = 0; k < state.topics.num_topics(); ++k) {
      m.push_back(std::bit_cast<std::uint32_t>(state.topics.row(w)[k]));
    }
  }
  const auto sums = state.topics.row_sums();
  const ModelMeta& meta = checkpoint.meta;
  return std::tuple(m, state.topics.scale(), state.topics.eta_bar(),
                    std::vector<double>(sums.begin(), sums.end()), state.hyper.alpha,
                    state.hyper.eta, state.step, state.position.pass, state.position.docs,
                    state.docs, state.tokens, state.seconds, checkpoint.vocabulary.words(),
                    checkpoint.word_counts,
                    std::tuple(meta.docs, meta.tokens, meta.fingerprint, meta.step, meta.passes,
                               meta.options_json, meta.version));
}
using Content = decltype(content_of(std::declval<const Checkpoint&>()));

class DamagedFile : public ::testing::Test {
 protected:
  DamagedFile() {
    write_checkpoint(path_, sample_state(2, 3), sample_vocabulary(3), sample_word_counts(3),
                     sample_meta());
    bytes_ = read_file(path_);
  }

  // What `bytes` hold as a checkpoint; nothing where reading is refused with an Error that names
  // the file.
  std::optional<Content> read(const std::string& bytes) const {
    std::filesystem::remove(path_);  // some file systems sync a file that is cut and rewritten
    std::ofstream(path_, std::ios::binary) << bytes;
    try {
      return content_of(read_checkpoint(path_));
    } catch (const Error& error) {
      EXPECT_EQ(error.path(), path_);
      return {};
    }
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("step-00000001.npz");
  std::string bytes_;
};

TEST_F(DamagedFile, EveryTruncationIsRefused) {
  ASSERT_TRUE(read(bytes_));
  for (std::size_t length = 0; length < bytes_.size(); ++length) {
    EXPECT_FALSE(read(bytes_.substr(0, length))) << length;
  }
}

TEST_F(DamagedFile, EveryChangedByteIsRefusedOrChangesNothing) {
  const auto expected = read(bytes_);
  ASSERT_TRUE(expected);
  std::size_t refused = 0;
  std::string bytes = bytes_;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const unsigned flip : {0x01u, 0x20u, 0x80u, 0xffu}) {
      bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes_[i]) ^ flip);
      const auto found = read(bytes);
      if (found) {
        EXPECT_TRUE(*found == *expected) << "byte " << i << " ^ " << flip;
      } else {
        ++refused;
      }
    }
    bytes[i] = bytes_[i];
  }
  // Zip holds names and sizes twice, and dates and attributes that decide nothing; the content
  // itself is most of the file.
  EXPECT_GT(refused, bytes_.size() * 4 / 2);
}

TEST_F(DamagedFile, AppendedBytesChangeNothing) {
  const auto expected = read(bytes_);
  const auto found = read(bytes_ + "tail");
  EXPECT_TRUE(!found || *found == *expected);
}

}  // namespace
}  // namespace svi_lda
