//===- ResultParts.h - Results put together from parts ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how the result of an entry gets into its memory.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_RESULTPARTS_H
#define ACT_LIB_CONVERSION_RESULTPARTS_H

#include "mlir/IR/Builders.h"

namespace act {

/// Results of an entry on their way into memory.
class ResultParts {
public:
  /// The tensor `result` goes into `memory`, a memref that nothing else names.
  /// A tensor that tensor.insert_slice puts together from disjoint parts goes
  /// there part by part: bufferization could not see that one kernel may write
  /// them all in place. `builder` is at the end of the entry.
  void add(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value result,
           mlir::Value memory);

  /// Materialises what was added.
  void materialize(mlir::OpBuilder &builder);

private:
  struct Part {
    mlir::Location loc;
    mlir::Value value;
    mlir::Value memory;
  };
  llvm::SmallVector<Part> parts;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_RESULTPARTS_H
