//===- SvgChart.cpp - Line charts as SVG ----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file draws line charts as SVG.
//
//===----------------------------------------------------------------------===//

#include "SvgChart.h"

#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <cstdio>

using namespace act;

namespace {

constexpr double panelWidth = 360, panelHeight = 240;
constexpr double marginLeft = 40, marginRight = 12, marginTop = 28,
                 marginBottom = 24;
const char *const colours[] = {"#1f6feb", "#d9730d", "#2da44e", "#bf3989"};

/// Appends formatted text.
void print(std::string &out, const char *format, ...) {
  char buffer[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(buffer, sizeof(buffer), format, arguments);
  va_end(arguments);
  out += buffer;
}

/// A round distance between grid lines that gives about `count` of them.
double tickStep(double range, int count) {
  double raw = range / count;
  double power = std::pow(10.0, std::floor(std::log10(raw)));
  for (double factor : {1.0, 2.0, 5.0})
    if (raw <= factor * power)
      return factor * power;
  return 10 * power;
}

/// Maps data to pixels of one panel.
struct Frame {
  double x0, y0;
  double xMin, xMax, yMin, yMax;

  double width() const { return panelWidth - marginLeft - marginRight; }
  double height() const { return panelHeight - marginTop - marginBottom; }
  double px(double x) const {
    return x0 + marginLeft + (x - xMin) / (xMax - xMin) * width();
  }
  double py(double y) const {
    return y0 + marginTop + (yMax - y) / (yMax - yMin) * height();
  }
};

} // namespace

static Frame makeFrame(const Chart &chart, double x0, double y0) {
  double low = 0, high = 0;
  for (const Curve &curve : chart.curves)
    for (auto [x, y] : curve.points)
      if (std::isfinite(y)) {
        low = std::min(low, y);
        high = std::max(high, y);
      }
  if (high - low < 1e-9)
    high = low + 1;
  double pad = 0.06 * (high - low);
  return {x0, y0, chart.xMin, chart.xMax, low - pad, high + pad};
}

static void drawGrid(std::string &out, const Frame &f) {
  const char *line = "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' "
                     "stroke='#8c959f' stroke-opacity='%s'/>\n";
  double xStep = tickStep(f.xMax - f.xMin, 8);
  for (double x = std::ceil(f.xMin / xStep) * xStep; x <= f.xMax + 1e-9;
       x += xStep) {
    print(out, line, f.px(x), f.py(f.yMax), f.px(x), f.py(f.yMin), "0.2");
    print(out,
          "<text x='%.1f' y='%.1f' text-anchor='middle' class='t'>%g</text>\n",
          f.px(x), f.py(f.yMin) + 14, std::abs(x) < 1e-9 ? 0.0 : x);
  }
  double yStep = tickStep(f.yMax - f.yMin, 5);
  for (double y = std::ceil(f.yMin / yStep) * yStep; y <= f.yMax + 1e-9;
       y += yStep) {
    print(out, line, f.px(f.xMin), f.py(y), f.px(f.xMax), f.py(y), "0.2");
    print(out,
          "<text x='%.1f' y='%.1f' text-anchor='end' class='t'>%g</text>\n",
          f.px(f.xMin) - 4, f.py(y) + 3, std::abs(y) < 1e-9 ? 0.0 : y);
  }
  if (f.xMin < 0 && f.xMax > 0)
    print(out, line, f.px(0), f.py(f.yMax), f.px(0), f.py(f.yMin), "0.9");
  print(out, line, f.px(f.xMin), f.py(0), f.px(f.xMax), f.py(0), "0.9");
}

static void drawCurve(std::string &out, const Frame &f, const Curve &curve,
                      const char *colour) {
  std::string path;
  bool down = false;
  for (auto [x, y] : curve.points) {
    if (!std::isfinite(y)) {
      down = false;
      continue;
    }
    print(path, "%s%.2f %.2f", down ? " L" : " M", f.px(x), f.py(y));
    down = true;
  }
  out += "<path d='" + path + "' fill='none' stroke='" + colour +
         "' stroke-width='2'" +
         (curve.dashed ? " stroke-dasharray='6 4'" : "") + "/>\n";
}

static void drawLegend(std::string &out, const Frame &f, const Chart &chart) {
  double x = f.x0 + marginLeft + 10, y = f.y0 + marginTop + 14;
  unsigned index = 0;
  for (const Curve &curve : chart.curves) {
    const char *colour = colours[index++ % 4];
    print(out,
          "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' "
          "stroke-width='2'%s/>\n",
          x, y - 4, x + 22, y - 4, colour,
          curve.dashed ? " stroke-dasharray='6 4'" : "");
    print(out, "<text x='%.1f' y='%.1f' class='l'>%s</text>\n", x + 28, y,
          curve.label.c_str());
    y += 15;
  }
}

std::string act::renderSvg(const std::vector<Chart> &charts,
                           unsigned columns) {
  columns = std::max(1u, std::min<unsigned>(columns, charts.size()));
  unsigned rows = (charts.size() + columns - 1) / columns;
  std::string out;
  print(out,
        "<svg xmlns='http://www.w3.org/2000/svg' width='%.0f' height='%.0f' "
        "viewBox='0 0 %.0f %.0f'>\n",
        columns * panelWidth, rows * panelHeight, columns * panelWidth,
        rows * panelHeight);
  out += "<style>text{font-family:sans-serif;fill:#57606a}"
         ".t{font-size:9px}.l{font-size:11px}.h{font-size:13px}"
         "@media(prefers-color-scheme:dark){text{fill:#adbac7}}</style>\n";
  for (unsigned i = 0; i != charts.size(); ++i) {
    double x0 = (i % columns) * panelWidth, y0 = (i / columns) * panelHeight;
    Frame frame = makeFrame(charts[i], x0, y0);
    print(out, "<text x='%.1f' y='%.1f' text-anchor='middle' class='h'>%s"
               "</text>\n",
          x0 + panelWidth / 2, y0 + 18, charts[i].title.c_str());
    drawGrid(out, frame);
    unsigned index = 0;
    for (const Curve &curve : charts[i].curves)
      drawCurve(out, frame, curve, colours[index++ % 4]);
    drawLegend(out, frame, charts[i]);
  }
  out += "</svg>\n";
  return out;
}
