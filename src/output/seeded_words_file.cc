#include "output/seeded_words_file.h"

#include <cmath>

#include "svi_lda/error.h"

namespace svi_lda {
SeededWordsMembers::SeededWordsMembers(const std::string& path, std::span<const SeededWord> seeds) {
  for (const SeededWord& seed : seeds) {
    if (!(seed.extra > 0.0 && std::isfinite(seed.extra))) {
      throw Error(ErrorKind::kNumeric, path, 0,
                  "the prior of a seeded word is " + std::to_string(seed.extra),
                  "nothing was written");
    }
    words_.push_back(seed.word);
    topics_.push_back(seed.topic);
    extra_.push_back(seed.extra);
  }
}

void SeededWordsMembers::add_to(NpzWriter& npz) const {
  if (words_.empty()) return;
  npz.add("seed_words", words_);
  npz.add("seed_topics", topics_);
  npz.add("seed_extra", extra_);
}

std::vector<SeededWord> read_seeded_words(const std::string& path, const NpzReader& npz,
                                          std::uint32_t num_topics, std::uint32_t vocab_size) {
  std::vector<SeededWord> seeds;
  if (!npz.has("seed_words.npy")) return seeds;
  const std::vector<std::uint64_t> words = npz.integers("seed_words");
  const std::vector<std::uint64_t> topics = npz.integers("seed_topics");
  const std::vector<double> extra = npz.doubles("seed_extra");
  if (topics.size() != words.size()) fail_member(path, "seed_topics", "not one value a seed");
  if (extra.size() != words.size()) fail_member(path, "seed_extra", "not one value a seed");
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] >= vocab_size) fail_member(path, "seed_words", "not words of the model");
    if (topics[i] >= num_topics) fail_member(path, "seed_topics", "not topics of the model");
    if (!(extra[i] > 0.0 && std::isfinite(extra[i]))) {
      fail_member(path, "seed_extra", "a value that is not finite and above 0");
    }
    const bool ascends = i == 0 || words[i - 1] < words[i] ||
                         (words[i - 1] == words[i] && topics[i - 1] < topics[i]);
    if (!ascends) fail_member(path, "seed_words", "not ascending");
    seeds.push_back(
        {static_cast<std::uint32_t>(words[i]), static_cast<std::uint32_t>(topics[i]), extra[i]});
  }
  return seeds;
}

}  // namespace svi_lda
