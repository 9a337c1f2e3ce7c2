#include "corpus/corpus_reader.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "corpus/byte_source.h"
#include "corpus/cache.h"
#include "corpus/ldac_reader.h"
#include "corpus/line_reader.h"
#include "corpus/number.h"
#include "corpus/read_ahead.h"
#include "corpus/uci_reader.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr struct {
  CorpusFormat format;
  const char* name;
} kFormatNames[] = {
    {CorpusFormat::kAuto, "auto"},
    {CorpusFormat::kUci, "uci"},
    {CorpusFormat::kLdac, "ldac"},
    {CorpusFormat::kCache, "cache"},
};

// A cache, front to back.
class CacheCorpusReader final : public CorpusReader {
 public:
  explicit CacheCorpusReader(const std::string& path) : cache_(path) {
    if (cache_.summary().docs == 0) {
      throw Error(ErrorKind::kInput, path, 0, "no document has a word",
                  "give a corpus with at least one token");
    }
  }

  bool next(Document& document) override {
    if (next_ == cache_.summary().docs) {
      document.clear();
      return false;
    }
    cache_.read(next_++, document);
    vocab_seen_ = std::max(vocab_seen_, document.words.back() + 1);
    entries_mapped_ += document.words.size();
    if (entries_mapped_ > kEntriesMapped) {
      cache_.release_pages();
      entries_mapped_ = 0;
    }
    return true;
  }

  std::optional<std::uint32_t> declared_vocab_size() const override {
    return cache_.summary().vocab_size;
  }
  std::optional<std::uint64_t> declared_docs() const override { return cache_.summary().docs; }
  CorpusFormat format() const override { return CorpusFormat::kCache; }
  const std::string& path() const override { return cache_.path(); }
  std::uint32_t vocab_seen() const override { return vocab_seen_; }
  std::uint64_t line() const override { return 0; }

 private:
  // Entries to read between two releases of pages: about 5 MB.
  static constexpr std::uint64_t kEntriesMapped = std::uint64_t{1} << 20;

  CacheReader cache_;
  std::uint64_t next_ = 0;
  std::uint64_t entries_mapped_ = 0;
  std::uint32_t vocab_seen_ = 0;
};

// The format of a text, from its first lines.
struct Recognised {
  CorpusFormat format = CorpusFormat::kAuto;
  std::uint64_t empty_lines = 0;  // lines "0" in front of the line that told the format
};

// Leaves `lines` before the line that told the format: the first that is neither blank nor "0".
// A line "0" may be an empty document of LDA-C or the D of a UCI header; the latter is an error
// whatever follows it.
Recognised recognise(LineReader& lines) {
  Recognised found;
  std::string_view line;
  std::string_view field;
  std::uint64_t blank_line = 0;
  std::uint64_t first_line = 0;
  for (;;) {
    if (!lines.next(line)) {
      if (first_line == 0) {
        lines.fail_at(1, "the file is empty", "check that this is the right file");
      }
      lines.fail("no document has a word", "give a corpus with at least one token");
    }
    std::string_view rest = line;
    field = next_field(rest);
    if (field.empty()) {
      if (blank_line == 0) blank_line = lines.line();
      continue;
    }
    if (first_line == 0) first_line = lines.line();
    if (field != "0" || !is_blank_line(rest)) break;
    ++found.empty_lines;
  }

  const bool number = is_digit(field.front()) || field.front() == '-' || field.front() == '+';
  if (number && line.find(':') != std::string_view::npos) {
    if (blank_line != 0) fail_blank_ldac_line(lines, blank_line);
    found.format = CorpusFormat::kLdac;
  } else if (found.empty_lines != 0) {
    lines.fail_at(first_line, "number of documents D '0' is below 1",
                  "give a corpus with at least one token");
  } else if (number) {
    found.format = CorpusFormat::kUci;
  } else {
    lines.fail("neither UCI docword nor LDA-C: the file begins with " + quote(line),
               "UCI begins with D, W and NNZ, each on a line of its own, LDA-C with "
               "'N id:count ...'; other text has to be counted into one of them first");
  }
  lines.unread();
  return found;
}

}  // namespace

std::optional<CorpusFormat> corpus_format_from_name(const std::string& name) {
  for (const auto& known : kFormatNames) {
    if (name == known.name) return known.format;
  }
  return std::nullopt;
}

const char* name_of(CorpusFormat format) {
  return std::find_if(std::begin(kFormatNames), std::end(kFormatNames),
                      [&](const auto& known) { return known.format == format; })
      ->name;
}

std::unique_ptr<CorpusReader> open_corpus(const std::string& path,
                                          const OpenCorpusOptions& options) {
  if (path != "-" && (options.format == CorpusFormat::kCache ||
                      (options.format == CorpusFormat::kAuto && is_cache(path)))) {
    return std::make_unique<CacheCorpusReader>(path);
  }
  return open_corpus(open_file(path), path, options);
}

std::unique_ptr<CorpusReader> open_corpus(std::unique_ptr<ByteSource> source,
                                          const std::string& path,
                                          const OpenCorpusOptions& options) {
  if (options.format == CorpusFormat::kCache) {
    throw Error(ErrorKind::kInput, display_name(path), 0, "a cache is read from a file only",
                "give its path");
  }
  std::unique_ptr<ByteSource> text = gunzip_if_compressed(std::move(source), path);
  if (options.read_ahead && path != "-") text = read_ahead(std::move(text));
  LineReader lines(std::move(text), path, kMaxLdacLine);
  Recognised recognised{options.format, 0};
  if (options.format == CorpusFormat::kAuto) recognised = recognise(lines);
  if (recognised.format == CorpusFormat::kUci) return read_uci(std::move(lines));
  return read_ldac(std::move(lines), options.vocab_size, recognised.empty_lines);
}

}  // namespace svi_lda
