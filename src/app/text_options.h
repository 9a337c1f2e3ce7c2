#pragma once

#include <optional>
#include <string>

#include "app/corpus_input.h"
#include "svi_lda/text_options.h"
#include "text/analyzer.h"
#include "text/text_inputs.h"

namespace svi_lda {

// MIN-MAX, or N for N-N, in [1, AnalyzerOptions::kLongestNgram]; nothing for others.
struct NgramRange {
  int shortest = 1;
  int longest = 1;
};
std::optional<NgramRange> parse_ngrams(const std::string& text);

// How many of `docs` documents "5" (a count) or "0.5" (a share, with a point, at most 1.0) means,
// as scikit-learn has it; nothing for others.
std::optional<double> parse_df(const std::string& text, std::uint64_t docs);

// What makes words of a text by these options, stop words read from their file.
// Fails: Error kInput, kIo (the file).
AnalyzerOptions analyzer_options(const TextOptions& options);

TextFields text_fields(const TextOptions& options);
// The forced format; nothing for auto.
std::optional<TextFormat> text_format(const TextOptions& options);

// Standard input has no name that tells its format: where the fields of a text are named, and no
// format, it is JSON lines.
void resolve_text_format(const std::vector<std::string>& inputs, TextOptions& options);

// Whether a corpus is to be read as raw text: asked for, or by the looks of all its parts where no
// other format is forced.
bool is_raw_text(const CorpusInput& input, const TextOptions& options);

}  // namespace svi_lda
