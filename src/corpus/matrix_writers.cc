#include "corpus/matrix_writers.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "archive/npz.h"
#include "corpus/output_file.h"
#include "corpus/text_sink.h"

namespace svi_lda {
namespace {

// Beside what is written, so that there is room for both or for neither.
OutputFile spool_for(const std::string& path) {
  if (path != "-") return OutputFile::unnamed(path);
  return OutputFile::unnamed((std::filesystem::temp_directory_path() / "svi-lda").string());
}

class MatrixWriter : public CorpusWriter {
 public:
  void add(DocumentView document, std::string_view name, std::string_view label) final {
    if (!name.empty()) ++names_left_out_;
    if (!label.empty()) ++labels_left_out_;
    ++docs_;
    entries_ += document.words.size();
    add_entries(document);
  }

 protected:
  virtual void add_entries(DocumentView document) = 0;

  std::uint64_t docs_ = 0;  // the one at hand included
  std::uint64_t entries_ = 0;
};

// Lines of three numbers behind a header.
class TripleWriter final : public MatrixWriter {
 public:
  TripleWriter(const std::string& path, const WriteCorpusOptions& options)
      : uci_(options.format == CorpusFormat::kUci),
        columns_(options.documents_are == DocumentsAre::kColumns),
        sink_(path, options.standard_output),
        body_(spool_for(path)) {}

  void finish(std::uint32_t vocab_size, const Vocabulary&) override {
    if (uci_) {
      sink_.write(std::to_string(docs_) + "\n" + std::to_string(vocab_size) + "\n" +
                  std::to_string(entries_) + "\n");
    } else {
      const std::uint64_t rows = columns_ ? vocab_size : docs_;
      const std::uint64_t columns = columns_ ? docs_ : vocab_size;
      sink_.write("%%MatrixMarket matrix coordinate integer general\n" + std::to_string(rows) +
                  " " + std::to_string(columns) + " " + std::to_string(entries_) + "\n");
    }
    body_.read_back([&](std::string_view bytes) { sink_.write(bytes); });
    sink_.finish();
  }

 protected:
  void add_entries(DocumentView document) override {
    for (std::size_t i = 0; i < document.words.size(); ++i) {
      const std::uint64_t word = std::uint64_t{document.words[i]} + 1;
      std::array<char, 64> line;
      char* end = put(line.data(), columns_ ? word : docs_, ' ');
      end = put(end, columns_ ? docs_ : word, ' ');
      end = put(end, document.counts[i], '\n');
      body_.write(line.data(), static_cast<std::size_t>(end - line.data()));
    }
  }

 private:
  static char* put(char* out, std::uint64_t number, char behind) {
    char* const end = std::to_chars(out, out + 20, number).ptr;
    *end = behind;
    return end + 1;
  }

  bool uci_;
  bool columns_;
  TextSink sink_;
  OutputFile body_;
};

class NpzCorpusWriter final : public MatrixWriter {
 public:
  NpzCorpusWriter(const std::string& path, const WriteCorpusOptions& options)
      : path_(path),
        columns_(options.documents_are == DocumentsAre::kColumns),
        words_(spool_for(path)),
        counts_(spool_for(path)),
        ends_(spool_for(path)) {
    const std::uint64_t begin = 0;
    ends_.write(&begin, sizeof begin);
  }

  void finish(std::uint32_t vocab_size, const Vocabulary&) override {
    const std::array<std::uint64_t, 2> shape =
        columns_ ? std::array<std::uint64_t, 2>{vocab_size, docs_}
                 : std::array<std::uint64_t, 2>{docs_, vocab_size};
    const std::string_view format = columns_ ? "csc" : "csr";
    const bool wide = entries_ > std::numeric_limits<std::int32_t>::max();
    NpzWriter file(path_);
    file.add_stream("indices", "<i4", {entries_}, true, reader_of(words_));
    file.add_stream("indptr", wide ? "<i8" : "<i4", {docs_ + 1}, true, ends_reader(wide));
    file.add_stream("format", "|S3", {}, false, [format](std::span<char> out) {
      std::memcpy(out.data(), format.data(), out.size());
    });
    file.add_stream("shape", "<i8", {2}, false, [shape](std::span<char> out) {
      std::memcpy(out.data(), shape.data(), out.size());
    });
    file.add_stream("data", "<i4", {entries_}, true, reader_of(counts_));
    file.finish();
  }

 protected:
  void add_entries(DocumentView document) override {
    words_.write(document.words.data(), document.words.size_bytes());
    counts_.write(document.counts.data(), document.counts.size_bytes());
    ends_.write(&entries_, sizeof entries_);
  }

 private:
  static void fill(OutputFile& spool, char* out, std::size_t n) {
    while (n != 0) {
      const std::size_t got = spool.read(out, n);
      if (got == 0) throw io_error("temporary file", "cannot be read back", EIO);
      out += got;
      n -= got;
    }
  }

  static std::function<void(std::span<char>)> reader_of(OutputFile& spool) {
    spool.rewind();
    return [&spool](std::span<char> out) { fill(spool, out.data(), out.size()); };
  }

  // NumPy's index arrays have 4 bytes where that is enough.
  std::function<void(std::span<char>)> ends_reader(bool wide) {
    if (wide) return reader_of(ends_);
    ends_.rewind();
    return [this](std::span<char> out) {
      std::vector<std::uint64_t> ends(out.size() / 4);
      fill(ends_, reinterpret_cast<char*>(ends.data()), ends.size() * sizeof ends[0]);
      for (std::size_t i = 0; i < ends.size(); ++i) {
        const auto end = static_cast<std::uint32_t>(ends[i]);
        std::memcpy(out.data() + i * sizeof end, &end, sizeof end);
      }
    };
  }

  std::string path_;
  bool columns_;
  OutputFile words_;
  OutputFile counts_;
  OutputFile ends_;
};

}  // namespace

std::unique_ptr<CorpusWriter> write_triples(const std::string& path,
                                            const WriteCorpusOptions& options) {
  return std::make_unique<TripleWriter>(path, options);
}

std::unique_ptr<CorpusWriter> write_npz(const std::string& path,
                                        const WriteCorpusOptions& options) {
  return std::make_unique<NpzCorpusWriter>(path, options);
}

}  // namespace svi_lda
