#include "output/report_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace svi_lda {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A run of one topic whose one word is `word`.
ReportData data_with(const std::string& word) {
  ReportData data;
  data.name = word;
  data.tokens = 10;
  data.topics = {{0, 1.0, 0.1, {}}};
  data.map.points = {{0.0, 0.0}};
  data.terms.terms = {{{0, 0.5}}};
  data.terms.words = {{0, word, 10, {{0, 1.0}}}};
  return data;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(ReportPage, WordsCannotEndTheScriptThatHoldsThem) {
  const std::size_t scripts = count(report_page(data_with("plain")), "<script");
  for (const std::string word :
       {"</script><script>alert(1)</script>", "<!--<script>", "{{data}}", "{{d3}}"}) {
    const std::string page = report_page(data_with(word));
    EXPECT_EQ(count(page, "<script"), scripts) << word;
    EXPECT_EQ(count(page, "<!--"), 0u) << word;
  }
}

TEST(ReportPage, JsonComesBackAsItWas) {
  for (const std::string word :
       {"</script>", "a\xe2\x80\xa8\x62\xe2\x80\xa9", "\"\\\n\t", "\xe6\xb0\xb4"}) {
    const std::string json = json_for_script(data_with(word));
    EXPECT_THAT(json, Not(HasSubstr("<")));
    EXPECT_THAT(json, Not(HasSubstr("\xe2\x80\xa8")));
    EXPECT_THAT(json, Not(HasSubstr("\xe2\x80\xa9")));
    EXPECT_EQ(nlohmann::json::parse(json)["words"]["texts"][0], word);
  }
}

TEST(ReportPage, WhatIsNotUtf8IsReplaced) {
  const std::string json = json_for_script(data_with("a\xff"));
  EXPECT_EQ(nlohmann::json::parse(json)["words"]["texts"][0], "a\xef\xbf\xbd");
}

TEST(ReportPage, TheNameOfTheRunIsTextInTheHead) {
  const std::string page = report_page(data_with("<i>\"run\" & co"));
  EXPECT_THAT(page, HasSubstr("<title>&lt;i&gt;&quot;run&quot; &amp; co: topics</title>"));
}

TEST(ReportPage, NothingIsLoadedFromElsewhere) {
  const std::string page = report_page(data_with("word"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr(" src=")));
  EXPECT_THAT(page, Not(HasSubstr("<link")));
  EXPECT_THAT(page, Not(HasSubstr("@import")));
  EXPECT_THAT(page, HasSubstr("Copyright 2010-2020 Mike Bostock"));
  EXPECT_THAT(page, Not(HasSubstr("{{")));
}

TEST(ReportPage, RecordsAreThinnedToTheFirstTheLastAndSomeBetween) {
  ReportData data = data_with("word");
  for (std::uint64_t step = 1; step <= 5000; ++step) {
    data.metrics.push_back({});
    data.metrics.back().step = step;
  }
  const auto json = nlohmann::json::parse(json_for_script(data));
  EXPECT_EQ(json["metrics"].size(), kMostPoints);
  EXPECT_EQ(json["metrics"].front()["step"], 1);
  EXPECT_EQ(json["metrics"].back()["step"], 5000);
  EXPECT_EQ(json["reports"], 5000);
}

}  // namespace
}  // namespace svi_lda
