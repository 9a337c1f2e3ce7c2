#include "app/anchor_start.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "minibatch/document_order.h"
#include "minibatch/minibatch.h"
#include "model/informed_start.h"
#include "spectral/anchors.h"
#include "spectral/recover.h"

namespace svi_lda {
namespace {

// How much of a topic's start is what was recovered; see informed_start(). 0.1 and 0.9 were as good
// within 1%.
constexpr double kAnchorShare = 0.5;

// A word in fewer documents is no anchor: its pairs are chance. 2% of the documents in place of
// 0.5% cost 0.5% of perplexity.
constexpr std::uint64_t kLeastDocuments = 5;
constexpr double kLeastShare = 0.005;

// Documents that are counted at a time.
constexpr std::size_t kBatch = 1024;

constexpr std::uint32_t kNotKept = std::numeric_limits<std::uint32_t>::max();

// Distances in P dimensions are right to about 1 / sqrt(P), and there are at most P + 1 anchors.
std::size_t projection_dims(std::uint32_t topics) {
  return std::clamp<std::size_t>(2 * std::size_t{topics}, 512, 2048);
}

// The most frequent words, ascending; ties by word id.
std::vector<std::uint32_t> frequent_words(const std::vector<std::uint64_t>& counts) {
  std::vector<std::uint32_t> words;
  for (std::uint32_t w = 0; w < counts.size(); ++w) {
    if (counts[w] > 0) words.push_back(w);
  }
  if (words.size() <= kAnchorWords) return words;
  std::nth_element(words.begin(), words.begin() + kAnchorWords, words.end(),
                   [&](std::uint32_t a, std::uint32_t b) {
                     return counts[a] != counts[b] ? counts[a] > counts[b] : a < b;
                   });
  words.resize(kAnchorWords);
  std::sort(words.begin(), words.end());
  return words;
}

// The pairs of `words`, numbered by their place there, in the first `used` documents of an order.
ProjectedCooccurrence count_pairs(const CacheReader& documents, const DocumentOrder& order,
                                  std::uint64_t used, const std::vector<std::uint32_t>& words,
                                  std::size_t dims, std::uint64_t seed, const Parallel& parallel) {
  std::vector<std::uint32_t> place(documents.summary().vocab_size, kNotKept);
  for (std::uint32_t i = 0; i < words.size(); ++i) place[words[i]] = i;
  const auto num_words = static_cast<std::uint32_t>(words.size());
  ProjectedCooccurrenceCounter counter(num_words, dims, seed);
  MinibatchBuilder builder(num_words);
  Minibatch batch;
  Document document;
  Document kept;
  for (std::uint64_t i = 0; i < used; ++i) {
    documents.read(order(i), document);
    kept.clear();
    for (std::size_t e = 0; e < document.words.size(); ++e) {
      const std::uint32_t word = place[document.words[e]];
      if (word == kNotKept) continue;
      kept.words.push_back(word);
      kept.counts.push_back(document.counts[e]);
    }
    builder.add(kept.view(), i + 1);
    if (builder.num_docs() < kBatch && i + 1 < used) continue;
    builder.build(batch);
    counter.add(batch, parallel);
    documents.release_pages();
  }
  return counter.finish();
}

}  // namespace

double anchor_start_bytes(std::uint32_t num_topics, std::uint32_t vocab_size) {
  const auto words = static_cast<double>(std::min(vocab_size, kAnchorWords));
  const auto dims = static_cast<double>(projection_dims(num_topics));
  const auto topics = static_cast<double>(num_topics);
  // Rows and signs, projected documents, corners and basis, products of corners.
  return 5.0 * words * dims + 4.0 * static_cast<double>(kBatch) * dims + 12.0 * topics * dims +
         12.0 * topics * topics;
}

void anchor_start(Topics& topics, std::uint64_t seed, const CacheReader& documents,
                  const Parallel& parallel) {
  const std::uint64_t docs = documents.summary().docs;
  const std::uint64_t used = std::min(docs, kAnchorDocuments);
  // No pass of training has such a number.
  const std::uint64_t draw = std::numeric_limits<std::uint64_t>::max();
  const DocumentOrder order = used < docs ? DocumentOrder(docs, seed, draw) : DocumentOrder(docs);
  const std::vector<std::uint32_t> words = frequent_words(documents.word_counts());
  const ProjectedCooccurrence cooccurrence = count_pairs(
      documents, order, used, words, projection_dims(topics.num_topics()), seed, parallel);
  const auto least = static_cast<std::uint64_t>(kLeastShare * static_cast<double>(used));
  const std::vector<std::uint32_t> anchors =
      find_anchors(cooccurrence, topics.num_topics(), std::max(kLeastDocuments, least), parallel);
  const auto recovered = recover_topics(cooccurrence, anchors, parallel);
  if (anchors.size() < topics.num_topics()) {
    spdlog::info("{} anchors for {} topics: the others begin at random", anchors.size(),
                 topics.num_topics());
  }
  informed_start(
      topics, seed, kAnchorShare,
      [&](std::uint32_t topic, std::vector<WordWeight>& to) {
        if (topic >= recovered.size()) return;
        for (const TopicWord& word : recovered[topic]) {
          to.push_back({words[word.word], word.probability});
        }
      },
      parallel);
}

}  // namespace svi_lda
