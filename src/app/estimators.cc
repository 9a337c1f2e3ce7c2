#include "app/estimators.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "eval/bound.h"
#include "eval/completion.h"
#include "eval/importance.h"
#include "eval/left_to_right.h"
#include "eval/theta_scorer.h"
#include "eval/unigram.h"

namespace svi_lda {
namespace {

// On the held-out half of each document.
class OfHeldOutHalf : public Estimator {
 public:
  std::span<const Document> scored() const override { return held_out_; }

 protected:
  std::vector<Document> held_out_;
};

class Completion final : public OfHeldOutHalf {
 public:
  Completion(const Model& model, const EvaluateOptions& options)
      : scorer_(model.topics, model.hyper, static_cast<int>(options.inner_iterations),
                options.inner_tolerance, options.seed) {}

  void score(std::span<const Document> documents, std::uint64_t first_number,
             const Parallel& parallel, DocumentEstimates& estimates) override {
    scorer_.score(documents, first_number, parallel, scores_, held_out_);
    estimates.variance.clear();
    estimates.log_likelihood.resize(documents.size());
    std::transform(scores_.begin(), scores_.end(), estimates.log_likelihood.begin(),
                   [](const CompletionScorer::Score& score) { return score.log_likelihood; });
  }

 private:
  CompletionScorer scorer_;
  std::vector<CompletionScorer::Score> scores_;
};

class UnigramBaseline final : public OfHeldOutHalf {
 public:
  UnigramBaseline(const Model& model, const EvaluateOptions& options)
      : unigram_(model.word_counts), seed_(options.seed) {}

  void score(std::span<const Document> documents, std::uint64_t, const Parallel&,
             DocumentEstimates& estimates) override {
    held_out_.resize(documents.size());
    estimates.variance.clear();
    estimates.log_likelihood.resize(documents.size());
    for (std::size_t i = 0; i < documents.size(); ++i) {
      split_for_completion(documents[i].view(), seed_, observed_, held_out_[i]);
      estimates.log_likelihood[i] = unigram_.log_likelihood(held_out_[i].view());
    }
  }

 private:
  Unigram unigram_;
  std::uint64_t seed_;
  Document observed_;
};

// On whole documents, by a scorer that fills in estimates or their log likelihoods alone.
template <typename Scorer>
class OfWholeDocuments final : public Estimator {
 public:
  template <typename... Arguments>
  explicit OfWholeDocuments(Arguments&&... arguments)
      : scorer_(std::forward<Arguments>(arguments)...) {}

  void score(std::span<const Document> documents, std::uint64_t first_number,
             const Parallel& parallel, DocumentEstimates& estimates) override {
    documents_ = documents;
    if constexpr (requires { scorer_.score(documents, first_number, parallel, estimates); }) {
      scorer_.score(documents, first_number, parallel, estimates);
    } else {
      estimates.variance.clear();
      scorer_.score(documents, first_number, parallel, estimates.log_likelihood);
    }
  }
  std::span<const Document> scored() const override { return documents_; }

 private:
  Scorer scorer_;
  std::span<const Document> documents_;
};

// theta of each document fitted to all of it.
class PlugInScorer {
 public:
  PlugInScorer(const Topics& topics, const Hyperparameters& hyper, int max_iterations,
               double tolerance)
      : scorer_(topics, hyper, max_iterations, tolerance) {}
  void score(std::span<const Document> documents, std::uint64_t first_number,
             const Parallel& parallel, std::vector<double>& log_likelihood) {
    scorer_.score(documents, documents, first_number, parallel, log_likelihood);
  }

 private:
  ThetaScorer scorer_;
};

template <typename Scorer, typename... More>
std::unique_ptr<Estimator> of_whole_documents(const Model& model, More... more) {
  return std::make_unique<OfWholeDocuments<Scorer>>(model.topics, model.hyper, more...);
}

}  // namespace

const std::vector<EstimatorInfo>& estimators() {
  static const std::vector<EstimatorInfo> all = {
      {.name = "completion",
       .definition = "the second half of each document given its first half",
       .by_default = true},
      {.name = "bound",
       .definition = "whole documents by the document bound (Hoffman, Blei, Bach 2010, eq. 16): "
                     "a lower bound of the likelihood, so the figure is pessimistic",
       .by_default = true},
      {.name = "left-to-right",
       .definition = "whole documents by particles that draw all earlier topics again before each "
                     "token (Wallach et al. 2009), weighted so that the likelihood is unbiased"},
      {.name = "left-to-right-linear",
       .definition = "approximate: the same in linear time, with responsibilities in place of "
                     "drawn topics (Scott, Baldridge 2013)"},
      {.name = "importance",
       .definition = "whole documents by importance sampling of theta, half of it from the "
                     "prior; needs many samples where documents are long, and is too high till "
                     "then"},
      {.name = "plug-in",
       .definition = "not held out: whole documents under the theta that was fitted to these "
                     "very tokens, so the figure is too low",
       .held_out = false},
      {.name = "unigram",
       .definition = "baseline: the training corpus' word frequencies plus one, without topics, "
                     "on the tokens that completion scores",
       .by_default = true},
  };
  return all;
}

std::vector<std::string> named_estimators(const std::string& names) {
  std::vector<std::string> wanted;
  std::istringstream list(names);
  for (std::string name; std::getline(list, name, ',');) wanted.push_back(name);
  const bool all = wanted == std::vector<std::string>{"all"};
  std::vector<std::string> found;
  for (const EstimatorInfo& info : estimators()) {
    const auto same = std::find(wanted.begin(), wanted.end(), info.name);
    if (!all && same == wanted.end()) continue;
    if (!all) std::erase(wanted, info.name);
    found.push_back(info.name);
  }
  if (!all && !wanted.empty()) return {};
  return found;
}

std::unique_ptr<Estimator> make_estimator(const std::string& name, const Model& model,
                                          const EvaluateOptions& options) {
  const auto iterations = static_cast<int>(options.inner_iterations);
  const double tolerance = options.inner_tolerance;
  if (name == "completion") return std::make_unique<Completion>(model, options);
  if (name == "unigram") return std::make_unique<UnigramBaseline>(model, options);
  if (name == "bound") return of_whole_documents<BoundScorer>(model, iterations, tolerance);
  if (name == "plug-in") return of_whole_documents<PlugInScorer>(model, iterations, tolerance);
  if (name == "importance") {
    return of_whole_documents<ImportanceScorer>(model, iterations, tolerance,
                                                static_cast<int>(options.samples), options.seed);
  }
  if (name == "left-to-right") {
    return of_whole_documents<LeftToRightScorer>(model, static_cast<int>(options.particles),
                                                 options.seed);
  }
  return of_whole_documents<LinearLeftToRightScorer>(model, options.seed);
}

}  // namespace svi_lda
