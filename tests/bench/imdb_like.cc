#include "imdb_like.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "base/random.h"

namespace svi_lda::bench {
namespace {

// Word r has frequency ~ (r + kHead)^-kSlope: chosen for the numbers of distinct words above.
constexpr double kHead = 20.0;
constexpr double kSlope = 1.1;
constexpr std::uint64_t kTopics = 100;
constexpr std::uint64_t kMostTopicsOfDocument = 5;

class Words {
 public:
  Words() : cumulative_(ImdbLike::kVocab) {
    double sum = 0.0;
    for (std::size_t r = 0; r < cumulative_.size(); ++r) {
      sum += std::pow(static_cast<double>(r) + kHead, -kSlope);
      cumulative_[r] = sum;
    }
  }

  // A word of `topic`: one of the eighth of all words that it favours, else one in ten of the rest.
  std::uint32_t draw(std::uint64_t topic, RandomStream& random) const {
    for (;;) {
      const double u = random.uniform() * cumulative_.back();
      const auto r = static_cast<std::uint32_t>(
          std::lower_bound(cumulative_.begin(), cumulative_.end(), u) - cumulative_.begin());
      const bool favoured = mix64(topic * ImdbLike::kVocab + r) % 8 == 0;
      if (favoured || random.below(10) == 0) return r;
    }
  }

 private:
  std::vector<double> cumulative_;
};

Document draw_document(const Words& words, std::uint64_t number) {
  RandomStream random(1, RandomPurpose::kHeldOutChoice, number);
  std::vector<std::uint64_t> topics(1 + random.below(kMostTopicsOfDocument));
  for (std::uint64_t& topic : topics) topic = random.below(kTopics);
  std::map<std::uint32_t, std::uint32_t> counts;
  while (counts.size() < ImdbLike::kDistinct) {
    ++counts[words.draw(topics[random.below(topics.size())], random)];
  }
  Document document;
  for (const auto& [word, count] : counts) {
    document.words.push_back(word);
    document.counts.push_back(count);
  }
  return document;
}

}  // namespace

ImdbLike::ImdbLike()
    : path_(std::filesystem::temp_directory_path() /
            ("svi_bench." + std::to_string(getpid()) + ".cache")) {
  CacheWriter writer(path_.string());
  const Words words;
  for (std::uint64_t number = 0; number < kDocs; ++number) {
    writer.add(draw_document(words, number).view());
  }
  writer.finish(kVocab);
  reader_ = std::make_unique<CacheReader>(path_.string());
}

ImdbLike::~ImdbLike() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

const ImdbLike& imdb_like() {
  static const ImdbLike made;
  return made;
}

}  // namespace svi_lda::bench
