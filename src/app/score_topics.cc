#include "app/score_topics.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "app/document_chunks.h"
#include "app/quantities.h"
#include "eval/coherence.h"
#include "eval/topic_quality.h"
#include "output/top_words.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::size_t kDocsAtATime = 2048;
constexpr const char* kNoWeight = "no weight";
constexpr std::uint64_t kMostCounterBytes = std::uint64_t{2} << 30;  // a thread

// Mean of the finite values that figure(topic) gives; NaN where there is none.
template <typename Figure>
double mean_of(const std::vector<TopicFigures>& topics, Figure figure) {
  double sum = 0.0;
  double count = 0.0;
  for (const TopicFigures& topic : topics) {
    if (std::isnan(figure(topic))) continue;
    sum += figure(topic);
    count += 1.0;
  }
  return sum / count;
}

using TopWordIds = std::vector<std::vector<std::uint32_t>>;

// The first `top` word ids of each topic, topics in the order of lambda.
TopWordIds ids_of(const std::vector<TopicSummary>& summaries, std::size_t top) {
  TopWordIds ids(summaries.size());
  for (const TopicSummary& summary : summaries) {
    for (std::size_t i = 0; i < std::min(top, summary.words.size()); ++i) {
      ids[summary.topic].push_back(summary.words[i].id);
    }
  }
  return ids;
}

// What one pass over the reference leaves.
struct ReferenceCounts {
  std::vector<Cooccurrence> topics;
  std::vector<std::uint64_t> words;  // [V] tokens
  std::uint64_t tokens = 0;
};

ReferenceCounts count_reference(const Model& model, const TopWordIds& top_words,
                                const TopicQualityOptions& options, const Parallel& parallel) {
  const std::uint64_t bytes = CooccurrenceCounter::counters(top_words) * sizeof(std::uint32_t);
  if (bytes > kMostCounterBytes) {
    throw Error(ErrorKind::kUsage,
                fmt::format("--top {}: counting the pairs of so many words would take {} a thread",
                            options.top, format_bytes(bytes)),
                "lower --top");
  }
  DocumentChunks chunks({options.reference, {}, options.reference_format, "rows"},
                        options.reference_vocabulary, {}, parallel.threads(), model,
                        options.reference);
  CooccurrenceCounter counter(top_words, model.topics.vocab_size());
  ReferenceCounts counts;
  counts.words.assign(model.topics.vocab_size(), 0);
  while (chunks.next(kDocsAtATime)) {
    counter.add(chunks.documents, parallel);
    for (const Document& document : chunks.documents) {
      for (std::size_t i = 0; i < document.words.size(); ++i) {
        counts.words[document.words[i]] += document.counts[i];
        counts.tokens += document.counts[i];
      }
    }
  }
  if (counts.tokens == 0) {
    throw Error(ErrorKind::kInput, options.reference, 0,
                "holds no word of the topics, which coherence is counted of",
                "check that its ids are those of the topics, or give its vocabulary");
  }
  counts.topics = counter.counts();
  return counts;
}

// Topics without weight are left out: their words are the first of the vocabulary.
void find_duplicates(TopWordIds top_words, std::vector<TopicFigures>& topics,
                     TopicQuality& quality) {
  std::size_t words = kDuplicateWords;
  for (const auto& ids : top_words) words = std::min(words, ids.size());
  for (std::size_t k = 0; k < topics.size(); ++k) {
    if (topics[k].dead == kNoWeight) top_words[k].clear();
  }
  // The same share where the vocabulary has fewer words.
  const std::size_t least =
      std::max<std::size_t>(1, (words * kDuplicateShared + kDuplicateWords - 1) / kDuplicateWords);
  for (const SimilarTopics& pair : similar_topics(top_words, words, least)) {
    ++quality.duplicate_pairs;
    topics[pair.first].like.push_back(pair.second);
    topics[pair.second].like.push_back(pair.first);
  }
  for (TopicFigures& topic : topics) {
    std::sort(topic.like.begin(), topic.like.end());
    if (!topic.like.empty()) ++quality.duplicates;
  }
}

void find_dead(std::vector<TopicFigures>& topics, TopicQuality& quality) {
  // The one topic of a model with K = 1 is the corpus, as it should be.
  if (topics.size() == 1) return;
  const double least = kDeadShareOfMean / static_cast<double>(topics.size());
  for (TopicFigures& topic : topics) {
    if (topic.weight < least) {
      topic.dead = kNoWeight;
    } else if (topic.distance_from_corpus < kDeadDistance) {
      topic.dead = "is the corpus";
    }
    if (!topic.dead.empty()) ++quality.dead;
  }
}

}  // namespace

TopicQuality score_topics(const Model& model, bool weighted, const TopicQualityOptions& options,
                          const Parallel& parallel) {
  const auto top = static_cast<std::size_t>(options.top);
  const std::vector<TopicSummary> summaries =
      top_words(model.topics, model.hyper, model.vocabulary,
                static_cast<std::uint32_t>(std::max({top, kDiversityWords, kDuplicateWords})));
  const TopWordIds scored = ids_of(summaries, top);
  const ReferenceCounts reference = count_reference(model, scored, options, parallel);
  const bool trained = std::any_of(model.word_counts.begin(), model.word_counts.end(),
                                   [](std::uint64_t count) { return count > 0; });
  const std::vector<double> distance =
      distance_from_corpus(model.topics, trained ? model.word_counts : reference.words, parallel);
  const std::vector<double> exclusive = exclusivity(model.topics, scored);

  TopicQuality quality;
  quality.reference = options.reference;
  quality.reference_tokens = reference.tokens;
  quality.windows = reference.topics.front().windows;
  quality.top = scored.front().size();
  std::vector<TopicFigures> topics(summaries.size());
  for (const TopicSummary& summary : summaries) {
    TopicFigures& topic = topics[summary.topic];
    const Coherence coherent = coherence(reference.topics[summary.topic]);
    topic.topic = summary.topic;
    topic.weight = weighted ? summary.weight : std::numeric_limits<double>::quiet_NaN();
    topic.c_v = coherent.c_v;
    topic.npmi = coherent.npmi;
    topic.umass = coherent.umass;
    topic.absent = coherent.absent;
    topic.exclusivity = exclusive[summary.topic];
    topic.distance_from_corpus = distance[summary.topic];
    for (std::size_t i = 0; i < quality.top; ++i) topic.words.push_back(summary.words[i].word);
    quality.absent += topic.absent;
  }
  find_dead(topics, quality);
  find_duplicates(ids_of(summaries, kDuplicateWords), topics, quality);
  quality.diversity = topic_diversity(ids_of(summaries, kDiversityWords), kDiversityWords);
  // In the order of topics, whatever the order of printing.
  quality.c_v = mean_of(topics, [](const TopicFigures& topic) { return topic.c_v; });
  quality.npmi = mean_of(topics, [](const TopicFigures& topic) { return topic.npmi; });
  quality.umass = mean_of(topics, [](const TopicFigures& topic) { return topic.umass; });
  quality.exclusivity =
      mean_of(topics, [](const TopicFigures& topic) { return topic.exclusivity; });
  for (const TopicSummary& summary : summaries) {
    quality.topics.push_back(std::move(topics[summary.topic]));
  }
  return quality;
}

TopicQuality score_evaluated_topics(const LoadedTopics& topics, const EvaluateOptions& options,
                                    const Parallel& parallel) {
  TopicQualityOptions quality = options.quality;
  if (quality.reference.empty()) {
    quality.reference = options.corpus;
    quality.reference_vocabulary = topics.corpus_vocabulary;
    quality.reference_format = options.corpus_format;
  }
  if (quality.reference == "-") {
    throw Error(ErrorKind::kUsage, "--coherence: standard input cannot be read a second time",
                "give --reference FILE, or a file as CORPUS");
  }
  return score_topics(topics.model, topics.weighted, quality, parallel);
}

}  // namespace svi_lda
