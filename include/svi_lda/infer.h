#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "svi_lda/text_options.h"

namespace svi_lda {

struct InferOptions {
  std::string run;
  std::string corpus;
  std::string vocabulary;
  std::string corpus_format = "auto";
  std::string documents_are = "rows";        // or columns: of a matrix (mtx, npz)
  std::vector<std::string> further_corpora;  // read after corpus, as one
  TextOptions text;  // where raw text stands; how it becomes words, the model knows
  std::int64_t inner_iterations = 100;
  double inner_tolerance = 1e-3;
  std::int64_t threads = 0;
};

// Topic proportions of one document.
struct InferredDocument {
  std::uint64_t document = 0;  // 1-based place in the input
  // Of raw text and corpus folders, else empty; the last two where a field for them was named when
  // the text was read. Valid during the call.
  std::string_view id = {};
  std::optional<std::string_view> title = {};
  std::optional<std::string_view> label = {};
  std::uint64_t tokens = 0;  // within the vocabulary
  std::uint64_t out_of_vocabulary = 0;
  bool empty = false;             // no token within the vocabulary: theta is the prior mean
  std::span<const double> theta;  // [K], sums to 1; valid during the call
};

// Calls row(...) for every document in input order. Streams: memory does not grow with the corpus.
void infer(const InferOptions& options, const std::function<void(const InferredDocument&)>& row);

}  // namespace svi_lda
