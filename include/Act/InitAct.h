//===- InitAct.h - Everything an embedding compiler calls -------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the registration of Act with a host compiler, and includes
// the pipelines and pattern sets that it may use piece by piece.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_INITACT_H
#define ACT_INITACT_H

#include "Act/Conversion/Decompose.h"
#include "Act/Conversion/Expand.h"
#include "Act/Conversion/Passes.h"
#include "Act/Conversion/Pipelines.h"
#include "Act/Transforms/Differentiation.h"
#include "Act/Transforms/Fuse.h"
#include "Act/Transforms/Passes.h"

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace act {

/// Adds the act dialect, the upstream dialects that Act's input and its
/// lowering use, and the external models (bufferization, translation to LLVM
/// IR) that the pipelines need.
void registerDialects(mlir::DialectRegistry &registry);

/// Registers the passes and pipelines of Act, and the upstream passes that they
/// are used with, with the command line.
void registerPasses();

} // namespace act

#endif // ACT_INITACT_H
