#include "output/svg_sweep.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "output/svg.h"

namespace svi_lda {
namespace {

constexpr int kColumns = 3;
constexpr double kPanelWidth = 230.0;
constexpr double kPanelHeight = 170.0;
constexpr double kLeft = 48.0;
constexpr double kRight = 12.0;
constexpr double kTop = 34.0;
constexpr double kBottom = 22.0;
constexpr double kFoot = 44.0;
constexpr const char* kInk = "#000000";
constexpr const char* kFaint = "#595959";
constexpr const char* kGrid = "#dddddd";
constexpr const char* kCurve = "#0072b2";
constexpr const char* kBaseline = "#d55e00";

struct Panel {
  const char* title;
  const char* remark;
  std::function<double(const SweepRun&)> figure;
  bool from_zero = false;
  bool with_unigram = false;
};

const std::vector<Panel>& panels() {
  static const std::vector<Panel> all = {
      {"held-out perplexity", "completion; lower is better",
       [](const SweepRun& run) { return run.completion; }, false, true},
      {"coherence C_v", "higher is better", [](const SweepRun& run) { return run.c_v; }},
      {"coherence NPMI", "higher is better", [](const SweepRun& run) { return run.npmi; }},
      {"coherence UMass", "higher is better", [](const SweepRun& run) { return run.umass; }},
      {"exclusivity", "higher is better", [](const SweepRun& run) { return run.exclusivity; }},
      {"diversity", "higher is better", [](const SweepRun& run) { return run.diversity; }},
      {"duplicate topics", "lower is better",
       [](const SweepRun& run) { return static_cast<double>(run.duplicates); }, true},
      {"dead topics", "lower is better",
       [](const SweepRun& run) { return static_cast<double>(run.dead); }, true},
      {"seconds of training", "", [](const SweepRun& run) { return run.seconds; }, true},
  };
  return all;
}

// The finite figures of a panel by number of topics.
using Figures = std::map<std::int64_t, std::vector<double>>;

Figures figures_of(const std::vector<SweepRun>& runs, const Panel& panel) {
  Figures figures;
  for (const SweepRun& run : runs) {
    const double value = panel.figure(run);
    if (std::isfinite(value)) figures[run.topics].push_back(value);
  }
  return figures;
}

// Where the values of one panel stand in the picture.
class Frame {
 public:
  Frame(const std::vector<SweepRun>& runs, Svg::Point corner, Ticks ticks)
      : corner_(corner), ticks_(ticks) {
    const auto by_topics = [](const SweepRun& a, const SweepRun& b) { return a.topics < b.topics; };
    const auto [least, most] = std::minmax_element(runs.begin(), runs.end(), by_topics);
    low_ = std::log(static_cast<double>(least->topics));
    high_ = std::log(static_cast<double>(most->topics));
  }

  double left() const { return corner_.x + kLeft; }
  double right() const { return corner_.x + kPanelWidth - kRight; }
  double top() const { return corner_.y + kTop; }
  double bottom() const { return corner_.y + kPanelHeight - kBottom; }
  const Ticks& ticks() const { return ticks_; }

  double x(std::int64_t topics) const {
    constexpr double kInset = 10.0;  // a dot on an edge stays whole
    const double share =
        high_ > low_ ? (std::log(static_cast<double>(topics)) - low_) / (high_ - low_) : 0.5;
    return left() + kInset + share * (right() - left() - 2.0 * kInset);
  }
  double y(double value) const {
    return bottom() - (value - ticks_.first) / (ticks_.last() - ticks_.first) * (bottom() - top());
  }

 private:
  Svg::Point corner_;
  Ticks ticks_;
  double low_ = 0.0;
  double high_ = 0.0;
};

Ticks ticks_for(const Figures& figures, const Panel& panel) {
  constexpr int kAbout = 4;
  double low = figures.begin()->second.front();
  double high = low;
  for (const auto& [topics, values] : figures) {
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    low = std::min(low, *least);
    high = std::max(high, *most);
  }
  return nice_ticks(panel.from_zero ? 0.0 : low, high, kAbout);
}

void draw_axes(const Frame& frame, const Figures& figures, Svg& svg) {
  for (int i = 0; i < frame.ticks().count; ++i) {
    const double y = frame.y(frame.ticks().at(i));
    svg.line({frame.left(), y}, {frame.right(), y}, kGrid, 0.6);
    svg.text({frame.left() - 5.0, y + 3.5}, short_number(frame.ticks().at(i)), Svg::Anchor::kEnd,
             kInk);
  }
  svg.line({frame.left(), frame.bottom()}, {frame.right(), frame.bottom()}, kInk, 0.8);
  double free_from = frame.left() - kLeft;  // labels may not touch
  for (const auto& [topics, values] : figures) {
    const double x = frame.x(topics);
    svg.line({x, frame.bottom()}, {x, frame.bottom() + 4.0}, kInk, 0.8);
    const std::string label = std::to_string(topics);
    const double half = text_width(label) / 2.0;
    if (x - half < free_from) continue;
    svg.text({x, frame.bottom() + 15.0}, label, Svg::Anchor::kMiddle, kInk);
    free_from = x + half + 4.0;
  }
}

void draw_figures(const Frame& frame, const Figures& figures, Svg& svg) {
  std::vector<Svg::Point> means;
  std::vector<Svg::Point> band;
  std::vector<Svg::Point> upper;
  for (const auto& [topics, values] : figures) {
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    double sum = 0.0;
    for (const double value : values) sum += value;
    means.push_back({frame.x(topics), frame.y(sum / static_cast<double>(values.size()))});
    band.push_back({frame.x(topics), frame.y(*least)});
    upper.push_back({frame.x(topics), frame.y(*most)});
  }
  band.insert(band.end(), upper.rbegin(), upper.rend());
  svg.area(band, kCurve, 0.18);
  svg.polyline(means, kCurve, 1.6);
  for (const auto& [topics, values] : figures) {
    for (const double value : values) svg.circle({frame.x(topics), frame.y(value)}, 2.2, kCurve);
  }
}

void draw_panel(const std::vector<SweepRun>& runs, const Panel& panel, Svg::Point corner,
                Svg& svg) {
  svg.text({corner.x + kLeft, corner.y + 14.0}, panel.title, Svg::Anchor::kStart, kInk, true);
  svg.text({corner.x + kLeft, corner.y + 26.0}, panel.remark, Svg::Anchor::kStart, kFaint);
  const Figures figures = figures_of(runs, panel);
  if (figures.empty()) {
    svg.text({corner.x + kLeft, corner.y + kTop + 30.0}, "no figure", Svg::Anchor::kStart, kFaint);
    return;
  }
  const Frame frame(runs, corner, ticks_for(figures, panel));
  draw_axes(frame, figures, svg);
  draw_figures(frame, figures, svg);
  // The baseline is far above any model that is of use: said, not drawn, so that it does not
  // flatten the rest.
  if (panel.with_unigram) {
    svg.text({frame.right(), corner.y + 14.0},
             "unigram " + short_number(std::round(runs[0].unigram)), Svg::Anchor::kEnd, kBaseline);
  }
}

}  // namespace

std::string sweep_svg(const std::vector<SweepRun>& runs, const std::string& evaluated_on) {
  const auto rows = (static_cast<int>(panels().size()) + kColumns - 1) / kColumns;
  const double height = rows * kPanelHeight + kFoot;
  Svg svg(kColumns * kPanelWidth, height, "Figures of topic models against the number of topics");
  svg.rectangle({0.0, 0.0}, kColumns * kPanelWidth, height, "#ffffff");
  for (int i = 0; i < static_cast<int>(panels().size()); ++i) {
    draw_panel(runs, panels()[static_cast<std::size_t>(i)],
               {(i % kColumns) * kPanelWidth, (i / kColumns) * kPanelHeight}, svg);
  }
  svg.text({kLeft, height - 26.0},
           "Against the number of topics K, logarithmic. A dot is a run; the line goes through the "
           "means over seeds, the band from least to greatest.",
           Svg::Anchor::kStart, kFaint);
  svg.text({kLeft, height - 12.0}, "Perplexity on " + evaluated_on, Svg::Anchor::kStart, kFaint);
  return svg.finish();
}

}  // namespace svi_lda
