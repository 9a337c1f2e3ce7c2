#include "output/svg_top_words.h"

#include <algorithm>
#include <cstdio>

#include "output/report_terms.h"
#include "output/svg.h"

namespace svi_lda {
namespace {

constexpr std::size_t kPanelsARow = 4;
constexpr double kPanelWidth = 178.0;
constexpr double kGap = 14.0;
constexpr double kWordWidth = 76.0;
constexpr double kRow = 14.0;
constexpr double kHead = 22.0;
constexpr double kFoot = 26.0;
constexpr double kBarHeight = 9.0;
constexpr const char* kInk = "#000000";
constexpr const char* kAxis = "#777777";
constexpr const char* kBar = "#0072b2";

std::string fitted(const std::string& word) {
  std::string text = word;
  for (std::size_t most = 24; text_width(text) > kWordWidth && most > 1; --most) {
    text = clipped(word, most);
  }
  return text;
}

std::string heading(const TopicSummary& topic) {
  char share[32];
  std::snprintf(share, sizeof(share), " (%.1f%%)", 100.0 * topic.weight);
  return "Topic " + std::to_string(topic.topic) + share;
}

void draw_panel(const TopicSummary& topic, Svg::Point corner, Svg& svg) {
  svg.text({corner.x + kWordWidth + 5.0, corner.y + 10.0}, heading(topic), Svg::Anchor::kStart,
           kInk, true);
  const double most = topic.words.empty() ? 0.0 : topic.words.front().probability;
  const Ticks ticks = nice_ticks(0.0, most, 2);
  const double left = corner.x + kWordWidth + 5.0;
  const double width = kPanelWidth - kWordWidth - 5.0 - 12.0;
  double y = corner.y + kHead;
  for (const TopWord& word : topic.words) {
    svg.text({left - 5.0, y + kBarHeight - 1.0}, fitted(word.word), Svg::Anchor::kEnd, kInk);
    svg.rectangle({left, y}, width * word.probability / ticks.last(), kBarHeight, kBar);
    y += kRow;
  }
  svg.line({left, corner.y + kHead - 3.0}, {left, y}, kAxis, 0.6);
  svg.line({left, y}, {left + width, y}, kAxis, 0.6);
  for (const double tick : {0.0, ticks.last()}) {
    const double x = left + width * tick / ticks.last();
    svg.line({x, y}, {x, y + 3.0}, kAxis, 0.6);
    svg.text({x, y + 13.0}, short_number(tick), Svg::Anchor::kMiddle, kAxis);
  }
}

}  // namespace

std::string top_words_svg(const std::vector<TopicSummary>& topics) {
  std::size_t words = 0;
  for (const TopicSummary& topic : topics) words = std::max(words, topic.words.size());
  const std::size_t columns = std::min(std::max<std::size_t>(topics.size(), 1), kPanelsARow);
  const std::size_t rows = (topics.size() + kPanelsARow - 1) / kPanelsARow;
  const double panel_height = kHead + kRow * static_cast<double>(words) + kFoot;
  Svg svg(static_cast<double>(columns) * (kPanelWidth + kGap),
          static_cast<double>(rows) * panel_height, "Most probable words of topics");
  for (std::size_t i = 0; i < topics.size(); ++i) {
    draw_panel(topics[i],
               {static_cast<double>(i % kPanelsARow) * (kPanelWidth + kGap),
                static_cast<double>(i / kPanelsARow) * panel_height + 4.0},
               svg);
  }
  return svg.finish();
}

}  // namespace svi_lda
