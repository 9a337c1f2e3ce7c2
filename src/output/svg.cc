#include "output/svg.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace svi_lda {
namespace {

// Two decimals, none where there are none: the same text on every machine.
std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.2f", value);
  std::string result = text;
  result.erase(result.find_last_not_of('0') + 1);
  if (result.back() == '.') result.pop_back();
  return result == "-0" ? "0" : result;
}

const char* name_of(Svg::Anchor anchor) {
  switch (anchor) {
    case Svg::Anchor::kMiddle:
      return "middle";
    case Svg::Anchor::kEnd:
      return "end";
    case Svg::Anchor::kStart:
      break;
  }
  return "start";
}

std::string attribute(const char* name, std::string_view value) {
  return std::string(" ").append(name).append("=\"").append(xml_escaped(value)).append("\"");
}

std::string attribute(const char* name, double value) { return attribute(name, number(value)); }

}  // namespace

Svg::Svg(double width, double height, std::string_view title) {
  text_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" role=\"img\"";
  text_ += attribute("width", number(width) + "pt") + attribute("height", number(height) + "pt");
  text_ += attribute("viewBox", "0 0 " + number(width) + " " + number(height));
  text_ += attribute("font-family", "Helvetica, Arial, 'DejaVu Sans', sans-serif");
  text_ += attribute("font-size", kFontSize) + ">\n";
  text_ += "<title>" + xml_escaped(title) + "</title>\n";
}

void Svg::line(Point from, Point to, std::string_view colour, double stroke, bool dashed) {
  text_ += "<line" + attribute("x1", from.x) + attribute("y1", from.y) + attribute("x2", to.x) +
           attribute("y2", to.y) + attribute("stroke", colour) + attribute("stroke-width", stroke);
  if (dashed) text_ += attribute("stroke-dasharray", "5 3");
  text_ += "/>\n";
}

void Svg::points_of(const std::vector<Point>& points) {
  text_ += " points=\"";
  for (const Point& point : points) text_ += number(point.x) + "," + number(point.y) + " ";
  text_ += "\"";
}

void Svg::polyline(const std::vector<Point>& points, std::string_view colour, double stroke) {
  text_ += "<polyline fill=\"none\" stroke-linejoin=\"round\"" + attribute("stroke", colour) +
           attribute("stroke-width", stroke);
  points_of(points);
  text_ += "/>\n";
}

void Svg::area(const std::vector<Point>& points, std::string_view colour, double opacity) {
  text_ += "<polygon" + attribute("fill", colour) + attribute("fill-opacity", opacity);
  points_of(points);
  text_ += "/>\n";
}

void Svg::rectangle(Point corner, double width, double height, std::string_view colour) {
  text_ += "<rect" + attribute("x", corner.x) + attribute("y", corner.y) +
           attribute("width", width) + attribute("height", height) + attribute("fill", colour) +
           "/>\n";
}

void Svg::circle(Point centre, double radius, std::string_view colour) {
  text_ += "<circle" + attribute("cx", centre.x) + attribute("cy", centre.y) +
           attribute("r", radius) + attribute("fill", colour) + "/>\n";
}

void Svg::text(Point at, std::string_view text, Anchor anchor, std::string_view colour, bool bold) {
  text_ += "<text" + attribute("x", at.x) + attribute("y", at.y) + attribute("fill", colour) +
           attribute("text-anchor", name_of(anchor));
  if (bold) text_ += attribute("font-weight", "bold");
  text_.append(">").append(xml_escaped(text)).append("</text>\n");
}

void Svg::upward_text(Point at, std::string_view text, std::string_view colour) {
  text_ +=
      "<text text-anchor=\"middle\"" + attribute("fill", colour) +
      attribute("transform", "translate(" + number(at.x) + " " + number(at.y) + ") rotate(-90)") +
      ">" + xml_escaped(text) + "</text>\n";
}

std::string Svg::finish() { return std::move(text_) + "</svg>\n"; }

std::string xml_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else if (c == '"') {
      result += "&quot;";
    } else if (byte < 0x20 || byte == 0x7f) {
      result += "\xef\xbf\xbd";
    } else {
      result += c;
    }
  }
  return result;
}

double text_width(std::string_view text) {
  double width = 0.0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    // Letters are half as wide as the font is high; those of Han, Hangul and Kana (three bytes in
    // UTF-8) and capitals are wider.
    if ((byte & 0xc0u) != 0x80u) width += byte >= 0xe0 ? 1.0 : c >= 'A' && c <= 'Z' ? 0.72 : 0.56;
  }
  return width * Svg::kFontSize;
}

Ticks nice_ticks(double low, double high, int about) {
  const double range = high > low ? high - low : std::max(std::abs(high), 1.0);
  const double rough = range / std::max(about, 1);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  const double digit = rough / power;
  Ticks ticks;
  ticks.step = power * (digit <= 1.0 ? 1.0 : digit <= 2.0 ? 2.0 : digit <= 5.0 ? 5.0 : 10.0);
  const double first = std::floor(low / ticks.step + 1e-9);
  const double last = std::ceil((high > low ? high : low + range) / ticks.step - 1e-9);
  ticks.first = first * ticks.step;
  ticks.count = static_cast<int>(last - first) + 1;
  return ticks;
}

std::string short_number(double value) {
  constexpr std::pair<double, const char*> kUnits[] = {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}};
  char text[40];
  for (const auto& [unit, name] : kUnits) {
    if (std::abs(value) < unit) continue;
    std::snprintf(text, sizeof(text), "%.4g%s", value / unit, name);
    return text;
  }
  std::snprintf(text, sizeof(text), "%.6g", std::abs(value) < 1e-12 ? 0.0 : value);
  return text;
}

}  // namespace svi_lda
