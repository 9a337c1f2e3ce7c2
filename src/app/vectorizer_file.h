#pragma once

#include <string>

#include "svi_lda/text_options.h"
#include "text/analyzer.h"
#include "text/text_reader.h"

namespace svi_lda {

// Raised when a reader of the old vectorizer.json would make other words of the same text.
inline constexpr int kVectorizerFormat = 1;

// What a corpus folder and a model keep of how text became words.
struct Vectorizer {
  AnalyzerOptions analyzer;
  TextFields fields;
  std::string input_format;
};

// vectorizer.json: format, what makes words (pattern, stop words one by one, stem, n-grams, ...),
// which words were kept, where the text stood, ICU's version. One JSON object, keys sorted: equal
// options, equal bytes. Fails: Error kUsage (a name that is not UTF-8), naming `path`.
std::string vectorizer_to_json(const std::string& path, const TextOptions& options,
                               const AnalyzerOptions& analyzer);

// Fails: Error kInput naming `path` and the field, or the format number of another version.
Vectorizer vectorizer_from_json(const std::string& path, const std::string& json);

}  // namespace svi_lda
