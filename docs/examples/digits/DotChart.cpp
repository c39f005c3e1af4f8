//===- DotChart.cpp - One number for each name, as SVG --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file draws the chart of the example.
//
//===----------------------------------------------------------------------===//

#include "DotChart.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>
#include <tuple>

using namespace llvm;

static constexpr double width = 640, rowHeight = 20, left = 110, right = 60,
                        top = 40, bottom = 30;

std::string renderDotChart(const std::string &title, std::vector<Dot> dots) {
  llvm::sort(dots, [](const Dot &a, const Dot &b) {
    return std::tie(b.value, a.name) < std::tie(a.value, b.name);
  });
  double low = 100, high = 0;
  for (const Dot &dot : dots) {
    low = std::min(low, dot.value);
    high = std::max(high, dot.value);
  }
  low = std::floor(low);
  high = std::max(std::ceil(high), low + 1);
  auto x = [&](double value) {
    return left + (value - low) / (high - low) * (width - left - right);
  };
  double height = top + dots.size() * rowHeight + bottom;
  double foot = height - bottom;

  std::string svg;
  raw_string_ostream os(svg);
  os << formatv("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" "
                "height=\"{1}\" font-family=\"sans-serif\" "
                "font-size=\"12\" fill=\"#888\">\n",
                width, height)
     << formatv("<text x=\"{0}\" y=\"20\" font-size=\"14\">{1}</text>\n", left,
                title);
  for (double tick = low; tick <= high; ++tick)
    os << formatv("<path d=\"M{0:F1} {1}V{2}\" stroke=\"#888\" "
                  "stroke-opacity=\"0.3\"/>\n<text x=\"{0:F1}\" y=\"{3}\" "
                  "text-anchor=\"middle\">{4:F0}</text>\n",
                  x(tick), top, foot, foot + 18, tick);
  for (auto [row, dot] : enumerate(dots)) {
    double y = top + (row + 0.5) * rowHeight;
    os << formatv("<text x=\"{0}\" y=\"{1:F1}\" text-anchor=\"end\">{2}"
                  "</text>\n",
                  left - 10, y + 4, dot.name)
       << formatv("<path d=\"M{0} {1:F1}H{2:F1}\" stroke=\"#1f6feb\" "
                  "stroke-opacity=\"0.4\"/>\n<circle cx=\"{2:F1}\" "
                  "cy=\"{1:F1}\" r=\"4\" fill=\"#1f6feb\"/>\n",
                  left, y, x(dot.value))
       << formatv("<text x=\"{0:F1}\" y=\"{1:F1}\">{2:F1}</text>\n",
                  x(dot.value) + 8, y + 4, dot.value);
  }
  os << "</svg>\n";
  return svg;
}
