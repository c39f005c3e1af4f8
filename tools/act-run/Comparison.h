//===- Comparison.h - Results and what they must be ----------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the comparison of results with expected ones.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTRUN_COMPARISON_H
#define ACT_TOOLS_ACTRUN_COMPARISON_H

#include "Act/Execution/Tensor.h"

namespace act {

/// How far a result may be off: by `maxUlp` units in the last place of the
/// expected value, or else |got - expected| <= atol + rtol * |expected|.
struct Tolerance {
  std::optional<double> maxUlp = 0;
  double rtol = 0, atol = 0;
};

/// The element that is furthest off.
struct Comparison {
  int64_t numElements = 0, numWrong = 0;
  int64_t worst = 0;
  double got = 0, expected = 0;
  /// Its error in units in the last place of the result's type; for integers
  /// the difference.
  double ulp = 0;
};

/// Compares tensors of equal shape. `expected` may have another floating-point
/// type. NaN equals NaN, zeros of either sign are equal.
Comparison compare(const Tensor &got, const Tensor &expected,
                   const Tolerance &tolerance);

/// "[3, 17]", or nothing for rank 0.
std::string indexText(int64_t element, llvm::ArrayRef<int64_t> shape);

} // namespace act

#endif // ACT_TOOLS_ACTRUN_COMPARISON_H
