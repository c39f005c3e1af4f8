//===- LaunchPlan.h - Host code of kernels as data ------------ -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the translation of the host function of kernels to JSON
// that any launcher can follow.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_CUDA_LAUNCHPLAN_H
#define ACT_LIB_EXECUTION_CUDA_LAUNCHPLAN_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

namespace act {

/// What a host function does. The form is that of docs/GPU.md: an expression is
/// a number, the name of a value, or an operator with its operands.
struct LaunchPlan {
  llvm::json::Array steps;

  /// What the launches of one kernel pass and how large their grid is, in terms
  /// of the arguments of the host function alone; null where two launches
  /// differ or an expression is long.
  struct Launch {
    llvm::json::Array grid;
    llvm::json::Value dynamicShared = nullptr;
    llvm::json::Array arguments;
  };
  llvm::StringMap<Launch> kernels;
};

/// Translates `host`, whose arguments have these names. What a plan cannot say
/// is an error that has been emitted at its operation.
llvm::Expected<LaunchPlan> makeLaunchPlan(mlir::func::FuncOp host,
                                          llvm::ArrayRef<std::string> names);

} // namespace act

#endif // ACT_LIB_EXECUTION_CUDA_LAUNCHPLAN_H
