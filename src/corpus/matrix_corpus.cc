#include "corpus/matrix_corpus.h"

#include <algorithm>
#include <string>

namespace svi_lda {

bool MatrixCorpus::next(Document& document) {
  document.clear();
  if (!begun_) has_pending_ = next_entry(pending_);
  begun_ = true;
  if (next_doc_ == docs_) {
    if (vocab_seen_ == 0) {
      fail_at_line(1, "no document has a word", "give a corpus with at least one token");
    }
    return false;
  }
  bag_.clear();
  while (has_pending_ && pending_.doc == next_doc_) {
    if (bag_.empty()) doc_line_ = pending_.line;
    bag_.add(pending_.word, pending_.count);
    has_pending_ = next_entry(pending_);
  }
  ++next_doc_;
  const bool counted = bag_.finish(document);
  if (bag_.repeated()) on_repeated(*bag_.repeated());
  if (!counted) {
    fail_at_line(doc_line_,
                 "word " + std::to_string(bag_.too_often() + 1) + " stands more than " +
                     std::to_string(kMaxCount) + " times in document " + std::to_string(next_doc_),
                 "counts are integers from 1 to " + std::to_string(kMaxCount));
  }
  if (!document.words.empty()) vocab_seen_ = std::max(vocab_seen_, document.words.back() + 1);
  return true;
}

}  // namespace svi_lda
