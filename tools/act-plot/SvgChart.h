//===- SvgChart.h - Line charts as SVG --------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares line charts with axes, written as SVG.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACT_PLOT_SVGCHART_H
#define ACT_TOOLS_ACT_PLOT_SVGCHART_H

#include <string>
#include <utility>
#include <vector>

namespace act {

/// One line: points in data coordinates; a point that is not finite interrupts
/// it.
struct Curve {
  std::string label;
  std::vector<std::pair<double, double>> points;
  bool dashed = false;
};

/// One panel with a title, axes through the origin where it is in range, and
/// a legend.
struct Chart {
  std::string title;
  double xMin, xMax;
  std::vector<Curve> curves;
};

/// The charts side by side, `columns` in a row, as one SVG document. It reads
/// well on light and on dark pages.
std::string renderSvg(const std::vector<Chart> &charts, unsigned columns);

} // namespace act

#endif // ACT_TOOLS_ACT_PLOT_SVGCHART_H
