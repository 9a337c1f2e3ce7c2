#include "corpus/corpus_reader.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "corpus/byte_source.h"
#include "corpus/cache.h"
#include "corpus/cache_corpus.h"
#include "corpus/chained_corpus.h"
#include "corpus/corpus_files.h"
#include "corpus/corpus_words.h"
#include "corpus/ldac_reader.h"
#include "corpus/line_reader.h"
#include "corpus/mallet_reader.h"
#include "corpus/mapped_corpus.h"
#include "corpus/matrix_market_reader.h"
#include "corpus/npz_corpus.h"
#include "corpus/read_ahead.h"
#include "corpus/recognise.h"
#include "corpus/svmlight_reader.h"
#include "corpus/uci_reader.h"
#include "corpus/vocabulary.h"
#include "corpus/vw_reader.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr struct {
  CorpusFormat format;
  const char* name;
} kFormatNames[] = {
    {CorpusFormat::kAuto, "auto"},        {CorpusFormat::kUci, "uci"},
    {CorpusFormat::kLdac, "ldac"},        {CorpusFormat::kSvmlight, "svmlight"},
    {CorpusFormat::kMatrixMarket, "mtx"}, {CorpusFormat::kVw, "vw"},
    {CorpusFormat::kNpz, "npz"},          {CorpusFormat::kMallet, "mallet"},
    {CorpusFormat::kCache, "cache"},
};

bool is_matrix(CorpusFormat format) {
  return format == CorpusFormat::kMatrixMarket || format == CorpusFormat::kNpz;
}

using Words = std::shared_ptr<CorpusWords>;

Words table_for(const OpenCorpusOptions& options) {
  return options.vocabulary != nullptr ? std::make_shared<CorpusWords>(*options.vocabulary)
                                       : std::make_shared<CorpusWords>();
}

std::unique_ptr<CorpusReader> read_lines(LineReader lines, const Recognised& recognised,
                                         const OpenCorpusOptions& options, Words& words) {
  const bool carries_words =
      recognised.format == CorpusFormat::kVw || recognised.format == CorpusFormat::kMallet;
  if (carries_words && !words) words = table_for(options);
  switch (recognised.format) {
    case CorpusFormat::kUci:
      return read_uci(std::move(lines));
    case CorpusFormat::kSvmlight:
      return read_svmlight(std::move(lines), options.vocab_size);
    case CorpusFormat::kMatrixMarket:
      return read_matrix_market(std::move(lines), options.documents_are);
    case CorpusFormat::kVw:
      return read_vw(std::move(lines), words);
    case CorpusFormat::kMallet:
      return read_mallet(std::move(lines), words);
    default:
      return read_ldac(std::move(lines), options.vocab_size, recognised.empty_lines);
  }
}

// `words`: the table of the parts before, made by the first part that needs one.
std::unique_ptr<CorpusReader> open_source(std::unique_ptr<ByteSource> source,
                                          const std::string& path, const OpenCorpusOptions& options,
                                          Words& words) {
  if (options.format == CorpusFormat::kCache || options.format == CorpusFormat::kNpz) {
    throw Error(
        ErrorKind::kInput, display_name(path), 0,
        std::string("the format ").append(name_of(options.format)) + " is read from a file only",
        "give its path");
  }
  std::unique_ptr<ByteSource> text = decompress(std::move(source), path);
  if (options.read_ahead && path != "-") text = read_ahead(std::move(text));
  LineReader lines(std::move(text), path, kMaxDocumentLine);
  Recognised recognised{options.format, 0};
  if (options.format == CorpusFormat::kAuto) {
    recognised = recognise(lines);
    lines.set_guess(name_of(recognised.format));
  }
  return read_lines(std::move(lines), recognised, options, words);
}

std::unique_ptr<CorpusReader> open_part(const std::string& path, const OpenCorpusOptions& options,
                                        Words& words) {
  const bool automatic = options.format == CorpusFormat::kAuto && path != "-";
  if (path != "-" && (options.format == CorpusFormat::kCache || (automatic && is_cache(path)))) {
    auto reader = read_cache_corpus(path);
    if (options.vocabulary == nullptr || reader->words() == nullptr) return reader;
    return map_corpus(std::move(reader), *options.vocabulary);
  }
  if (path != "-" && (options.format == CorpusFormat::kNpz || (automatic && is_zip(path)))) {
    return read_npz_corpus(path, options.documents_are);
  }
  return open_source(open_file(path), path, options, words);
}

// --documents-are means something for matrices only; left unsaid it would mislead.
std::unique_ptr<CorpusReader> checked(std::unique_ptr<CorpusReader> reader,
                                      const OpenCorpusOptions& options) {
  if (options.documents_are == DocumentsAre::kColumns && !is_matrix(reader->format())) {
    throw Error(ErrorKind::kUsage,
                "--documents-are columns: " + display_name(reader->path()) + " is of the format " +
                    name_of(reader->format()),
                "it is for matrices (mtx, npz); leave it out");
  }
  return reader;
}

}  // namespace

std::optional<CorpusFormat> corpus_format_from_name(const std::string& name) {
  for (const auto& known : kFormatNames) {
    if (name == known.name) return known.format;
  }
  return std::nullopt;
}

std::optional<CorpusFormat> corpus_format_from_path(const std::string& path) {
  std::filesystem::path name = std::filesystem::path(path).filename();
  for (const char* packed : {".gz", ".bz2", ".zst", ".xz"}) {
    if (name.extension() == packed) name = name.stem();
  }
  const std::string suffix = name.extension().string();
  if (suffix == ".svm" || suffix == ".libsvm") return CorpusFormat::kSvmlight;
  if (suffix == ".txt") {
    const bool docword = name.stem().string().find("docword") != std::string::npos;
    return docword ? std::optional(CorpusFormat::kUci) : std::nullopt;
  }
  const auto format = suffix.empty() ? std::nullopt : corpus_format_from_name(suffix.substr(1));
  return format == CorpusFormat::kAuto ? std::nullopt : format;
}

const char* name_of(CorpusFormat format) {
  return std::find_if(std::begin(kFormatNames), std::end(kFormatNames),
                      [&](const auto& known) { return known.format == format; })
      ->name;
}

std::optional<DocumentsAre> documents_are_from_name(const std::string& name) {
  if (name == "rows") return DocumentsAre::kRows;
  if (name == "columns") return DocumentsAre::kColumns;
  return std::nullopt;
}

std::unique_ptr<CorpusReader> open_corpus(const std::vector<std::string>& paths,
                                          const OpenCorpusOptions& options) {
  // The caller's vocabulary need not live as long as the reader, which opens parts later.
  Words words;
  std::shared_ptr<Vocabulary> vocabulary;
  OpenCorpusOptions of_parts = options;
  if (options.vocabulary != nullptr) {
    vocabulary = std::make_shared<Vocabulary>(*options.vocabulary);
    of_parts.vocabulary = vocabulary.get();
  }
  return checked(chain_corpora(corpus_files(paths),
                               [of_parts, vocabulary, words](const std::string& path) mutable {
                                 return open_part(path, of_parts, words);
                               }),
                 options);
}

std::unique_ptr<CorpusReader> open_corpus(const std::string& path,
                                          const OpenCorpusOptions& options) {
  return open_corpus(std::vector<std::string>{path}, options);
}

std::unique_ptr<CorpusReader> open_corpus(std::unique_ptr<ByteSource> source,
                                          const std::string& path,
                                          const OpenCorpusOptions& options) {
  Words words;
  return checked(open_source(std::move(source), path, options, words), options);
}

}  // namespace svi_lda
