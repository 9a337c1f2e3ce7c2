#include "app/text_options.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

#include "svi_lda/error.h"
#include "text/pattern_finder.h"
#include "text/stemmer.h"
#include "text/stop_words.h"

namespace svi_lda {
namespace {

template <typename Number>
std::optional<Number> whole_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

template <typename Make>
void check(std::vector<std::string>& broken, const Make& make) {
  try {
    make();
  } catch (const Error& error) {
    broken.emplace_back(error.what());
  }
}

}  // namespace

std::optional<NgramRange> parse_ngrams(const std::string& text) {
  const std::size_t dash = text.find('-');
  const auto shortest = whole_number<int>(std::string_view(text).substr(0, dash));
  const auto longest = dash == std::string::npos
                           ? shortest
                           : whole_number<int>(std::string_view(text).substr(dash + 1));
  if (!shortest || !longest || *shortest < 1 || *longest < *shortest ||
      *longest > AnalyzerOptions::kLongestNgram) {
    return std::nullopt;
  }
  return NgramRange{*shortest, *longest};
}

std::optional<double> parse_df(const std::string& text, std::uint64_t docs) {
  if (text.find_first_not_of("0123456789.") != std::string::npos) return std::nullopt;
  if (text.find('.') == std::string::npos) {
    const auto count = whole_number<std::uint32_t>(text);
    if (!count) return std::nullopt;
    return static_cast<double>(*count);
  }
  const auto share = whole_number<double>(text);
  if (!share || !(*share >= 0.0 && *share <= 1.0)) return std::nullopt;
  return *share * static_cast<double>(docs);
}

AnalyzerOptions analyzer_options(const TextOptions& options) {
  AnalyzerOptions analyzer;
  analyzer.token_pattern = options.token_pattern;
  analyzer.keep_numbers = options.keep_numbers;
  analyzer.drop_emoji = options.drop_emoji;
  if (!options.stop_words.empty()) analyzer.stop_words = stop_words_from(options.stop_words);
  analyzer.stem = options.stem;
  const NgramRange range = parse_ngrams(options.ngrams).value_or(NgramRange{});
  analyzer.shortest_ngram = range.shortest;
  analyzer.longest_ngram = range.longest;
  return analyzer;
}

TextFields text_fields(const TextOptions& options) {
  return {options.text_field, options.id_field,    options.label_field,
          options.date_field, options.title_field, !options.no_header};
}

std::optional<TextFormat> text_format(const TextOptions& options) {
  return text_format_from_name(options.input_format);
}

void resolve_text_format(const std::vector<std::string>& inputs, TextOptions& options) {
  const bool has_format = options.text || options.input_format != "auto";
  if (inputs == std::vector<std::string>{"-"} && !options.text_field.empty() && !has_format) {
    options.input_format = "jsonl";
  }
}

bool is_raw_text(const CorpusInput& input, const TextOptions& options) {
  if (options.text || text_format(options)) return true;
  const std::vector<std::string> paths = input.paths();
  return input.format == "auto" && std::all_of(paths.begin(), paths.end(), looks_like_text);
}

std::vector<std::string> violations(const TextOptions& o) {
  std::vector<std::string> broken;
  const auto require = [&](bool holds, const char* option, const std::string& value,
                           const char* rule) {
    if (!holds)
      broken.push_back(std::string(option).append(" '").append(value).append("': ") + rule);
  };
  require(o.input_format == "auto" || text_format(o), "--input-format", o.input_format,
          "must be auto, lines, files, jsonl, csv or tsv");
  require(parse_ngrams(o.ngrams).has_value(), "--ngrams", o.ngrams,
          "must be MIN-MAX or N, both in [1, 8]");
  require(parse_df(o.min_df, 1).has_value(), "--min-df", o.min_df,
          "must be a number of documents (5), or with a point a share of them (0.01)");
  require(parse_df(o.max_df, 1).has_value(), "--max-df", o.max_df,
          "must be a number of documents (500), or with a point a share of them (0.5)");
  require(o.stop_words != "-", "--stop-words", o.stop_words, "must be 'english' or a file");
  if (!o.token_pattern.empty()) check(broken, [&] { PatternFinder{o.token_pattern}; });
  if (!o.stem.empty()) check(broken, [&] { Stemmer{o.stem}; });
  if (!o.token_pattern.empty() && (o.keep_numbers || o.drop_emoji)) {
    broken.emplace_back(
        "--keep-numbers or --drop-emoji with --token-pattern: the pattern says what a word is; "
        "leave "
        "one out");
  }
  return broken;
}

}  // namespace svi_lda
