//===- Inputs.cpp - Where functions are tried -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file chooses the inputs of accuracy scans.
//
//===----------------------------------------------------------------------===//

#include "Act/Accuracy/Inputs.h"

#include <algorithm>
#include <cmath>

using namespace act;

/// Where e^x, e^-x, e^(-x^2/2), their products with x, or 1 + e^x change
/// character in f32 (RELIABILITY R2), and in the 16-bit formats and f64.
static const double knees[] = {
    0.5,     1,      2,      2.75,   3,      4,       4.5,   5.5,     6,
    6.5,     8,      8.7,    9.01,   10,     11.09,   12,    13,      13.3,
    14,      14.6,   15.94,  16.635, 17.33,  18,      19,    20,      22,
    22.18,   30,     34.6,   36.7,   40,     44,      44.36, 60,      64,
    70,      80,     87.33,  88,     88.3,   88.72,   89,    91.9,    93,
    95,      100,    103.28, 103.97, 104,    105,     110,   120,     125,
    126,     127,    128,    149,    150,    151,     250,   340,     372,
    700,     709.78, 745.13, 746,    1000,   1022,    1024,  1074,    1e6,
    0x1p-64, 0x1p40, 0x1p60, 0x1p80, 0x1p-24, 0x1p-12, 0x1p-30};

/// The pattern `steps` neighbours up from `pattern`, in the order of values.
static uint64_t neighbour(const Format &format, uint64_t pattern, int steps) {
  int64_t magnitude =
      static_cast<int64_t>(pattern & (format.signBit() - 1));
  int64_t ordered =
      (pattern & format.signBit() ? -magnitude : magnitude) + steps;
  int64_t limit = static_cast<int64_t>(format.infinity());
  ordered = std::clamp(ordered, -limit, limit);
  return ordered < 0 ? format.signBit() | static_cast<uint64_t>(-ordered)
                     : static_cast<uint64_t>(ordered);
}

static void sortUnique(std::vector<uint64_t> &inputs) {
  std::sort(inputs.begin(), inputs.end());
  inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
}

std::vector<uint64_t> act::specialInputs(const Subject &subject,
                                         const Format &format) {
  std::vector<uint64_t> inputs;
  uint64_t infinity = format.infinity();
  uint64_t smallestNormal = uint64_t(1) << (format.precision - 1);
  for (uint64_t sign : {uint64_t(0), format.signBit()})
    for (uint64_t pattern :
         {uint64_t(0), uint64_t(1), uint64_t(2), smallestNormal - 1,
          smallestNormal, smallestNormal + 1, infinity - 2, infinity - 1,
          infinity, infinity + 1, infinity | smallestNormal >> 1,
          format.signBit() - 1})
      inputs.push_back(sign | pattern);

  auto around = [&](double point, int radius) {
    uint64_t center = format.encode(format.round(point));
    for (int step = -radius; step <= radius; ++step)
      inputs.push_back(neighbour(format, center, step));
  };
  for (double knee : knees)
    for (double point : {knee, -knee})
      around(point, 2);

  const rules::RuleInfo &info = subject.info();
  std::vector<double> points;
  for (const Literal &kink : info.kinks)
    points.push_back(kink.asDouble());
  for (const Literal &root : info.derivativeRoots)
    points.push_back(root.asDouble());
  // A parameter may scale the argument or the result, or shift it.
  std::vector<double> images = points;
  for (size_t i = 0; i != subject.parameters.size(); ++i) {
    double p = subject.parameters[i].value_or(
        info.parameters[i].defaultValue());
    for (double point : points) {
      images.push_back(point * p);
      if (p != 0)
        images.push_back(point / p);
    }
    for (double knee : knees)
      if (p != 0 && std::isfinite(knee / p))
        for (double point : {knee / p, -knee / p})
          around(point, 1);
  }
  for (double point : images)
    around(point, 64);
  sortUnique(inputs);
  return inputs;
}

/// splitmix64 (Steele and others, 2014).
static uint64_t next(uint64_t &state) {
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

std::vector<uint64_t> act::stratifiedInputs(const Subject &subject,
                                            const Format &format,
                                            size_t count) {
  std::vector<uint64_t> inputs = specialInputs(subject, format);
  uint64_t state = 1;
  int significand = format.precision - 1;
  uint64_t mask = (uint64_t(1) << significand) - 1;
  int bias = 1 - format.minExponent;
  uint64_t binades = format.infinity() >> significand;

  auto fill = [&](uint64_t first, uint64_t last, size_t budget) {
    size_t each = std::max<size_t>(8, budget / (2 * (last - first)));
    for (uint64_t binade = first; binade != last; ++binade)
      for (uint64_t sign : {uint64_t(0), format.signBit()}) {
        uint64_t base = sign | binade << significand;
        for (uint64_t end : {uint64_t(0), uint64_t(1), mask - 1, mask})
          inputs.push_back(base | end);
        for (size_t i = 4; i < each; ++i)
          inputs.push_back(base | (next(state) & mask));
      }
  };
  fill(0, binades, count / 2);
  fill(static_cast<uint64_t>(bias - 12), static_cast<uint64_t>(bias + 7),
       count / 2);
  sortUnique(inputs);
  return inputs;
}

std::vector<uint64_t> act::imagesOf(const Reference &reference,
                                    const Format &format,
                                    const std::vector<uint64_t> &inputs) {
  std::vector<uint64_t> images;
  for (uint64_t input : inputs) {
    double x = format.decode(input);
    if (std::isfinite(x))
      images.push_back(format.encode(format.round(reference.estimate(x))));
  }
  images.push_back(format.infinity() + 1); // NaN
  sortUnique(images);
  return images;
}

std::vector<uint64_t> act::strideInputs(uint64_t begin, uint64_t end,
                                        uint64_t stride) {
  std::vector<uint64_t> inputs;
  inputs.reserve((end - begin) / stride + 1);
  for (uint64_t pattern = begin; pattern < end; pattern += stride)
    inputs.push_back(pattern);
  return inputs;
}
