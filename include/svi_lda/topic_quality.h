#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace svi_lda {

// Which figures to take of a model's topics, and of what.
struct TopicQualityOptions {
  std::string reference;             // corpus in which words are counted
  std::string reference_vocabulary;  // its words, mapped to the model's; empty = same ids
  std::string reference_format = "auto";
  std::int64_t top = 10;  // words of a topic that coherence and exclusivity look at
};

// Limits behind the words "duplicate" and "dead".
inline constexpr std::size_t kDiversityWords = 25;
inline constexpr std::size_t kDuplicateWords = 10;
inline constexpr std::size_t kDuplicateShared = 8;  // of kDuplicateWords, or the same share
inline constexpr double kDeadShareOfMean = 0.01;    // of the mean weight, 1 / K
inline constexpr double kDeadDistance = 0.1;        // from the corpus

// Figures of one topic; NaN where there is none. Definitions: eval/coherence.h,
// eval/topic_quality.h.
struct TopicFigures {
  std::uint32_t topic = 0;  // its index in lambda
  double weight = 0.0;      // share of the tokens; NaN where it is not known
  double c_v = 0.0;
  double npmi = 0.0;
  double umass = 0.0;
  double exclusivity = 0.0;
  double distance_from_corpus = 0.0;  // total variation
  std::size_t absent = 0;             // top words that the reference has not
  std::vector<std::uint32_t> like;    // topics of which it is a duplicate, ascending
  std::string dead;                   // why it is, "no weight" or "is the corpus"; else empty
  std::vector<std::string> words;     // the top ones
};

struct TopicQuality {
  std::string reference;
  std::uint64_t windows = 0;  // documents of the reference with a word of the model
  std::uint64_t reference_tokens = 0;
  std::size_t top = 0;  // words looked at
  // Means over the topics that have a figure; NaN where none has.
  double c_v = 0.0;
  double npmi = 0.0;
  double umass = 0.0;
  double exclusivity = 0.0;
  double diversity = 0.0;            // share of distinct words in the first 25 of all topics
  std::size_t absent = 0;            // top words that the reference has not, over all topics
  std::size_t duplicate_pairs = 0;   // pairs of topics that share 8 of their first 10 words
  std::size_t duplicates = 0;        // topics in such a pair
  std::size_t dead = 0;              // topics without weight, or like the corpus
  std::vector<TopicFigures> topics;  // by falling weight
};

}  // namespace svi_lda
