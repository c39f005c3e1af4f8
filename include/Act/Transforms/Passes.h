//===- Passes.h - Passes from act to act ------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the passes of Act/Transforms/Passes.td.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_PASSES_H
#define ACT_TRANSFORMS_PASSES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace act {

#define GEN_PASS_DECL
#include "Act/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "Act/Transforms/Passes.h.inc"

} // namespace act

#endif // ACT_TRANSFORMS_PASSES_H
