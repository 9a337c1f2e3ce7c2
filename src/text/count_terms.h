#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "corpus/document.h"
#include "corpus/vocabulary.h"
#include "text/analyzer.h"
#include "text/word_table.h"

namespace svi_lda {

// Counts the terms of texts. Terms are numbered in the order in which they first occur, whatever
// the number of threads.
class TermCounter {
 public:
  // Fails: as Analyzer.
  TermCounter(const AnalyzerOptions& options, const Parallel& parallel);

  // Texts as bags of terms numbered by `vocabulary` from here on; all terms that are not in it
  // count as the one number behind it, vocabulary.size(). Before the first count().
  void fix_vocabulary(const Vocabulary& vocabulary);

  // documents[i] = the terms of texts[i], UTF-8 each of less than 2^30 bytes. `beside`: see
  // Parallel. Fails: Error kInput where a document has a term more than kMaxCount times; as
  // Analyzer::analyze.
  void count(std::span<const std::string> texts, std::vector<Document>& documents,
             std::optional<BesideTasks> beside = std::nullopt);

  const WordTable& terms() const { return terms_; }
  TermsLeftOut left_out() const;

 private:
  // One of the chunks that the texts of a call are cut into.
  struct Chunk {
    WordTable new_terms;                // not in terms_ before the call
    std::vector<std::uint32_t> number;  // [new_terms] in terms_, after it
  };
  struct Worker {
    explicit Worker(const AnalyzerOptions& options) : analyzer(options) {}
    Analyzer analyzer;
    Tokens terms;
    std::vector<std::uint32_t> numbers;
  };
  void count_one(const std::string& text, Worker& worker, Chunk& chunk, Document& document) const;

  const Parallel& parallel_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<Chunk> chunks_;
  WordTable terms_;
  bool fixed_ = false;
  std::vector<std::uint32_t> fixed_ids_;  // [terms_]: the first of the vocabulary's with that word
  std::uint32_t outside_ = 0;             // the number of what is not in it
};

}  // namespace svi_lda
