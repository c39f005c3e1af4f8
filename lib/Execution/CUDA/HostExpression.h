//===- HostExpression.h - Numbers that host code computes ----- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the translation of values of host code to expressions in
// JSON: a number, a name, or ["operator", operands...].
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_CUDA_HOSTEXPRESSION_H
#define ACT_LIB_EXECUTION_CUDA_HOSTEXPRESSION_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/JSON.h"

namespace act {

class HostExpressions {
public:
  HostExpressions(mlir::func::FuncOp host, llvm::ArrayRef<std::string> names);

  /// Whether `op` only computes a value that can be said.
  bool isExpression(mlir::Operation *op) const;

  /// Whether `value` is a number, or a property of an argument: shorter than
  /// any name that would be given to it.
  bool isShort(mlir::Value value) const;

  /// `value`, in which named values stand by their names. Emits an error where
  /// something cannot be said.
  mlir::FailureOr<llvm::json::Value> get(mlir::Value value) const;

  /// `value` in terms of the arguments alone; null if that is long, or depends
  /// on more.
  llvm::json::Value getFull(mlir::Value value) const;

  /// The bytes that an allocation takes.
  mlir::FailureOr<llvm::json::Value>
  bytesOf(mlir::memref::AllocOp allocation) const;

  void name(mlir::Value value, llvm::StringRef name) {
    names[value] = name.str();
  }
  void nameMemory(mlir::memref::AllocOp allocation, llvm::StringRef name) {
    names[allocation] = name.str();
  }

private:
  class Writer;
  llvm::DenseMap<mlir::Value, std::string> names;
  llvm::DenseMap<mlir::Value, std::string> arguments;
};

} // namespace act

#endif // ACT_LIB_EXECUTION_CUDA_HOSTEXPRESSION_H
