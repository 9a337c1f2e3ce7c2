#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "svi_lda/infer.h"

namespace svi_lda::cli {

// Which topics of a document are written: those with at least `least` of it, the `most` largest of
// these (0 = all).
struct TopicChoice {
  std::uint64_t most = 0;
  double least = 0.0;

  bool all() const { return most == 0 && least == 0.0; }
};

struct TopicShare {
  std::size_t topic;
  double share;
};

// The chosen topics of `theta` by falling share, equal ones by number.
std::vector<TopicShare> chosen_topics(std::span<const double> theta, const TopicChoice& choice);

// Topic proportions as text or bytes, document by document.
class InferRows {
 public:
  virtual ~InferRows() = default;
  // What stands before `first`, the first document, which has the names that all have.
  virtual std::string head(const InferredDocument& first) = 0;
  virtual std::string row(const InferredDocument& document) = 0;
  // What to replace the head by, of the same length, now that the last document is written; empty:
  // nothing.
  virtual std::string final_head() { return {}; }
};

// `format`: tsv, jsonl, npy or svmlight.
// Ids, titles and labels, where documents have them, are columns behind the number in tsv, and
// "id", "title" and "label" in jsonl.
//   tsv       a column a topic; with a choice one column of topic:share by falling share
//   jsonl     "theta", or with a choice "topics", by falling share
//   npy       [documents x K] float64, 0 where a topic is not chosen
//   svmlight  the label where it is a number, else 0; topic:share by number, topics counted from 1;
//             "# id"
std::unique_ptr<InferRows> make_infer_rows(const std::string& format, const TopicChoice& choice);

}  // namespace svi_lda::cli
