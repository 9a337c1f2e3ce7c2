#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace svi_lda {

// Writes a picture as SVG 1.1 text. Lengths are in points, y grows downwards. Colours are SVG's.
class Svg {
 public:
  enum class Anchor { kStart, kMiddle, kEnd };
  struct Point {
    double x = 0.0;
    double y = 0.0;
  };

  // `title` is what readers of the picture who do not see it are told.
  Svg(double width, double height, std::string_view title);

  void line(Point from, Point to, std::string_view colour, double stroke, bool dashed = false);
  void polyline(const std::vector<Point>& points, std::string_view colour, double stroke);
  // A filled shape without an outline.
  void area(const std::vector<Point>& points, std::string_view colour, double opacity);
  void rectangle(Point corner, double width, double height, std::string_view colour);
  void circle(Point centre, double radius, std::string_view colour);
  // `at` is the end of the base line that `anchor` names.
  void text(Point at, std::string_view text, Anchor anchor, std::string_view colour,
            bool bold = false);
  // The same, turned by 90 degrees to be read upwards.
  void upward_text(Point at, std::string_view text, std::string_view colour);

  std::string finish();

  static constexpr double kFontSize = 10.0;

 private:
  void points_of(const std::vector<Point>& points);

  std::string text_;
};

// Text of an XML element or attribute; what XML cannot hold (control characters) as U+FFFD.
std::string xml_escaped(std::string_view text);

// About how wide `text` is in a sans-serif font of kFontSize, on the safe side.
double text_width(std::string_view text);

// A linear axis: multiples of 1, 2 or 5 times a power of ten that cover [low, high].
struct Ticks {
  double first = 0.0;
  double step = 1.0;
  int count = 1;
  double last() const { return first + step * (count - 1); }
  double at(int i) const { return first + step * i; }
};
Ticks nice_ticks(double low, double high, int about);

// "12k", "1.5M", "0.25".
std::string short_number(double value);

}  // namespace svi_lda
