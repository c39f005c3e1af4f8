//===- Passes.h - The lowering, pass by pass --------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the passes of Act/Conversion/Passes.td.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_CONVERSION_PASSES_H
#define ACT_CONVERSION_PASSES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace act {

/// The attribute in which a kernel that act-to-gpu made has its schedule.
constexpr llvm::StringLiteral scheduleAttrName = "act.schedule";

/// What shared memory that kernels declare is aligned to at least, for accesses
/// of 16 bytes.
constexpr uint64_t workgroupAlignment = 16;

#define GEN_PASS_DECL
#include "Act/Conversion/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "Act/Conversion/Passes.h.inc"

} // namespace act

#endif // ACT_CONVERSION_PASSES_H
