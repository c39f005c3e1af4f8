//===- DotChart.h - One number for each name, as SVG ------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the chart that the example draws.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_EXAMPLES_DIGITS_DOTCHART_H
#define ACT_EXAMPLES_DIGITS_DOTCHART_H

#include <string>
#include <vector>

struct Dot {
  std::string name;
  double value;
};

/// A line for each dot, the highest first, over an axis that spans the values.
/// It reads well on light and on dark pages.
std::string renderDotChart(const std::string &title, std::vector<Dot> dots);

#endif // ACT_EXAMPLES_DIGITS_DOTCHART_H
