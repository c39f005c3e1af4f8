//===- ProgramReference.h - Exact results of whole entries ------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the check of what an entry computed against its exact
// value: every operation over the reals, element by element.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ACCURACY_PROGRAMREFERENCE_H
#define ACT_ACCURACY_PROGRAMREFERENCE_H

#include "Act/Execution/TensorView.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <vector>

namespace act {

/// How far one output of an entry is off, in ulp of its type.
struct OutputAccuracy {
  uint64_t count = 0;
  double maxUlps = 0;
  double meanUlps = 0;
  /// Elements of which exactly one of result and exact value is NaN; they do
  /// not enter the figures above.
  uint64_t nanMismatches = 0;
  /// Where the largest error is, or the first NaN mismatch if there is one.
  std::vector<int64_t> worstIndex;
  double worstResult = 0;
  /// The exact value there, rounded to the type.
  double worstExact = 0;
};

/// An error that names what in `entry` has no exact reference, if anything.
llvm::Error checkHasReference(mlir::func::FuncOp entry);

/// Compares `outputs`, which `entry` computed from `inputs`, with the exact
/// results. Every operation is evaluated over the reals, from the inputs to the
/// outputs: no intermediate value is rounded, so that the figures include what
/// the roundings of the program itself lose.
///
/// Entries may consist of act, arith and math operations, elementwise linalg
/// operations, and the tensor operations that shape them. An error names an
/// operation that has no reference, with its location.
llvm::Expected<std::vector<OutputAccuracy>>
checkProgram(mlir::func::FuncOp entry, llvm::ArrayRef<TensorView> inputs,
             llvm::ArrayRef<TensorView> outputs);

} // namespace act

#endif // ACT_ACCURACY_PROGRAMREFERENCE_H
