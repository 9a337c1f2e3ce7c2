#include "app/vectorizer_file.h"

#include <spdlog/spdlog.h>
#include <unicode/uversion.h>

#include <nlohmann/json.hpp>

#include "output/json_fields.h"
#include "svi_lda/error.h"

namespace svi_lda {
namespace {

constexpr const char* kStopWords = "stop_words";

int ngram(const JsonFields& fields, const std::string& name) {
  const std::uint64_t n = fields.count(name);
  if (n < 1 || n > static_cast<std::uint64_t>(AnalyzerOptions::kLongestNgram)) {
    fields.fail(name, "is out of range");
  }
  return static_cast<int>(n);
}

}  // namespace

std::string vectorizer_to_json(const std::string& path, const TextOptions& options,
                               const AnalyzerOptions& analyzer) {
  nlohmann::json json;
  json["format"] = kVectorizerFormat;
  json["icu"] = U_ICU_VERSION;
  json["token_pattern"] = analyzer.token_pattern;
  json["keep_numbers"] = analyzer.keep_numbers;
  json["drop_emoji"] = analyzer.drop_emoji;
  json[kStopWords] = analyzer.stop_words;
  json["stem"] = analyzer.stem;
  json["shortest_ngram"] = analyzer.shortest_ngram;
  json["longest_ngram"] = analyzer.longest_ngram;
  json["min_df"] = options.min_df;
  json["max_df"] = options.max_df;
  json["max_features"] = options.max_features;
  json["input"] = {{"format", options.input_format},     {"header", !options.no_header},
                   {"text_field", options.text_field},   {"id_field", options.id_field},
                   {"label_field", options.label_field}, {"date_field", options.date_field},
                   {"title_field", options.title_field}};
  return json_text(path, json, 2) + "\n";
}

Vectorizer vectorizer_from_json(const std::string& path, const std::string& json) {
  const JsonFields fields(path, "vectorizer.json: ", json);
  if (const std::uint64_t format = fields.count("format"); format != kVectorizerFormat) {
    throw Error(ErrorKind::kInput, path, 0,
                "vectorizer format " + std::to_string(format) + ", this program reads format " +
                    std::to_string(kVectorizerFormat),
                "use the version of svi-lda that wrote it");
  }
  Vectorizer vectorizer;
  AnalyzerOptions& analyzer = vectorizer.analyzer;
  analyzer.token_pattern = fields.text("token_pattern");
  analyzer.keep_numbers = fields.flag("keep_numbers");
  analyzer.drop_emoji = fields.flag("drop_emoji");
  analyzer.stem = fields.text("stem");
  analyzer.shortest_ngram = ngram(fields, "shortest_ngram");
  analyzer.longest_ngram = ngram(fields, "longest_ngram");
  if (!fields.has(kStopWords) || !fields.json().at(kStopWords).is_array()) {
    fields.fail(kStopWords, "is no array");
  }
  for (const nlohmann::json& word : fields.json().at(kStopWords)) {
    if (!word.is_string()) fields.fail(kStopWords, "is no array of words");
    analyzer.stop_words.push_back(word.get<std::string>());
  }
  const JsonFields input = fields.object("input");
  vectorizer.input_format = input.text("format");
  vectorizer.fields = {input.text("text_field"),  input.text("id_field"),
                       input.text("label_field"), input.text("date_field"),
                       input.text("title_field"), input.flag("header")};
  if (fields.text("icu") != U_ICU_VERSION) {
    spdlog::warn(
        "{}: its words were found by ICU {}, here it is {}: they may differ in rare scripts", path,
        fields.text("icu"), U_ICU_VERSION);
  }
  return vectorizer;
}

}  // namespace svi_lda
