//===- Grad.h - Derivatives of the entry ---------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what --grad does before anything is compiled.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTRUN_GRAD_H
#define ACT_TOOLS_ACTRUN_GRAD_H

#include "Options.h"

#include "Act/Execution/Signature.h"
#include "Act/Execution/Tensor.h"

namespace act {

/// The entry and its derivatives, each the derivative of the one before. The
/// last is what is run; its inputs begin with those of the others.
using DerivativeChain = std::vector<Signature>;

/// The inputs that --grad differentiates by, in order: those that it names, or
/// all of floating point.
llvm::SmallVector<unsigned> differentiatedInputs(const Options &options,
                                                 const Signature &entry);

/// Adds the derivatives of the entry that the options ask for to `module`.
llvm::Expected<DerivativeChain> differentiateEntry(const Options &options,
                                                   mlir::ModuleOp module,
                                                   Signature entry);

/// The shapes of the cotangents that derivative `number` of the chain takes,
/// given the inputs of the one before.
llvm::Expected<std::vector<std::vector<int64_t>>>
cotangentShapes(const Options &options, mlir::ModuleOp module,
                const DerivativeChain &chain, unsigned number,
                llvm::ArrayRef<Tensor> inputs);

} // namespace act

#endif // ACT_TOOLS_ACTRUN_GRAD_H
