//===- Check.h - Results and their exact values --------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the comparison of results with the exact values of the
// program.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTRUN_CHECK_H
#define ACT_TOOLS_ACTRUN_CHECK_H

#include "Act/Execution/Signature.h"
#include "Act/Execution/Tensor.h"

#include "mlir/IR/BuiltinOps.h"

namespace act {

/// An error if there is no exact reference to compare with: of the entry, or as
/// this program was built without MPFR.
llvm::Error checkIsPossible(mlir::ModuleOp module, const Signature &signature);

/// Compares results with exact values, in MPFR, and prints for each output the
/// largest and the mean error in ulp and the inputs of the worst element.
/// Returns whether all errors are at most `maxUlp`, if that is given, and NaN
/// is where it must be.
llvm::Expected<bool> checkResults(mlir::ModuleOp module,
                                  const Signature &signature,
                                  llvm::ArrayRef<Tensor> inputs,
                                  llvm::ArrayRef<Tensor> results,
                                  std::optional<double> maxUlp);

} // namespace act

#endif // ACT_TOOLS_ACTRUN_CHECK_H
