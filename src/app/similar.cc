#include "svi_lda/similar.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include "app/locate_model.h"
#include "math/jensen_shannon.h"
#include "output/top_words.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::uint32_t kTopWords = 5;

// The nearest of all that are offered, in bounded memory.
class Nearest {
 public:
  explicit Nearest(std::uint64_t most) : most_(static_cast<std::size_t>(most)) {}

  void offer(std::uint64_t number, double distance) {
    Similar candidate;
    candidate.number = number;
    candidate.distance = distance;
    if (accepts(candidate)) take(std::move(candidate));
  }

  void offer(const InferredDocument& document, double distance) {
    Similar candidate;
    candidate.number = document.document;
    candidate.distance = distance;
    if (!accepts(candidate)) return;
    name(document, candidate);
    take(std::move(candidate));
  }

  static void name(const InferredDocument& document, Similar& one) {
    one.id = document.id;
    if (document.title) one.title = *document.title;
  }

  std::vector<Similar> sorted() && {
    std::sort_heap(heap_.begin(), heap_.end(), nearer);
    return std::move(heap_);
  }

 private:
  bool accepts(const Similar& candidate) const {
    return heap_.size() < most_ || (most_ > 0 && nearer(candidate, heap_.front()));
  }

  void take(Similar candidate) {
    if (heap_.size() == most_) {
      std::pop_heap(heap_.begin(), heap_.end(), nearer);
      heap_.pop_back();
    }
    heap_.push_back(std::move(candidate));
    std::push_heap(heap_.begin(), heap_.end(), nearer);
  }

  static bool nearer(const Similar& a, const Similar& b) {
    return a.distance < b.distance || (a.distance == b.distance && a.number < b.number);
  }

  std::size_t most_;
  std::vector<Similar> heap_;  // the farthest in front
};

// The top words of each topic, by its index.
std::vector<std::string> describe_topics(const Model& model) {
  std::vector<std::string> out(model.topics.num_topics());
  for (const TopicSummary& topic :
       top_words(model.topics, model.hyper, model.vocabulary, kTopWords)) {
    for (const TopWord& word : topic.words) {
      if (!out[topic.topic].empty()) out[topic.topic] += ", ";
      out[topic.topic] += word.word;
    }
  }
  return out;
}

void similar_topics(const SimilarOptions& options, const Model& model, SimilarResult& result) {
  const Topics& topics = model.topics;
  const std::size_t num_topics = topics.num_topics();
  if (options.topic >= num_topics) {
    throw Error(ErrorKind::kUsage, "--topic " + std::to_string(options.topic) +
                                       ": the model has topics 0 to " +
                                       std::to_string(num_topics - 1));
  }
  std::vector<double> divergence(num_topics, 0.0);
  std::vector<float> lambda(num_topics);
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    topics.lambda_row(w, lambda.data());
    const double asked = lambda[options.topic] / topics.row_sums()[options.topic];
    for (std::size_t k = 0; k < num_topics; ++k) {
      divergence[k] += jensen_shannon_term(asked, lambda[k] / topics.row_sums()[k]);
    }
  }
  Nearest nearest(options.top);
  for (std::size_t k = 0; k < num_topics; ++k) {
    if (k != options.topic) nearest.offer(k, jensen_shannon_distance(divergence[k]));
  }
  const std::vector<std::string> words = describe_topics(model);
  result.asked.number = options.topic;
  result.asked.words = words[options.topic];
  result.nearest = std::move(nearest).sorted();
  for (Similar& one : result.nearest) one.words = words[one.number];
}

std::uint32_t id_of(const std::string& word, const Model& model) {
  const std::uint32_t vocab_size = model.topics.vocab_size();
  for (std::uint32_t w = 0; w < vocab_size; ++w) {
    if (model.vocabulary.word(w) == word) return w;
  }
  throw Error(ErrorKind::kInput, "--word '" + word + "' is not in the model's vocabulary",
              model.vocabulary.empty()
                  ? "the model knows ids only, 0 to " + std::to_string(vocab_size - 1)
                  : "words are compared as they stand in the vocabulary, case and all");
}

// lambda_kw / sum_k lambda_kw.
void shares_of_word(const Topics& topics, std::uint32_t word, std::vector<float>& lambda,
                    std::vector<double>& shares) {
  topics.lambda_row(word, lambda.data());
  const double sum = std::accumulate(lambda.begin(), lambda.end(), 0.0);
  std::transform(lambda.begin(), lambda.end(), shares.begin(),
                 [&](float value) { return value / sum; });
}

double distance(std::span<const double> p, std::span<const double> q) {
  double divergence = 0.0;
  for (std::size_t k = 0; k < p.size(); ++k) divergence += jensen_shannon_term(p[k], q[k]);
  return jensen_shannon_distance(divergence);
}

void similar_words(const SimilarOptions& options, const Model& model, SimilarResult& result) {
  const Topics& topics = model.topics;
  const std::uint32_t asked = id_of(options.word, model);
  std::vector<float> lambda(topics.num_topics());
  std::vector<double> shares_of_asked(lambda.size());
  std::vector<double> shares(lambda.size());
  shares_of_word(topics, asked, lambda, shares_of_asked);
  Nearest nearest(options.top);
  for (std::uint32_t w = 0; w < topics.vocab_size(); ++w) {
    if (w == asked || model.word_counts[w] == 0) continue;
    shares_of_word(topics, w, lambda, shares);
    nearest.offer(w, distance(shares_of_asked, shares));
  }
  result.asked.number = asked;
  result.asked.words = options.word;
  result.nearest = std::move(nearest).sorted();
  for (Similar& one : result.nearest) {
    one.words = model.vocabulary.word(static_cast<std::uint32_t>(one.number));
  }
}

// Ends the first reading where the document asked for has been found.
struct Found {};

// The document that was asked for, and its topic proportions.
struct AskedDocument {
  Similar document;
  std::vector<double> theta;
  bool empty = false;
};

AskedDocument find_document(const SimilarOptions& options) {
  std::uint64_t place = 0;
  const char* const end = options.document.data() + options.document.size();
  const auto parsed = std::from_chars(options.document.data(), end, place);
  if (parsed.ec != std::errc() || parsed.ptr != end) place = 0;
  std::optional<AskedDocument> asked;
  std::uint64_t docs = 0;
  bool named = false;
  try {
    infer(options.source, [&](const InferredDocument& document) {
      docs = document.document;
      named = !document.id.empty();
      const bool has_id = named && document.id == options.document;
      if (!has_id && docs != place) return;
      asked.emplace();
      asked->document.number = docs;
      Nearest::name(document, asked->document);
      asked->theta.assign(document.theta.begin(), document.theta.end());
      asked->empty = document.empty;
      // The id of a later document may be what looks like a place.
      if (has_id || !named) throw Found{};
    });
  } catch (const Found&) {
  }
  if (!asked) {
    throw Error(ErrorKind::kUsage, "--document '" + options.document +
                                       "': the corpus has documents 1 to " + std::to_string(docs) +
                                       (named ? ", and none with that id" : ", without ids"));
  }
  if (asked->empty) {
    throw Error(ErrorKind::kUsage,
                "--document '" + options.document + "': it has no word of the model's vocabulary");
  }
  return std::move(*asked);
}

void similar_documents(const SimilarOptions& options, SimilarResult& result) {
  AskedDocument asked = find_document(options);
  Nearest nearest(options.top);
  infer(options.source, [&](const InferredDocument& document) {
    if (document.document == asked.document.number || document.empty) return;
    nearest.offer(document, distance(asked.theta, document.theta));
  });
  result.asked = std::move(asked.document);
  result.nearest = std::move(nearest).sorted();
}

}  // namespace

SimilarResult similar(const SimilarOptions& options) {
  SimilarResult result;
  const Model model = load_model(options.source.run, result.source);
  switch (options.kind) {
    case SimilarOptions::Kind::kTopic:
      similar_topics(options, model, result);
      break;
    case SimilarOptions::Kind::kWord:
      similar_words(options, model, result);
      break;
    case SimilarOptions::Kind::kDocument:
      similar_documents(options, result);
      break;
  }
  return result;
}

}  // namespace svi_lda
