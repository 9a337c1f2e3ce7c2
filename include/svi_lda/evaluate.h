#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "svi_lda/text_options.h"
#include "svi_lda/topic_quality.h"

namespace svi_lda {

// An estimator of how well a model predicts documents, as `evaluate` knows it by name.
struct EstimatorInfo {
  std::string name;
  std::string definition;  // in words, one or two lines
  bool held_out = true;    // whether no token is scored by a theta that was fitted to it
  bool by_default = false;
};

// All of them, in the order in which their figures are given.
const std::vector<EstimatorInfo>& estimators();

struct EvaluateOptions {
  std::string run;             // directory, model.npz or checkpoint
  std::string topics;          // instead of it: a matrix of topics x words, .npy, .npz or text
  std::string alpha = "auto";  // with topics: per topic, as in TrainOptions, not learned
  std::string corpus;          // path or "-"
  std::string vocabulary;      // of the corpus: words are mapped to the model's; empty = same ids
  std::string corpus_format = "auto";
  std::string documents_are = "rows";        // or columns: of a matrix (mtx, npz)
  std::vector<std::string> further_corpora;  // read after corpus, as one
  TextOptions text;  // where raw text stands; how it becomes words, the model knows
  std::string estimators = "completion,bound,unigram";  // names with commas between them, or "all"
  std::int64_t particles = 32;                          // of left-to-right; in [1, 100000]
  std::int64_t samples = 1000;                          // of importance; in [2, 10000000]
  std::string compat;  // "scikit-learn" or "gensim": their figures too; empty = none
  std::int64_t inner_iterations = 100;
  double inner_tolerance = 1e-4;
  std::uint64_t seed = 1;  // of the completion split, the order of tokens, particles and samples
  std::int64_t threads = 0;

  // Figures of the topics themselves, counted in CORPUS unless `quality` names a reference.
  bool coherence = false;
  TopicQualityOptions quality;
};

// What is wrong with options, each in a line; empty where nothing is. Opens no file.
std::vector<std::string> violations(const EvaluateOptions& options);

// What one estimator says of a model and a corpus. One sign everywhere: nats_per_token is minus the
// mean log likelihood of a token, perplexity its exp; less is better.
struct Figure {
  std::string name;
  double perplexity = 0.0;
  double nats_per_token = 0.0;
  // Over documents (ratio estimator, Cochran 1977): of nats_per_token; of perplexity by the delta
  // method. NaN for fewer than two documents.
  double standard_error_nats = 0.0;
  double standard_error = 0.0;
  // The part of standard_error that comes from the estimator's own random numbers; empty where it
  // draws none, or too few to tell.
  std::optional<double> sampling_error;
  double unigram = 0.0;              // perplexity of the unigram baseline on the same tokens
  std::uint64_t tokens = 0;          // scored
  std::uint64_t docs = 0;            // with at least one scored token
  std::uint64_t empty_docs = 0;      // skipped: no word of the model's vocabulary
  std::uint64_t one_token_docs = 0;  // skipped: nothing is left to score once a half is given
};

// A figure as another tool prints it, computed as it does; not comparable with any Figure.
struct ForeignFigure {
  std::string name;  // the call that gives it there
  double value = 0.0;
  std::string definition;
};

struct EvaluateResult {
  std::vector<Figure> figures;          // of the estimators asked for
  std::vector<ForeignFigure> foreign;   // of options.compat
  std::vector<std::string> warnings;    // a line each: topics that tell nothing
  std::uint64_t docs = 0;               // in the file, empty ones included
  std::uint64_t empty_docs = 0;         // without a word of the model's vocabulary
  std::uint64_t tokens = 0;             // within the vocabulary
  std::uint64_t out_of_vocabulary = 0;  // tokens left out
  std::string model;                    // the file that was evaluated
  std::vector<double> alpha;            // [K], with which options.topics were scored; else empty
  std::optional<TopicQuality> topic_quality;  // of options.coherence

  // The figure of that name, which must be among those asked for. Fails: Error kUsage.
  const Figure& figure(std::string_view name) const;
};

// Scores the documents of a corpus, none of which the model should have been trained on. Figures do
// not depend on threads, and beyond rounding not on the order of documents or on their repetition.
// `progress` is told now and then how many documents have been scored.
// Fails: Error kUsage (violations()), kInput, kIo, kNumeric.
EvaluateResult evaluate(const EvaluateOptions& options,
                        const std::function<void(std::uint64_t docs)>& progress = {});

}  // namespace svi_lda
