#include "app/load_topics.h"

#include <utility>

#include "app/alpha_option.h"
#include "app/locate_model.h"
#include "corpus/corpus_reader.h"
#include "output/topics_file.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

// V as the corpus' header says; 0 where there is none, or where reading it would use it up.
std::uint32_t declared_words(const std::string& corpus, const std::string& corpus_format) {
  if (corpus == "-") return 0;
  OpenCorpusOptions open;
  open.format = corpus_format_from_name(corpus_format).value_or(CorpusFormat::kAuto);
  return open_corpus(corpus, open)->declared_vocab_size().value_or(0);
}

std::vector<double> alpha_of(const std::string& alpha, const TopicsFile& file) {
  if (alpha == "auto" && !file.alpha.empty()) return file.alpha;
  TrainOptions options;
  options.topics = file.topics.num_topics();
  options.alpha = alpha;
  const std::string broken = alpha_violation(options);
  if (!broken.empty()) throw Error(ErrorKind::kUsage, broken);
  if (alpha == "symmetric" || alpha == "asymmetric") {
    throw Error(ErrorKind::kUsage, "--alpha " + alpha + ": cannot be learned here",
                "give a number, or one for each topic");
  }
  read_alpha(options);
  resolve_alpha(options);
  return start_alpha(options);
}

}  // namespace

LoadedTopics load_topics(const std::string& path, const std::string& vocabulary,
                         const std::string& corpus, const std::string& corpus_format,
                         const std::string& alpha) {
  Vocabulary words = vocabulary.empty() ? Vocabulary() : Vocabulary::read(vocabulary);
  TopicsFile file =
      read_topics_file(path, words.empty() ? declared_words(corpus, corpus_format) : words.size());
  const bool own_words = !file.vocabulary.empty();
  std::vector<double> alphas = alpha_of(alpha, file);
  LoadedTopics loaded{
      {std::move(file.topics), {std::move(alphas), 0.0}, {}, {}, {}}, file.weighted, {}};
  loaded.model.vocabulary = own_words ? std::move(file.vocabulary) : std::move(words);
  loaded.model.word_counts.assign(loaded.model.topics.vocab_size(), 0);
  if (own_words) loaded.corpus_vocabulary = vocabulary;
  return loaded;
}

LoadedTopics load_evaluated(const EvaluateOptions& options, std::string& source) {
  if (options.topics.empty()) {
    return {load_model(options.run, source), true, options.vocabulary};
  }
  source = options.topics;
  return load_topics(options.topics, options.vocabulary, options.corpus, options.corpus_format,
                     options.alpha);
}

}  // namespace svi_lda
