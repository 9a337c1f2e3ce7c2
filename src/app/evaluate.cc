#include "svi_lda/evaluate.h"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "app/collapse.h"
#include "app/document_chunks.h"
#include "app/estimators.h"
#include "app/foreign_figures.h"
#include "app/load_topics.h"
#include "app/score_topics.h"
#include "base/isa.h"
#include "eval/ratio_estimate.h"
#include "eval/topic_information.h"
#include "eval/unigram.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::size_t kDocsAtATime = 512;

// One estimator and what it has said so far.
class Scoreboard {
 public:
  Scoreboard(const std::string& name, const Model& model, const EvaluateOptions& options)
      : estimator_(make_estimator(name, model, options)) {
    figure_.name = name;
  }

  void add(const DocumentChunks& chunks, const Unigram& unigram, const Parallel& parallel) {
    estimator_->score(chunks.documents, chunks.first_number, parallel, estimates_);
    const std::span<const Document> scored = estimator_->scored();
    for (std::size_t i = 0; i < scored.size(); ++i) {
      const DocumentView document = scored[i].view();
      const std::uint64_t tokens = document.tokens();
      if (chunks.documents[i].words.empty()) {
        ++figure_.empty_docs;
      } else if (tokens == 0) {
        ++figure_.one_token_docs;
      }
      total_.add(estimates_.log_likelihood[i], tokens);
      unigram_.add(unigram.log_likelihood(document), tokens);
      if (estimates_.variance.empty()) continue;
      draws_ = true;
      variance_ += estimates_.variance[i];
    }
  }

  Figure figure() const {
    Figure figure = figure_;
    figure.perplexity = total_.perplexity();
    figure.nats_per_token = total_.nats_per_token();
    figure.standard_error_nats = total_.standard_error_nats();
    figure.standard_error = total_.standard_error();
    figure.unigram = unigram_.perplexity();
    figure.tokens = total_.tokens();
    figure.docs = total_.docs();
    if (draws_ && std::isfinite(variance_)) {
      figure.sampling_error =
          figure.perplexity * std::sqrt(variance_) / static_cast<double>(figure.tokens);
    }
    return figure;
  }

 private:
  std::unique_ptr<Estimator> estimator_;
  Figure figure_;
  RatioEstimate total_;
  RatioEstimate unigram_;
  bool draws_ = false;
  double variance_ = 0.0;
  DocumentEstimates estimates_;
};

[[noreturn]] void fail_unscored(const Figure& figure, const EvaluateResult& result,
                                const std::string& corpus) {
  const std::string needs =
      result.tokens == 0 ? "a token of the model's vocabulary"
                         : "two tokens of the model's vocabulary, which " + figure.name + " needs";
  throw Error(ErrorKind::kInput, corpus, 0, "no document has " + needs,
              result.tokens == 0 && result.out_of_vocabulary > 0
                  ? "check that the ids are those of the model, or give --vocab FILE"
                  : "give longer documents");
}

// Of topics that another program has left there is neither a posterior, which the bound needs, nor
// a training corpus, whose words are the baseline.
std::vector<std::string> estimators_for(const EvaluateOptions& options) {
  std::vector<std::string> names = named_estimators(options.estimators);
  if (!options.topics.empty()) {
    std::erase_if(names,
                  [](const std::string& name) { return name == "bound" || name == "unigram"; });
  }
  return names;
}

// Says where topics tell nothing about these documents, or nothing at all.
std::vector<std::string> warnings_of(const EvaluateResult& result, const Model& model,
                                     const Parallel& parallel) {
  std::vector<std::string> warnings;
  const bool has_likelihood =
      std::any_of(result.figures.begin(), result.figures.end(), [](const Figure& figure) {
        return figure.name != "bound" && figure.name != "plug-in" && figure.name != "unigram";
      });
  for (const Figure& figure : result.figures) {
    if (figure.name == "unigram" || !(figure.perplexity >= figure.unigram)) continue;
    // A bound that is bad says little where a likelihood was estimated too.
    if (figure.name == "bound" && has_likelihood) continue;
    warnings.push_back(fmt::format(
        "{} ({:.1f}) is not better than the unigram baseline ({:.1f}): the topics tell nothing "
        "about these documents; train longer, or check that the vocabularies agree",
        figure.name, figure.perplexity, figure.unigram));
    break;
  }
  const double num_topics = model.topics.num_topics();
  if (num_topics >= 2 && topic_information(model.topics, model.hyper.word_prior(), parallel) <
                             kCollapsedBelow * std::log(num_topics)) {
    warnings.push_back(
        "all topics are alike, so that the model is the unigram model: it has collapsed in "
        "training; train with a smaller --eta or --alpha, or more passes");
  }
  return warnings;
}

}  // namespace

std::vector<std::string> violations(const EvaluateOptions& options) {
  std::vector<std::string> found;
  if (named_estimators(options.estimators).empty()) {
    std::string names;
    for (const EstimatorInfo& info : estimators()) names.append(info.name).append(", ");
    found.push_back(
        fmt::format("--estimator '{}': must be all, or names with commas between them of {}",
                    options.estimators, names.substr(0, names.size() - 2)));
  }
  if (!options.compat.empty() && options.compat != "scikit-learn" && options.compat != "gensim") {
    found.push_back(fmt::format("--compat '{}': must be scikit-learn or gensim", options.compat));
  }
  const auto within = [&](const char* name, std::int64_t value, std::int64_t least,
                          std::int64_t most) {
    if (value >= least && value <= most) return;
    found.push_back(fmt::format("--{} {}: must be in [{}, {}]", name, value, least, most));
  };
  if (options.topics.empty() && options.alpha != "auto") {
    found.push_back("--alpha: a model has its own; give it with --topics FILE");
  }
  if (!options.topics.empty() && !options.compat.empty()) {
    found.push_back("--compat: its figures need a model, not --topics");
  }
  if (!options.topics.empty() && !named_estimators(options.estimators).empty() &&
      estimators_for(options).empty()) {
    found.push_back("--estimator: bound and unigram need a model; of --topics give completion");
  }
  if (!options.coherence && !options.quality.reference.empty()) {
    found.push_back("--reference: only --coherence counts words in it");
  }
  if (options.quality.top < 2 || options.quality.top > 1000) {
    found.push_back(fmt::format("--top {}: must be in [2, 1000]", options.quality.top));
  }
  within("particles", options.particles, 1, 100'000);
  within("samples", options.samples, 2, 10'000'000);
  return found;
}

const Figure& EvaluateResult::figure(std::string_view name) const {
  const auto found = std::find_if(figures.begin(), figures.end(),
                                  [&](const Figure& figure) { return figure.name == name; });
  if (found == figures.end()) {
    throw Error(ErrorKind::kUsage,
                fmt::format("'{}': not among the estimators of this evaluation", name));
  }
  return *found;
}

EvaluateResult evaluate(const EvaluateOptions& options,
                        const std::function<void(std::uint64_t docs)>& progress) {
  const std::vector<std::string> wrong = violations(options);
  if (!wrong.empty()) throw Error(ErrorKind::kUsage, wrong.front());
  EvaluateResult result;
  use_isa("auto");
  const LoadedTopics evaluated = load_evaluated(options, result.model);
  const Model& model = evaluated.model;
  if (!options.topics.empty()) result.alpha = model.hyper.alpha;
  const Parallel parallel(options.threads > 0 ? static_cast<int>(options.threads)
                                              : available_processors());
  if (options.coherence) {
    result.topic_quality = score_evaluated_topics(evaluated, options, parallel);
  }
  DocumentChunks chunks(
      {options.corpus, options.further_corpora, options.corpus_format, options.documents_are},
      evaluated.corpus_vocabulary, options.text, parallel.threads(), model, result.model);
  const Unigram unigram(model.word_counts);
  std::vector<Scoreboard> boards;
  for (const std::string& name : estimators_for(options)) {
    boards.emplace_back(name, model, options);
  }
  ForeignFigures foreign(options.compat, model);
  while (chunks.next(kDocsAtATime)) {
    for (Scoreboard& board : boards) board.add(chunks, unigram, parallel);
    foreign.add(chunks.documents, chunks.first_number, parallel);
    for (std::size_t i = 0; i < chunks.documents.size(); ++i) {
      const std::uint64_t tokens = chunks.documents[i].view().tokens();
      ++result.docs;
      if (tokens == 0) ++result.empty_docs;
      result.tokens += tokens;
      result.out_of_vocabulary += chunks.unknown[i];
    }
    if (progress) progress(result.docs);
  }
  for (const Scoreboard& board : boards) {
    result.figures.push_back(board.figure());
    if (result.figures.back().tokens == 0) {
      fail_unscored(result.figures.back(), result, options.corpus);
    }
    if (!options.topics.empty()) {
      result.figures.back().unigram = std::numeric_limits<double>::quiet_NaN();
    }
  }
  result.foreign = foreign.figures(parallel);
  result.warnings = warnings_of(result, model, parallel);
  return result;
}

}  // namespace svi_lda
