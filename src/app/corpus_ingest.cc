#include "app/corpus_ingest.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "app/corpus_folder.h"
#include "app/corpus_input.h"
#include "base/random.h"
#include "corpus/cache.h"
#include "corpus/corpus_words.h"
#include "svi_lda/vectorize.h"

namespace svi_lda {
namespace {

constexpr std::uint64_t kDocsBetweenChecks = 1024;

bool chosen_for_held_out(const TrainOptions& options, DocumentView document) {
  RandomStream random(options.seed, RandomPurpose::kHeldOutChoice, content_hash(document));
  return random.uniform() < options.held_out_fraction;
}

VectorizeOptions vectorize_options(const TrainOptions& options) {
  VectorizeOptions text;
  text.inputs = corpus_input(options).paths();
  text.vocabulary = options.vocabulary;
  text.force = true;
  text.threads = options.threads;
  text.text = options.text;
  return text;
}

std::unique_ptr<CorpusReader> open_held_out(const TrainOptions& options,
                                            const Vocabulary& vocabulary,
                                            const std::string& vectorizer) {
  OpenCorpusOptions open;
  // What content cannot tell must be of the format of the training corpus.
  const auto format = corpus_format_from_name(options.corpus_format);
  if (format == CorpusFormat::kSvmlight || format == CorpusFormat::kMallet) open.format = *format;
  const CorpusInput input{options.held_out, {}, name_of(open.format), "rows"};
  if (auto named = open_named_documents(input, {}, {}, static_cast<int>(options.threads),
                                        vocabulary, vectorizer, options.held_out)) {
    return named;
  }
  if (!vocabulary.empty()) open.vocabulary = &vocabulary;
  auto reader = open_corpus(options.held_out, open);
  if (reader->words() != nullptr && vocabulary.empty()) {
    throw Error(ErrorKind::kInput, options.held_out, 0,
                "carries words, of which training knows only ids",
                "give --vocab FILE, or held-out documents of the same format as the corpus");
  }
  return reader;
}

}  // namespace

CorpusInput corpus_input(const TrainOptions& options) {
  return {options.corpus, options.further_corpora, options.corpus_format, options.documents_are};
}

void throw_if_stopped(const std::function<int()>& stopped) {
  if (stopped && stopped() != 0) {
    throw Error(ErrorKind::kStopped, "stopped while the corpus was being read",
                "nothing was trained yet; svi-lda resume RUN starts over");
  }
}

bool reads_standard_input(const TrainOptions& options) {
  return options.corpus == "-" ||
         std::find(options.further_corpora.begin(), options.further_corpora.end(), "-") !=
             options.further_corpora.end();
}

Error pipe_needed(const std::string& run) {
  return Error(ErrorKind::kInput,
               "the run read its corpus from standard input, and its cache is not complete",
               "send the corpus again: ... | svi-lda resume " + run + " --corpus -");
}

Error stream_needed(const std::string& run) {
  return Error(
      ErrorKind::kInput, "the run reads a stream from standard input, of which it keeps nothing",
      "send the stream again from its beginning: ... | svi-lda resume " + run + " --corpus -");
}

std::unique_ptr<CorpusReader> open_training_corpus(const TrainOptions& options,
                                                   const Vocabulary& vocabulary, bool read_ahead) {
  const CorpusInput input = corpus_input(options);
  OpenCorpusOptions open = input.open_options();
  open.read_ahead = read_ahead;
  open.vocab_size = vocabulary.size();
  if (!vocabulary.empty()) open.vocabulary = &vocabulary;
  auto reader = open_corpus(input.paths(), open);
  const auto declared = reader->declared_vocab_size();
  if (declared && !vocabulary.empty() && *declared != vocabulary.size()) {
    throw Error(ErrorKind::kInput, options.vocabulary, 0,
                "holds " + std::to_string(vocabulary.size()) + " words, but the header of " +
                    options.corpus + " says W = " + std::to_string(*declared),
                "give the vocabulary that belongs to this corpus");
  }
  return reader;
}

void warn_of_fields(const std::vector<std::string>& not_found) {
  for (const std::string& option : not_found) {
    spdlog::warn("{}: no document has this field", option);
  }
}

std::uint32_t vocab_size_before_reading(const TrainOptions& options, const CorpusReader& reader,
                                        Vocabulary& vocabulary) {
  const auto declared = reader.declared_vocab_size();
  if (declared && vocabulary.empty() && reader.words() != nullptr) {
    vocabulary = reader.words()->vocabulary();
  }
  const std::uint32_t size = vocabulary.empty() ? declared.value_or(0) : vocabulary.size();
  if (size == 0) {
    throw Error(ErrorKind::kInput, options.corpus, 0,
                "its format does not say how many words there are, which --corpus-size needs",
                "give --vocab FILE, or leave --corpus-size out");
  }
  return size;
}

std::uint64_t drop_unknown_words(Document& document, std::uint32_t vocab_size) {
  // Ids ascend, so the unknown ones are at the end.
  const auto known = std::lower_bound(document.words.begin(), document.words.end(), vocab_size);
  const auto keep = static_cast<std::size_t>(known - document.words.begin());
  std::uint64_t tokens = 0;
  for (std::size_t i = keep; i < document.counts.size(); ++i) tokens += document.counts[i];
  document.words.resize(keep);
  document.counts.resize(keep);
  return tokens;
}

void require_no_selection_of_words(const TrainOptions& options) {
  VectorizeOptions text = vectorize_options(options);
  text.output = options.output;
  if (const std::vector<std::string> broken = violations(text); !broken.empty()) {
    throw Error(ErrorKind::kUsage, broken.front());
  }
}

void warn_of_unmapped(const CorpusReader& reader, const std::string& corpus) {
  if (reader.unmapped_tokens() == 0) return;
  spdlog::warn("{}: {} tokens of words outside the vocabulary are left out", corpus,
               reader.unmapped_tokens());
}

std::uint32_t ingest_corpus(const TrainOptions& options, Vocabulary& vocabulary,
                            const RunDirectory& directory, const std::function<int()>& stopped) {
  auto reader = open_training_corpus(options, vocabulary, options.threads > 1);
  CacheWriter cache(directory.cache());
  std::unique_ptr<CacheWriter> held_out;
  if (options.held_out_fraction > 0.0) {
    held_out = std::make_unique<CacheWriter>(directory.held_out_cache());
  }
  Document document;
  std::uint64_t read = 0;
  while (reader->next(document)) {
    const bool aside =
        held_out && !document.view().empty() && chosen_for_held_out(options, document.view());
    (aside ? *held_out : cache).add(document.view());
    if (++read % kDocsBetweenChecks == 0) throw_if_stopped(stopped);
  }
  if (cache.summary().docs == 0) {
    throw Error(ErrorKind::kInput, options.corpus, 0, "holds no document to train on",
                held_out ? "lower --held-out-fraction" : "give a corpus with at least one token");
  }
  warn_of_unmapped(*reader, options.corpus);
  if (vocabulary.empty() && reader->words() != nullptr) {
    vocabulary = reader->words()->vocabulary();
  }
  std::uint32_t vocab_size = vocabulary.size();
  if (vocab_size == 0) vocab_size = reader->declared_vocab_size().value_or(reader->vocab_seen());
  cache.finish(vocab_size, vocabulary);
  if (held_out) {
    if (held_out->summary().docs == 0) {
      spdlog::warn("--held-out-fraction {}: no document was chosen", options.held_out_fraction);
    }
    held_out->finish(vocab_size);
  }
  return vocab_size;
}

void vectorize_for_run(const TrainOptions& options, const RunDirectory& directory,
                       const std::function<int()>& stopped) {
  VectorizeOptions text = vectorize_options(options);
  text.output = directory.corpus_folder();
  CorpusFolder(text.output).claim_for_run();
  const VectorizeResult result = vectorize(text, {stopped, {}});
  spdlog::info("{} documents of text ({} empty): {} words, {} tokens of {} found", result.docs,
               result.empty_docs, result.vocab_size, result.kept.tokens, result.found.tokens);
  if (result.invalid_bytes != 0) {
    spdlog::warn("{}: {} bytes are no UTF-8 and were read as U+FFFD", result.first_invalid,
                 result.invalid_bytes);
  }
  warn_of_fields(result.fields_not_found);
}

void ingest_held_out(const TrainOptions& options, const Vocabulary& vocabulary,
                     std::uint32_t vocab_size, const std::string& vectorizer,
                     const RunDirectory& directory, const std::function<int()>& stopped) {
  auto reader = open_held_out(options, vocabulary, vectorizer);
  CacheWriter cache(directory.held_out_cache());
  Document document;
  std::uint64_t read = 0;
  std::uint64_t unknown = 0;
  while (reader->next(document)) {
    unknown += drop_unknown_words(document, vocab_size);
    cache.add(document.view());
    if (++read % kDocsBetweenChecks == 0) throw_if_stopped(stopped);
  }
  if (cache.summary().docs == 0) {
    throw Error(ErrorKind::kInput, options.held_out, 0,
                "holds no document with a word of the training vocabulary",
                "give held-out documents of the same vocabulary");
  }
  unknown += reader->unmapped_tokens();
  if (unknown > 0) {
    spdlog::warn("{}: {} held-out tokens are outside the vocabulary and left out", options.held_out,
                 unknown);
  }
  cache.finish(vocab_size);
}

}  // namespace svi_lda
