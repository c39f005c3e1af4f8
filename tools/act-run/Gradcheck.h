//===- Gradcheck.h - Gradients and differences ---------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the comparison of derivatives with central differences.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTRUN_GRADCHECK_H
#define ACT_TOOLS_ACTRUN_GRADCHECK_H

#include "Grad.h"

namespace act {

/// Computes the gradients that the last two functions of `chain` promise in
/// f64, compares them with differences of results and prints the errors.
/// `inputs` are those of the last. Returns whether all are small.
llvm::Expected<bool> checkGradients(const Options &options,
                                    mlir::ModuleOp module,
                                    const DerivativeChain &chain,
                                    llvm::ArrayRef<Tensor> inputs);

} // namespace act

#endif // ACT_TOOLS_ACTRUN_GRADCHECK_H
