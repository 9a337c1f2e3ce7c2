#include "app/report_documents.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "corpus/byte_source.h"
#include "corpus/line_reader.h"
#include "output/report_terms.h"
#include "svi_lda/error.h"
#include "svi_lda/infer.h"

namespace svi_lda {
namespace {

constexpr std::size_t kMostTitleCharacters = 160;
constexpr std::size_t kLongestTitleLine = 1 << 20;

bool shows_more(const ShownDocument& a, const ShownDocument& b) {
  return a.share > b.share || (a.share == b.share && a.number < b.number);
}

// The document's title, or its id where that is not its number again.
std::string name_of(const InferredDocument& document) {
  if (document.title && !document.title->empty()) return std::string(*document.title);
  return document.id == std::to_string(document.document) ? std::string()
                                                          : std::string(document.id);
}

// Keeps the best `most` for topic k, the worst of them in front.
void offer(std::vector<ShownDocument>& heap, std::size_t most, const InferredDocument& document,
           std::size_t k) {
  ShownDocument shown{document.document, {}, document.theta[k], document.tokens};
  if (heap.size() == most) {
    if (!shows_more(shown, heap.front())) return;
    std::pop_heap(heap.begin(), heap.end(), shows_more);
    heap.pop_back();
  }
  shown.title = clipped(name_of(document), kMostTitleCharacters);
  heap.push_back(std::move(shown));
  std::push_heap(heap.begin(), heap.end(), shows_more);
}

// Gives the documents their titles, which the file has a line each.
void read_titles(const std::string& path, std::uint64_t docs,
                 std::vector<std::vector<ShownDocument>>& by_topic) {
  std::unordered_map<std::uint64_t, std::vector<ShownDocument*>> wanted;
  for (auto& documents : by_topic) {
    for (ShownDocument& document : documents) wanted[document.number].push_back(&document);
  }
  LineReader lines(decompress(open_file(path), path), path, kLongestTitleLine);
  std::uint64_t titles = 0;  // empty lines at the end are none
  std::string_view line;
  while (lines.next(line)) {
    if (!line.empty()) titles = lines.line();
    const auto found = wanted.find(lines.line());
    if (found == wanted.end()) continue;
    for (ShownDocument* document : found->second) {
      document->title = clipped(std::string(line), kMostTitleCharacters);
    }
  }
  if (lines.line() < docs || titles > docs) {
    throw Error(ErrorKind::kInput, path, 0,
                "has " + std::to_string(lines.line()) + " lines, the corpus " +
                    std::to_string(docs) + " documents",
                "give a title a document, a line each, in the order of the corpus");
  }
}

}  // namespace

std::vector<std::vector<ShownDocument>> documents_by_topic(const ReportOptions& options,
                                                           std::size_t num_topics) {
  InferOptions infer_options;
  infer_options.run = options.run;
  infer_options.corpus = options.documents;
  infer_options.vocabulary = options.vocabulary;
  infer_options.corpus_format = options.corpus_format;
  infer_options.inner_iterations = options.inner_iterations;
  infer_options.inner_tolerance = options.inner_tolerance;
  infer_options.threads = options.threads;
  const auto most = static_cast<std::size_t>(options.documents_a_topic);
  std::vector<std::vector<ShownDocument>> by_topic(num_topics);
  std::uint64_t docs = 0;
  infer(infer_options, [&](const InferredDocument& document) {
    docs = document.document;
    if (document.empty) return;
    for (std::size_t k = 0; k < num_topics; ++k) {
      offer(by_topic[k], most, document, k);
    }
  });
  for (auto& documents : by_topic) std::sort_heap(documents.begin(), documents.end(), shows_more);
  if (!options.titles.empty()) read_titles(options.titles, docs, by_topic);
  return by_topic;
}

}  // namespace svi_lda
