#include "output/seeded_words_file.h"

#include <gmock/gmock.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "support/problem_of.h"
#include "support/temporary_folder.h"

namespace svi_lda {
namespace {

using ::testing::HasSubstr;

const std::vector<SeededWord> kSeeds = {{0, 3, 1.0 / 3.0}, {4, 0, 2e5}, {4, 1, 1e-7}};

std::vector<SeededWord> round_trip(const TemporaryFolder& folder,
                                   const std::vector<SeededWord>& seeds) {
  const std::string path = folder.file("seeds.npz");
  NpzWriter npz(path);
  npz.add_scalar("eta", 0.1);
  const SeededWordsMembers members(path, seeds);
  members.add_to(npz);
  npz.finish();
  return read_seeded_words(path, NpzReader(path), 4, 5);
}

TEST(SeededWordsFile, EverySeedSurvivesBitForBit) {
  const TemporaryFolder folder;
  const std::vector<SeededWord> read = round_trip(folder, kSeeds);
  ASSERT_EQ(read.size(), kSeeds.size());
  for (std::size_t i = 0; i < kSeeds.size(); ++i) {
    EXPECT_EQ(read[i].word, kSeeds[i].word);
    EXPECT_EQ(read[i].topic, kSeeds[i].topic);
    EXPECT_EQ(read[i].extra, kSeeds[i].extra);
  }
  EXPECT_TRUE(round_trip(folder, {}).empty());
  EXPECT_FALSE(NpzReader(folder.file("seeds.npz")).has("seed_words.npy"));
}

TEST(SeededWordsFile, ANumberThatIsNoneIsNotWritten) {
  for (const double extra : {0.0, -1.0, static_cast<double>(NAN), static_cast<double>(INFINITY)}) {
    const std::vector<SeededWord> seeds = {{0, 0, extra}};
    EXPECT_THAT(problem_of(ErrorKind::kNumeric, [&] { SeededWordsMembers("m.npz", seeds); }),
                HasSubstr("m.npz"));
  }
}

TEST(SeededWordsFile, EachKindOfDamageIsNamed) {
  struct Parts {
    std::vector<std::uint64_t> words = {0, 4, 4};
    std::vector<std::uint64_t> topics = {3, 0, 1};
    std::vector<double> extra = {1, 2, 3};
  };
  const TemporaryFolder folder;
  const std::string path = folder.file("seeds.npz");
  const auto expect = [&](const std::function<void(Parts&)>& damage, const std::string& problem) {
    Parts parts;
    damage(parts);
    NpzWriter npz(path);
    npz.add("seed_words", parts.words);
    npz.add("seed_topics", parts.topics);
    npz.add("seed_extra", parts.extra);
    npz.finish();
    EXPECT_THAT(
        problem_of(ErrorKind::kInput, [&] { read_seeded_words(path, NpzReader(path), 4, 5); }),
        HasSubstr(problem));
  };
  expect([](Parts& p) { p.topics.pop_back(); }, "seed_topics.npy: not one value a seed");
  expect([](Parts& p) { p.extra.push_back(1); }, "seed_extra.npy: not one value a seed");
  expect([](Parts& p) { p.words[2] = 5; }, "seed_words.npy: not words of the model");
  expect([](Parts& p) { p.topics[0] = 4; }, "seed_topics.npy: not topics of the model");
  expect([](Parts& p) { p.extra[1] = 0; }, "seed_extra.npy: a value that is not finite");
  expect([](Parts& p) { p.extra[1] = NAN; }, "seed_extra.npy: a value that is not finite");
  expect([](Parts& p) { p.words[0] = 4; }, "seed_words.npy: not ascending");
  expect([](Parts& p) { p.topics[2] = 0; }, "seed_words.npy: not ascending");
}

}  // namespace
}  // namespace svi_lda
