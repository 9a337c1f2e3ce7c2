#include "output/svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "output/svg_perplexity.h"
#include "output/svg_top_words.h"

namespace svi_lda {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Svg, TextIsEscaped) {
  EXPECT_EQ(xml_escaped("<a href=\"x\">&</a>"), "&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;");
  EXPECT_EQ(xml_escaped(std::string("a\x01\x7f")), "a\xef\xbf\xbd\xef\xbf\xbd");
  Svg svg(10, 10, "<title>");
  svg.text({1, 2}, "<script>", Svg::Anchor::kStart, "#000");
  svg.upward_text({1, 2}, "a & b", "#000");
  const std::string text = svg.finish();
  EXPECT_THAT(text, Not(HasSubstr("<script>")));
  EXPECT_THAT(text, HasSubstr(">&lt;script&gt;</text>"));
  EXPECT_THAT(text, HasSubstr(">a &amp; b</text>"));
  EXPECT_THAT(text, HasSubstr("<title>&lt;title&gt;</title>"));
}

TEST(Svg, TicksAreRoundAndCoverTheRange) {
  for (const auto& [low, high] :
       {std::pair{0.0, 1.0}, {63.2, 603.9}, {1e-9, 3e-9}, {0.0, 9.4e9}, {7.0, 7.0}, {0.0, 0.0}}) {
    const Ticks ticks = nice_ticks(low, high, 5);
    EXPECT_LE(ticks.first, low + 1e-9 * ticks.step);
    EXPECT_GE(ticks.last(), high - 1e-9 * ticks.step);
    EXPECT_GE(ticks.count, 2);
    EXPECT_LE(ticks.count, 12);
  }
  const Ticks ticks = nice_ticks(0.0, 10.0, 5);
  EXPECT_EQ(ticks.step, 2.0);
  EXPECT_EQ(ticks.count, 6);
}

TEST(Svg, NumbersAreShort) {
  EXPECT_EQ(short_number(0.0), "0");
  EXPECT_EQ(short_number(0.25), "0.25");
  EXPECT_EQ(short_number(1500.0), "1500");
  EXPECT_EQ(short_number(1.5e6), "1.5M");
  EXPECT_EQ(short_number(4e9), "4G");
}

TEST(Svg, ThePerplexityCurveHasItsBaselineAndItsNames) {
  PerplexityCurve curve;
  curve.axis = "tokens seen";
  curve.estimator = "completion";
  curve.points = {{0.0, 900.0, 10.0}, {1e6, 500.0, 5.0}};
  curve.unigram = 1000.0;
  const std::string with = perplexity_svg(curve);
  EXPECT_THAT(with, HasSubstr("held-out perplexity (completion)"));
  EXPECT_THAT(with, HasSubstr(">tokens seen</text>"));
  EXPECT_THAT(with, HasSubstr(">unigram 1000.0</text>"));
  EXPECT_THAT(with, HasSubstr("stroke-dasharray"));
  curve.unigram.reset();
  EXPECT_THAT(perplexity_svg(curve), Not(HasSubstr("unigram")));
  // A run of one report.
  curve.points.resize(1);
  EXPECT_THAT(perplexity_svg(curve), Not(HasSubstr("nan")));
}

TEST(Svg, TopWordsAreEscapedAndFitted) {
  const std::vector<TopicSummary> topics = {{7, 0.5, {{"<b>", 0.5}, {std::string(500, 'w'), 0.25}}},
                                            {2, 0.5, {}}};
  const std::string text = top_words_svg(topics);
  EXPECT_THAT(text, HasSubstr("Topic 7 (50.0%)"));
  EXPECT_THAT(text, HasSubstr(">&lt;b&gt;</text>"));
  EXPECT_THAT(text, HasSubstr("w\xe2\x80\xa6</text>"));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
}

}  // namespace
}  // namespace svi_lda
