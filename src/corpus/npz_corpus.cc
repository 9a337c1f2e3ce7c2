#include "corpus/npz_corpus.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "archive/npz.h"
#include "corpus/matrix_corpus.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr const char* kHint =
    "give a sparse matrix as scipy.sparse.save_npz writes it, documents by words";

class NpzCorpus final : public MatrixCorpus {
 public:
  NpzCorpus(const std::string& path, DocumentsAre documents_are) : path_(path), file_(path, kHint) {
    if (!file_.has("format.npy") || !file_.has("shape.npy")) {
      fail("not a sparse matrix of SciPy: it has no member format or shape");
    }
    const std::string layout = file_.short_text("format");
    if (layout != "csr" && layout != "csc" && layout != "coo") {
      fail("a sparse matrix of the kind '" + layout + "', of which csr, csc and coo are read");
    }
    const bool columns = documents_are == DocumentsAre::kColumns;
    read_shape(columns);
    counts_ = file_.numbers("data");
    if (layout == "coo") {
      docs_of_ = file_.numbers(columns ? "col" : "row");
      words_ = file_.numbers(columns ? "row" : "col");
      require_length(*docs_of_);
      require_length(*words_);
      sort([&](Entry& entry) { return next_pair(entry); });
      return;
    }
    by_document_ = (layout == "csr") != columns;
    major_ = by_document_ ? docs_ : vocab_size_;
    minor_ = by_document_ ? vocab_size_ : docs_;
    words_ = file_.numbers("indices");
    pointers_ = file_.numbers("indptr");
    require_length(*words_);
    if (pointers_->size() != major_ + 1)
      fail("indptr does not have the length that shape asks for");
    if (pointers_->next() != 0) fail("indptr does not begin with 0");
    if (!by_document_) sort([&](Entry& entry) { return next_compressed(entry); });
  }

  CorpusFormat format() const override { return CorpusFormat::kNpz; }
  const std::string& path() const override { return path_; }

 protected:
  bool next_entry(Entry& entry) override {
    return sorted_ ? entries_.next(entry) : next_compressed(entry);
  }
  void on_repeated(std::uint32_t) override {}
  [[noreturn]] void fail_at_line(std::uint64_t, std::string problem,
                                 std::string hint) const override {
    throw Error(ErrorKind::kInput, path_, 0, std::move(problem), std::move(hint));
  }

 private:
  [[noreturn]] void fail(std::string problem) const {
    throw Error(ErrorKind::kInput, path_, 0, std::move(problem), kHint);
  }

  void read_shape(bool columns) {
    const std::unique_ptr<NpzNumbers> shape = file_.numbers("shape");
    if (shape->size() != 2) fail("its shape is not that of a matrix");
    const std::uint64_t rows = shape->next();
    const std::uint64_t width = shape->next();
    docs_ = columns ? width : rows;
    const std::uint64_t words = columns ? rows : width;
    if (docs_ < 1 || docs_ > kMaxDocuments || words < 1 || words > kMaxVocabulary) {
      fail("a matrix of " + std::to_string(docs_) + " documents and " + std::to_string(words) +
           " words");
    }
    vocab_size_ = static_cast<std::uint32_t>(words);
  }

  void require_length(const NpzNumbers& numbers) const {
    if (numbers.size() != counts_->size()) fail("its members differ in length");
  }

  template <typename Next>
  void sort(const Next& next) {
    for (Entry entry = {}; next(entry);) entries_.add(entry);
    entries_.sort();
    sorted_ = true;
  }

  // The count of the next entry. Fails: above kMaxCount.
  std::uint32_t next_count() {
    const std::uint64_t count = counts_->next();
    ++read_;
    if (count > kMaxCount) {
      fail("its count " + std::to_string(count) + " is above " + std::to_string(kMaxCount));
    }
    return static_cast<std::uint32_t>(count);
  }
  std::uint32_t index_below(std::uint64_t index, std::uint64_t bound) const {
    if (index >= bound) {
      fail("an index " + std::to_string(index) + " in a matrix that has " + std::to_string(bound));
    }
    return static_cast<std::uint32_t>(index);
  }

  bool next_pair(Entry& entry) {
    while (read_ < counts_->size()) {
      const std::uint32_t count = next_count();
      const std::uint32_t doc = index_below(docs_of_->next(), docs_);
      const std::uint32_t word = index_below(words_->next(), vocab_size_);
      if (count == 0) continue;
      entry = {doc, word, count, 0};
      return true;
    }
    return false;
  }

  // Of csr and csc, by their major axis.
  bool next_compressed(Entry& entry) {
    for (;;) {
      while (read_ == major_end_) {
        if (next_major_ == major_) {
          if (read_ != counts_->size()) fail("indptr ends before indices do");
          return false;
        }
        const std::uint64_t end = pointers_->next();
        if (end < major_end_ || end > counts_->size()) fail("indptr falls or leads beyond indices");
        major_end_ = end;
        ++next_major_;
      }
      const std::uint32_t count = next_count();
      const std::uint32_t index = index_below(words_->next(), minor_);
      if (count == 0) continue;
      const auto major = static_cast<std::uint32_t>(next_major_ - 1);
      entry = by_document_ ? Entry{major, index, count, 0} : Entry{index, major, count, 0};
      return true;
    }
  }

  std::string path_;
  NpzReader file_;
  std::unique_ptr<NpzNumbers> counts_;
  std::unique_ptr<NpzNumbers> words_;     // or the minor axis
  std::unique_ptr<NpzNumbers> pointers_;  // csr, csc
  std::unique_ptr<NpzNumbers> docs_of_;   // coo
  bool by_document_ = false;
  std::uint64_t major_ = 0;
  std::uint64_t minor_ = 0;
  std::uint64_t next_major_ = 0;
  std::uint64_t major_end_ = 0;
  std::uint64_t read_ = 0;
  bool sorted_ = false;
  SortedEntries entries_;
};

}  // namespace

std::unique_ptr<CorpusReader> read_npz_corpus(const std::string& path, DocumentsAre documents_are) {
  return std::make_unique<NpzCorpus>(path, documents_are);
}

bool is_zip(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return false;
  std::array<char, 4> magic = {};
  std::ifstream(path, std::ios::binary).read(magic.data(), magic.size());
  return magic == std::array{'P', 'K', '\x03', '\x04'};
}

bool is_sparse_matrix(const std::string& path) { return NpzReader(path).has("format.npy"); }

}  // namespace svi_lda
