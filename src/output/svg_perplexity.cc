#include "output/svg_perplexity.h"

#include <algorithm>
#include <cstdio>
#include <limits>

#include "output/svg.h"

namespace svi_lda {
namespace {

constexpr double kWidth = 360.0;
constexpr double kHeight = 230.0;
constexpr double kLeft = 52.0;
constexpr double kRight = 14.0;
constexpr double kTop = 12.0;
constexpr double kBottom = 38.0;
constexpr const char* kInk = "#000000";
constexpr const char* kGrid = "#dddddd";
constexpr const char* kCurve = "#0072b2";
constexpr const char* kBaseline = "#d55e00";

std::string baseline_label(double unigram) {
  char text[40];
  std::snprintf(text, sizeof(text), "unigram %.1f", unigram);
  return text;
}

// From figures to points of the picture.
struct Frame {
  Ticks x;
  Ticks y;
  Svg::Point at(double x_value, double y_value) const {
    return {kLeft + (x_value - x.first) / (x.last() - x.first) * (kWidth - kLeft - kRight),
            kHeight - kBottom -
                (y_value - y.first) / (y.last() - y.first) * (kHeight - kTop - kBottom)};
  }
};

Frame frame_of(const PerplexityCurve& curve) {
  double low = std::numeric_limits<double>::infinity();
  double high = 0.0;
  double right = 0.0;
  for (const auto& point : curve.points) {
    low = std::min(low, point.perplexity - 2.0 * point.standard_error);
    high = std::max(high, point.perplexity + 2.0 * point.standard_error);
    right = std::max(right, point.x);
  }
  if (curve.unigram) {
    low = std::min(low, *curve.unigram);
    high = std::max(high, *curve.unigram);
  }
  return {nice_ticks(0.0, right, 5), nice_ticks(low, high, 5)};
}

void draw_axes(const Frame& frame, const PerplexityCurve& curve, Svg& svg) {
  for (int i = 0; i < frame.y.count; ++i) {
    const Svg::Point at = frame.at(frame.x.first, frame.y.at(i));
    svg.line(at, {kWidth - kRight, at.y}, kGrid, 0.6);
    svg.text({kLeft - 5.0, at.y + 3.5}, short_number(frame.y.at(i)), Svg::Anchor::kEnd, kInk);
  }
  const double bottom = kHeight - kBottom;
  svg.line({kLeft, bottom}, {kWidth - kRight, bottom}, kInk, 0.8);
  for (int i = 0; i < frame.x.count; ++i) {
    const double x = frame.at(frame.x.at(i), frame.y.first).x;
    svg.line({x, bottom}, {x, bottom + 4.0}, kInk, 0.8);
    svg.text({x, bottom + 15.0}, short_number(frame.x.at(i)), Svg::Anchor::kMiddle, kInk);
  }
  svg.text({(kLeft + kWidth - kRight) / 2.0, kHeight - 6.0}, curve.axis, Svg::Anchor::kMiddle,
           kInk);
  svg.upward_text({12.0, (kTop + bottom) / 2.0}, "held-out perplexity (" + curve.estimator + ")",
                  kInk);
}

}  // namespace

std::string perplexity_svg(const PerplexityCurve& curve) {
  Svg svg(kWidth, kHeight, "Held-out perplexity (" + curve.estimator + ") against " + curve.axis);
  const Frame frame = frame_of(curve);
  draw_axes(frame, curve, svg);
  if (curve.unigram) {
    const double y = frame.at(frame.x.first, *curve.unigram).y;
    svg.line({kLeft, y}, {kWidth - kRight, y}, kBaseline, 1.2, true);
    svg.text({kWidth - kRight - 4.0, y + 13.0}, baseline_label(*curve.unigram), Svg::Anchor::kEnd,
             kBaseline);
  }
  std::vector<Svg::Point> line;
  std::vector<Svg::Point> band;
  for (const auto& point : curve.points) {
    line.push_back(frame.at(point.x, point.perplexity));
    band.push_back(frame.at(point.x, point.perplexity - 2.0 * point.standard_error));
  }
  for (auto point = curve.points.rbegin(); point != curve.points.rend(); ++point) {
    band.push_back(frame.at(point->x, point->perplexity + 2.0 * point->standard_error));
  }
  svg.area(band, kCurve, 0.18);
  svg.polyline(line, kCurve, 1.6);
  svg.circle(line.back(), 2.6, kCurve);
  return svg.finish();
}

}  // namespace svi_lda
