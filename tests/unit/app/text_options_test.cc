#include "app/text_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/vectorizer_file.h"
#include "support/problem_of.h"

namespace svi_lda {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(TextOptions, NgramsAreARangeOrOneLength) {
  EXPECT_EQ(parse_ngrams("2")->shortest, 2);
  EXPECT_EQ(parse_ngrams("2")->longest, 2);
  EXPECT_EQ(parse_ngrams("1-3")->shortest, 1);
  EXPECT_EQ(parse_ngrams("1-3")->longest, 3);
  for (const char* const wrong : {"", "0", "2-1", "1-9", "1-", "-2", "1,2", "1-2-3", " 1"}) {
    EXPECT_FALSE(parse_ngrams(wrong)) << wrong;
  }
}

TEST(TextOptions, WholeNumbersCountDocumentsOnesWithAPointAreShares) {
  EXPECT_EQ(parse_df("5", 100), 5.0);
  EXPECT_EQ(parse_df("1", 100), 1.0);
  EXPECT_EQ(parse_df("1.0", 100), 100.0);
  EXPECT_EQ(parse_df("0.25", 100), 25.0);
  EXPECT_EQ(parse_df(".5", 100), 50.0);
  for (const char* const wrong : {"", "-1", "1.5", "2.0", "x", "5%", "1e2", "0.5.5", "inf"}) {
    EXPECT_FALSE(parse_df(wrong, 100)) << wrong;
  }
}

TEST(TextOptions, EveryBrokenRuleIsNamed) {
  EXPECT_THAT(violations(TextOptions{}), IsEmpty());
  TextOptions options;
  options.input_format = "xml";
  options.ngrams = "3-1";
  options.min_df = "two";
  options.max_df = "1.5";
  options.token_pattern = "[a";
  options.stem = "klingon";
  options.stop_words = "-";
  EXPECT_THAT(violations(options),
              ElementsAre(HasSubstr("--input-format 'xml'"), HasSubstr("--ngrams '3-1'"),
                          HasSubstr("--min-df 'two'"), HasSubstr("--max-df '1.5'"),
                          HasSubstr("--stop-words '-'"), HasSubstr("--token-pattern '[a'"),
                          HasSubstr("--stem 'klingon'")));
  TextOptions both;
  both.token_pattern = "\\w+";
  both.keep_numbers = true;
  EXPECT_THAT(violations(both), ElementsAre(HasSubstr("--keep-numbers")));
}

TEST(VectorizerFile, GivesBackWhatMakesWords) {
  TextOptions options;
  options.token_pattern = "\\w+";
  options.stem = "french";
  options.ngrams = "2-3";
  options.text_field = "body";
  options.no_header = true;
  options.input_format = "csv";
  AnalyzerOptions analyzer = analyzer_options(options);
  analyzer.stop_words = {"de", "la"};
  const std::string json = vectorizer_to_json("model.npz", options, analyzer);
  const Vectorizer read = vectorizer_from_json("model.npz", json);
  EXPECT_EQ(read.analyzer.token_pattern, "\\w+");
  EXPECT_EQ(read.analyzer.stem, "french");
  EXPECT_THAT(read.analyzer.stop_words, ElementsAre("de", "la"));
  EXPECT_EQ(read.analyzer.shortest_ngram, 2);
  EXPECT_EQ(read.analyzer.longest_ngram, 3);
  EXPECT_EQ(read.fields.text, "body");
  EXPECT_FALSE(read.fields.header);
  EXPECT_EQ(read.input_format, "csv");
}

TEST(TextOptions, StandardInputWithAFieldOfTextIsJsonLines) {
  const auto resolved = [](const char* corpus, TextOptions options) {
    resolve_text_format({corpus}, options);
    return options.input_format;
  };
  TextOptions options;
  EXPECT_EQ(resolved("-", options), "auto");
  options.text_field = "body";
  EXPECT_EQ(resolved("-", options), "jsonl");
  EXPECT_EQ(resolved("texts.csv", options), "auto") << "its name tells";
  options.input_format = "csv";
  EXPECT_EQ(resolved("-", options), "csv");
}

TEST(VectorizerFile, WhatIsNotAsItShouldBeIsNamed) {
  const std::string whole = vectorizer_to_json("model.npz", {}, {});
  const auto problem = [&](const std::string& from, const std::string& to) {
    std::string json = whole;
    const std::size_t place = json.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    json.replace(place, from.size(), to);
    return problem_of(ErrorKind::kInput, [&] { vectorizer_from_json("model.npz", json); });
  };
  EXPECT_THAT(problem("\"format\": 1", "\"format\": 2"), HasSubstr("vectorizer format 2"));
  EXPECT_THAT(problem("\"longest_ngram\": 1", "\"longest_ngram\": 99"), HasSubstr("longest_ngram"));
  EXPECT_THAT(problem("\"stop_words\": []", "\"stop_words\": [1]"), HasSubstr("stop_words"));
  EXPECT_THAT(problem("\"keep_numbers\": false", "\"keep_numbers\": 0"), HasSubstr("keep_numbers"));
  EXPECT_THAT(problem("{", "["), HasSubstr("model.npz"));
}

}  // namespace
}  // namespace svi_lda
