#include "svi_lda/vectorize.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "app/corpus_folder.h"
#include "app/run_directory.h"
#include "app/text_options.h"
#include "app/vectorizer_file.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/parallel.h"
#include "corpus/cache.h"
#include "svi_lda/error.h"
#include "text/count_terms.h"
#include "text/select_terms.h"
#include "text/term_spool.h"
#include "text/text_batch.h"

namespace svi_lda {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMaxThreads = 4096;

// The folder to write, made where it is missing and gone again where nothing comes of it.
class NewFolder {
 public:
  NewFolder(const CorpusFolder& folder, bool replace) : folder_(folder) {
    if (RunDirectory(folder.path()).has_content() && !replace) {
      throw Error(ErrorKind::kIo, folder.path(), 0, "is not empty",
                  "choose another --output, or add --force to replace the corpus in it");
    }
    std::error_code error;
    made_ = fs::create_directories(folder.path(), error);
    if (error) {
      throw Error(ErrorKind::kIo, folder.path(), 0,
                  "cannot be created: " + reason_for(error.value()), hint_for(error.value()));
    }
  }
  ~NewFolder() {
    std::error_code ignored;
    if (made_) fs::remove(folder_.path(), ignored);  // only if it is empty
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

 private:
  const CorpusFolder& folder_;
  bool made_ = false;
};

// A cache under a temporary name.
class PendingCache {
 public:
  explicit PendingCache(std::string path)
      : path_(std::move(path)),
        temporary_(path_ + ".tmp-" + std::to_string(::getpid())),
        writer_(std::make_unique<CacheWriter>(temporary_)) {}
  ~PendingCache() {
    writer_.reset();
    std::error_code ignored;
    if (!committed_) fs::remove(temporary_, ignored);
  }
  PendingCache(const PendingCache&) = delete;
  PendingCache& operator=(const PendingCache&) = delete;

  CacheWriter& writer() { return *writer_; }
  void finish(const Vocabulary& words) { writer_->finish(words.size(), words); }
  void commit() {
    commit_file(temporary_, path_);
    committed_ = true;
  }

 private:
  std::string path_;
  std::string temporary_;
  std::unique_ptr<CacheWriter> writer_;
  bool committed_ = false;
};

// Says how far it has come, and stops where that is asked for.
void report(const VectorizeCallbacks& callbacks, std::uint64_t docs, std::uint64_t total_docs) {
  if (callbacks.progress) callbacks.progress(docs, total_docs);
  if (callbacks.stop_signal && callbacks.stop_signal() != 0) {
    throw Error(ErrorKind::kStopped, "stopped while the text was being read",
                "nothing was written; start again");
  }
}

// First pass: counts the terms of all documents into the spool.
void count_documents(TextStream& stream, TermCounter& counter, TermSpool& spool,
                     TermStatistics& statistics, const VectorizeCallbacks& callbacks) {
  TextBatch batch;
  TextBatch ahead;
  std::vector<Document> documents;
  std::uint64_t docs = 0;
  read_batch(stream, batch);
  while (!batch.empty()) {
    counter.count(batch.texts, documents,
                  BesideTasks{1, [&](std::size_t) { read_batch(stream, ahead); }});
    for (std::size_t i = 0; i < documents.size(); ++i) {
      statistics.add(documents[i].view());
      spool.add(batch.rows[i], documents[i].view());
    }
    docs += documents.size();
    std::swap(batch, ahead);
    report(callbacks, docs, 0);
  }
}

// In the numbers of the vocabulary, dropped terms left out.
void select_in(const TermSelection& selection, Document& document) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> kept;
  kept.reserve(document.words.size());
  for (std::size_t i = 0; i < document.words.size(); ++i) {
    const std::uint32_t place = selection.place[document.words[i]];
    if (place != TermSelection::kDropped) kept.emplace_back(place, document.counts[i]);
  }
  std::sort(kept.begin(), kept.end());
  document.clear();
  for (const auto& [place, count] : kept) {
    document.words.push_back(place);
    document.counts.push_back(count);
  }
}

// Second pass: the documents of the spool into the cache, a row each into documents.tsv.
void write_documents(TermSpool& spool, const TermSelection& selection, const Parallel& parallel,
                     CacheWriter& cache, PendingFile& table, std::uint64_t docs,
                     const VectorizeCallbacks& callbacks) {
  constexpr std::size_t kDocs = 4096;
  constexpr std::size_t kDocsInChunk = 64;
  std::vector<std::string> rows(kDocs);
  std::vector<Document> documents(kDocs);
  std::uint64_t number = 0;
  table.write("document\tplace\tid\ttitle\tlabel\tdate\ttokens\n");
  spool.rewind();
  for (bool more = true; more;) {
    std::size_t n = 0;
    while (n < kDocs && (more = spool.next(rows[n], documents[n]))) ++n;
    parallel.for_chunks(n, kDocsInChunk, [&](std::size_t begin, std::size_t end, int) {
      for (std::size_t i = begin; i < end; ++i) select_in(selection, documents[i]);
    });
    std::string text;
    for (std::size_t i = 0; i < n; ++i) {
      const DocumentView document = documents[i].view();
      cache.add(document);
      text.append(std::to_string(++number)).append("\t");
      text.append(document.empty() ? "-" : std::to_string(cache.summary().docs)).append("\t");
      text.append(rows[i]).append("\t").append(std::to_string(document.tokens())).append("\n");
    }
    table.write(text);
    report(callbacks, number, docs);
  }
}

// The selection that leaves a given vocabulary as it is; what is outside of it has its size as id.
TermSelection all_of(const Vocabulary& vocabulary, const TermStatistics& statistics) {
  TermSelection selection;
  selection.vocabulary = vocabulary.words();
  for (std::uint32_t id = 0; id < vocabulary.size(); ++id) {
    selection.place.push_back(id);
    if (id < statistics.tokens.size() && statistics.tokens[id] != 0) {
      ++selection.kept.terms;
      selection.kept.tokens += statistics.tokens[id];
    }
  }
  selection.place.push_back(TermSelection::kDropped);
  selection.found = selection.kept;
  if (statistics.tokens.size() > vocabulary.size()) {
    selection.found.tokens += statistics.tokens[vocabulary.size()];
  }
  return selection;
}

TermSelection selected(const VectorizeOptions& options, const Vocabulary& vocabulary,
                       const TermCounter& counter, const TermStatistics& statistics,
                       std::uint64_t docs) {
  if (!vocabulary.empty()) return all_of(vocabulary, statistics);
  return select_terms(
      counter.terms(), statistics,
      {parse_df(options.text.min_df, docs).value_or(0.0),
       parse_df(options.text.max_df, docs).value_or(0.0), options.text.max_features});
}

WordCount to_count(const TermTotals& totals) { return {totals.terms, totals.tokens}; }

VectorizeResult result_of(const TextStream& stream, const TermsLeftOut& left_out,
                          const TermSelection& selection, const CorpusSummary& summary) {
  const EncodingCount encoding = stream.encoding();
  VectorizeResult result;
  result.docs = stream.documents();
  result.empty_docs = summary.empty_docs;
  result.bytes = encoding.bytes;
  result.invalid_bytes = encoding.invalid;
  result.first_invalid = stream.first_invalid();
  result.stop_words = {
      static_cast<std::uint64_t>(
          std::count(left_out.stop_words_found.begin(), left_out.stop_words_found.end(), true)),
      left_out.stop_words};
  result.too_long = {0, left_out.too_long};
  result.found = {selection.found.terms + result.stop_words.types,
                  selection.found.tokens + result.stop_words.tokens + left_out.too_long};
  result.below_min_df = to_count(selection.below_min);
  result.above_max_df = to_count(selection.above_max);
  result.beyond_max_features = to_count(selection.beyond_max_features);
  result.kept = to_count(selection.kept);
  result.out_of_vocabulary = {0, selection.found.tokens - selection.kept.tokens -
                                     result.below_min_df.tokens - result.above_max_df.tokens -
                                     result.beyond_max_features.tokens};
  result.numbers = left_out.words.numbers;
  result.emoji = left_out.words.emoji;
  result.vocab_size = static_cast<std::uint32_t>(selection.vocabulary.size());
  return result;
}

[[noreturn]] void fail_without_words(const VectorizeOptions& options,
                                     const TermSelection& selection) {
  const std::string path = options.inputs.empty() ? options.files_from : options.inputs.front();
  const bool found = selection.found.tokens != 0;
  throw Error(ErrorKind::kInput, display_name(path), 0,
              found ? "no document has a word that is kept" : "no document has a word",
              !found ? "check --text-field, --token-pattern and --stop-words"
              : options.vocabulary.empty()
                  ? "lower --min-df or raise --max-df"
                  : "check that --vocab has words as text has them, in lower case");
}

std::string lines_of(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(word).append("\n");
  return text;
}

}  // namespace

std::vector<std::string> violations(const VectorizeOptions& o) {
  std::vector<std::string> broken = violations(o.text);
  if (o.inputs.empty() && o.files_from.empty()) {
    broken.emplace_back(
        "INPUT: must be given (a file, a folder, - for standard input), or --files-from");
  }
  if (o.output.empty()) broken.emplace_back("--output: must be given (the folder to write)");
  if (std::count(o.inputs.begin(), o.inputs.end(), "-") + (o.files_from == "-" ? 1 : 0) > 1) {
    broken.emplace_back("INPUT '-': standard input can be read only once");
  }
  if (o.threads < 0 || o.threads > kMaxThreads) {
    broken.emplace_back("--threads " + std::to_string(o.threads) +
                        ": must lie in [1, 4096], or be 0 for all processors");
  }
  const TextOptions defaults;
  if (!o.vocabulary.empty() && (o.text.min_df != defaults.min_df ||
                                o.text.max_df != defaults.max_df || o.text.max_features != 0)) {
    broken.emplace_back(
        "--vocab with --min-df, --max-df or --max-features: the vocabulary is given; leave them "
        "out");
  }
  return broken;
}

VectorizeResult vectorize(const VectorizeOptions& given, const VectorizeCallbacks& callbacks) {
  const Clock::time_point began = Clock::now();
  if (const std::vector<std::string> broken = violations(given); !broken.empty()) {
    throw Error(ErrorKind::kUsage, broken.front());
  }
  VectorizeOptions options = given;
  if (options.files_from.empty()) resolve_text_format(options.inputs, options.text);
  const AnalyzerOptions analyzer = analyzer_options(options.text);
  Vocabulary vocabulary;
  if (!options.vocabulary.empty()) vocabulary = Vocabulary::read(options.vocabulary);
  const std::optional<TextFormat> format = text_format(options.text);
  std::vector<TextSource> sources = list_text_sources(options.inputs, format);
  if (!options.files_from.empty()) {
    for (TextSource& source : listed_text_sources(options.files_from, format)) {
      sources.push_back(std::move(source));
    }
  }
  const Parallel parallel(options.threads > 0 ? static_cast<int>(options.threads)
                                              : available_processors());
  TextStream stream(std::move(sources), text_fields(options.text));
  TermCounter counter(analyzer, parallel);
  if (!vocabulary.empty()) counter.fix_vocabulary(vocabulary);

  const CorpusFolder folder(options.output);
  const NewFolder made(folder, options.force);
  TermSpool spool(folder.path());
  TermStatistics statistics;
  count_documents(stream, counter, spool, statistics, callbacks);
  const TermSelection selection =
      selected(options, vocabulary, counter, statistics, stream.documents());

  PendingCache cache(folder.cache());
  PendingFile table(folder.documents());
  write_documents(spool, selection, parallel, cache.writer(), table, stream.documents(), callbacks);
  if (cache.writer().summary().docs == 0) fail_without_words(options, selection);
  cache.finish(Vocabulary(selection.vocabulary));
  PendingFile words(folder.vocabulary());
  words.write(lines_of(selection.vocabulary));
  PendingFile how(folder.vectorizer());
  how.write(vectorizer_to_json(folder.vectorizer(), options.text, analyzer));
  // Without its cache a folder is no corpus: the old one goes first, the new one comes last.
  std::error_code ignored;
  fs::remove(folder.cache(), ignored);
  words.commit();
  table.commit();
  how.commit();
  cache.commit();

  VectorizeResult result =
      result_of(stream, counter.left_out(), selection, cache.writer().summary());
  result.fields_not_found = fields_not_found(text_fields(options.text), stream.found());
  result.seconds = seconds_since(began);
  return result;
}

}  // namespace svi_lda
