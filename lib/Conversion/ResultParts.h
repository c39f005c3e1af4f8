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

/// Materialises the tensor `result` in `memory`, a memref that nothing else
/// names. A tensor that tensor.insert_slice puts together from disjoint parts
/// is materialised part by part: bufferization could not see that one kernel
/// may write them all in place.
void materializeResult(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value result, mlir::Value memory);

} // namespace act

#endif // ACT_LIB_CONVERSION_RESULTPARTS_H
