"""Small multiples of line charts with two logarithmic axes, as SVG. Standard library alone."""
import math
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

# Told apart by readers who do not see all colours, with the marks; the last is for a ninth curve.
COLOURS = ["#0b5394", "#d1660a", "#1f8a5b", "#a8458c", "#9a7b00", "#3fa0d8", "#8c3b1f", "#555555",
           "#b3a0c8"]
INK, FAINT, GRID, FINE_GRID = "#222222", "#777777", "#d8d8d8", "#efefef"
DASHES = ' stroke-dasharray="5 4"'
WIDTH, HEIGHT = 380, 310  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 66, 14, 40, 52  # margins in a panel
HEADER, FOOTER = 44, 52


@dataclass
class Series:
    name: str  # empty: no legend
    points: list  # (x, least, middle, most) in ascending x
    dashed: bool = False


@dataclass
class Panel:
    title: str
    x_title: str
    y_title: str
    series: list
    x_ticks: list = field(default_factory=list)  # empty: powers of ten
    y_ticks: list = field(default_factory=list)  # empty: 1, 2, 5; else the axis ends at them


def _number(value):
    """1500 -> 1.5k, 2000000 -> 2M, 0.05 -> 0.05."""
    for unit, suffix in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= unit * 0.9999:
            return f"{value / unit:.3g}{suffix}"
    return f"{value:.3g}"


def _steps(low, high):
    """The 1, 2, 5 multiples of powers of ten that lie in [low, high]."""
    decades = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
    steps = (factor * 10.0**power for power in decades for factor in (1, 2, 5))
    return [step for step in steps if low * 0.9999 <= step <= high * 1.0001]


def _outward(low, high):
    """[low, high] widened to the next 1, 2 or 5 and to a decade at least, so that noise does not
    look like a slope."""
    around = _steps(low / 10, high * 10)
    below = max(step for step in around if step <= low * 1.0001)
    above = min(step for step in around if step >= high * 0.9999)
    while above / below < 9.999:
        lower, higher = low / below, above / high
        if lower <= higher:
            below = max(step for step in _steps(below / 10, below) if step < below * 0.9999)
        else:
            above = min(step for step in _steps(above, above * 10) if step > above * 1.0001)
    return below, above


class _Axis:
    def __init__(self, low, high, begin, end):
        self.low, self.high, self.begin, self.end = low, high, begin, end

    def place(self, value):
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.begin + share * (self.end - self.begin)


def _text(x, y, text, size=11, anchor="middle", colour=INK, more=""):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
            f'fill="{colour}"{more}>{escape(text)}</text>')


def _is_power_of_ten(value):
    return f"{value:.0e}".startswith("1")


def _line(x1, y1, x2, y2, colour, width=1.0, more=""):
    return (f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
            f'stroke-width="{width}"{more}/>')


def _grid(panel, x_axis, y_axis):
    parts = []
    left, right, top, bottom = LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM
    ticks = panel.x_ticks or _steps(x_axis.low, x_axis.high)
    few = bool(panel.x_ticks) or x_axis.high / x_axis.low < 50
    for value in ticks:
        x = x_axis.place(value)
        labelled = few or _is_power_of_ten(value)
        parts.append(_line(x, top, x, bottom, GRID if labelled else FINE_GRID))
        if labelled:
            parts.append(_text(x, bottom + 16, _number(value)))
    few = y_axis.high / y_axis.low < 500
    for value in panel.y_ticks or _steps(y_axis.low, y_axis.high):
        y = y_axis.place(value)
        labelled = few or bool(panel.y_ticks) or _is_power_of_ten(value)
        parts.append(_line(left, y, right, y, GRID if labelled else FINE_GRID))
        if labelled:
            label = f"{value:,}" if panel.y_ticks else _number(value)
            parts.append(_text(left - 6, y + 4, label, anchor="end"))
    parts.append(f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" '
                 f'fill="none" stroke="{INK}"/>')
    return parts


def _curve(series, colour, x_axis, y_axis):
    parts = []
    places = [(x_axis.place(x), *map(y_axis.place, figures)) for x, *figures in series.points]
    path = " ".join(f"{x:.1f},{middle:.1f}" for x, _, middle, _ in places)
    dash = DASHES if series.dashed else ""
    colour = FAINT if series.dashed else colour
    parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" '
                 f'stroke-width="1.6"{dash}/>')
    if not series.dashed:
        for x, least, middle, most in places:
            parts.append(_line(x, least, x, most, colour, 1.2))
            parts.append(f'<circle cx="{x:.1f}" cy="{middle:.1f}" r="3" fill="{colour}"/>')
    return parts


def _legend(panel):
    parts = []
    named = [(index, series) for index, series in enumerate(panel.series) if series.name]
    for row, (index, series) in enumerate(named):
        colour = FAINT if series.dashed else COLOURS[index % len(COLOURS)]
        y = TOP + 16 + 16 * row
        dash = DASHES if series.dashed else ""
        parts.append(_line(LEFT + 8, y - 4, LEFT + 30, y - 4, colour, 2, dash))
        parts.append(_text(LEFT + 36, y, series.name, anchor="start"))
    return parts


def _legend_width(series):
    return sum(48 + 7.2 * len(one.name) for one in series)


def _shared_legend(series, width):
    """A row of names under the title, as wide as they need, in the middle."""
    x, parts = (width - _legend_width(series)) / 2, []
    for index, one in enumerate(series):
        colour = FAINT if one.dashed else COLOURS[index % len(COLOURS)]
        parts.append(_line(x, 48, x + 22, 48, colour, 2, DASHES if one.dashed else ""))
        parts.append(_text(x + 28, 52, one.name, 12, anchor="start"))
        x += _legend_width([one])
    return parts


def _panel(panel, own_legend):
    points = [point for series in panel.series for point in series.points]
    low_x, high_x = min(p[0] for p in points), max(p[0] for p in points)
    margin = (high_x / low_x) ** 0.05 if high_x > low_x else 1.5
    if panel.y_ticks:
        low_y, high_y = panel.y_ticks[0], panel.y_ticks[-1]
    else:
        low_y, high_y = _outward(min(p[1] for p in points), max(p[3] for p in points))
    if own_legend and any(series.name for series in panel.series):
        high_y *= (high_y / low_y) ** 0.2  # room for the legend
    x_axis = _Axis(low_x / margin, high_x * margin, LEFT, WIDTH - RIGHT)
    y_axis = _Axis(low_y, high_y, HEIGHT - BOTTOM, TOP)
    parts = _grid(panel, x_axis, y_axis)
    for index, series in enumerate(panel.series):
        parts += _curve(series, COLOURS[index % len(COLOURS)], x_axis, y_axis)
    if own_legend:
        parts += _legend(panel)
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, TOP - 12, panel.title, 13,
                       more=' font-weight="bold"'))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, panel.x_title, 12))
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts.append(_text(16, middle, panel.y_title, 12,
                       more=f' transform="rotate(-90 16 {middle:.1f})"'))
    return parts


def draw(title, footer, panels, columns=3, shared_legend=False):
    """The panels, row by row, as the text of an SVG file; the footer is a list of lines. A shared
    legend stands once, under the title: all panels then have the same series."""
    rows = math.ceil(len(panels) / columns)
    header = HEADER + (22 if shared_legend else 0)
    width, height = columns * WIDTH, header + rows * HEIGHT + FOOTER
    if shared_legend:
        width = max(width, round(_legend_width(panels[0].series)) + 2 * RIGHT)
    left = (width - columns * WIDTH) / 2
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
             f'viewBox="0 0 {width} {height}" font-family="DejaVu Sans, Arial, sans-serif">',
             f'<rect width="{width}" height="{height}" fill="white"/>',
             _text(width / 2, 28, title, 16, more=' font-weight="bold"')]
    if shared_legend:
        parts += _shared_legend(panels[0].series, width)
    for index, panel in enumerate(panels):
        x, y = left + index % columns * WIDTH, header + index // columns * HEIGHT
        parts += [f'<g transform="translate({x} {y})">', *_panel(panel, not shared_legend), "</g>"]
    for line, text in enumerate(footer):
        parts.append(_text(width / 2, height - FOOTER + 18 + 16 * line, text, 11, colour=FAINT))
    return "\n".join([*parts, "</svg>"]) + "\n"
