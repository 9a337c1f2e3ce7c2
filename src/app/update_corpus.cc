#include "app/update_corpus.h"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "app/corpus_ingest.h"
#include "corpus/cache.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr std::size_t kDocsAtATime = 512;

// Reads documents into a cache of ids of the model; returns the tokens that were left out.
std::uint64_t ingest(const CorpusInput& input, const TrainOptions& options, const KnownWords& known,
                     const std::string& source, const std::string& path,
                     const std::function<int()>& stopped) {
  DocumentChunks chunks(input, options.vocabulary, options.text, static_cast<int>(options.threads),
                        known, source);
  CacheWriter cache(path);
  std::uint64_t unknown = 0;
  while (chunks.next(kDocsAtATime)) {
    for (std::size_t i = 0; i < chunks.documents.size(); ++i) {
      cache.add(chunks.documents[i].view());
      unknown += chunks.unknown[i];
    }
    throw_if_stopped(stopped);
  }
  const CorpusSummary summary = cache.summary();
  if (summary.docs == 0) {
    throw Error(ErrorKind::kInput, input.corpus, 0,
                unknown > 0 ? fmt::format("no word of its {} tokens is one of the model's", unknown)
                            : std::string("holds no document with a token"),
                unknown > 0 ? "check that it is of the same language and made into words the same "
                              "way, or train a model of its own"
                            : "give documents with at least one token");
  }
  cache.finish(known.vocab_size, known.vocabulary);
  const auto docs = fmt::format("{} document{}", summary.docs, summary.docs == 1 ? "" : "s");
  const std::string empty = summary.empty_docs > 0
                                ? fmt::format(" ({} more without a known word)", summary.empty_docs)
                                : std::string();
  spdlog::info(
      "{}: {}{}, {} tokens; {} outside the model's vocabulary ({:.1f}%), left out", input.corpus,
      docs, empty, summary.tokens, unknown,
      100.0 * static_cast<double>(unknown) / static_cast<double>(summary.tokens + unknown));
  return unknown;
}

CorpusInput held_out_input(const TrainOptions& options) {
  // What content cannot tell must be of the format of the new documents.
  const bool told = options.corpus_format == "svmlight" || options.corpus_format == "mallet";
  return {options.held_out, {}, told ? options.corpus_format : "auto", "rows"};
}

}  // namespace

std::unique_ptr<TrainingCorpus> open_update_corpus(
    const TrainOptions& options, const RunDirectory& directory, const KnownWords& known,
    const std::string& source, const std::optional<RunCorpus>& expected, bool may_read_pipe,
    const std::function<int()>& stopped, std::uint64_t& out_of_vocabulary) {
  const bool wants_held_out = !options.held_out.empty();
  std::unique_ptr<CacheReader> cache;
  std::unique_ptr<CacheReader> held_out;
  if (expected) {
    cache = open_if_complete(directory.cache());
    if (cache && cache->summary().fingerprint != expected->fingerprint) cache.reset();
    if (wants_held_out) held_out = open_if_complete(directory.held_out_cache());
  }
  if (!cache) {
    if (reads_standard_input(options) && !may_read_pipe) throw pipe_needed(directory.path());
    out_of_vocabulary =
        ingest(corpus_input(options), options, known, source, directory.cache(), stopped);
    cache = std::make_unique<CacheReader>(directory.cache());
    if (expected) require_same(options, *expected, cache->summary());
  }
  if (wants_held_out && !held_out) {
    ingest(held_out_input(options), options, known, source, directory.held_out_cache(), stopped);
    held_out = std::make_unique<CacheReader>(directory.held_out_cache());
  }
  return cached_corpus(options, known.vocabulary, known.vectorizer, std::move(cache),
                       std::move(held_out));
}

}  // namespace svi_lda
