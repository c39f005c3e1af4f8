//===- ViewConditions.h - Whether views stay in their tensors ---*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the conditions of slices, reshapes and elements, which
// would read or write beyond a tensor.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_INSERTCHECKS_VIEWCONDITIONS_H
#define ACT_LIB_CONVERSION_INSERTCHECKS_VIEWCONDITIONS_H

#include "../Dimensions.h"

#include <string>

namespace act {

/// An i1 that says that a condition does not hold.
struct ViewCondition {
  mlir::Value fails;
  std::string message;
};

/// Emits the conditions of `op` that types do not show to hold. `sizeOf` gives
/// a dimension, or a number of the program, at the insertion point, or null:
/// what depends on elements is not checked.
llvm::SmallVector<ViewCondition>
emitViewConditions(mlir::OpBuilder &builder, mlir::Operation *op,
                   llvm::function_ref<mlir::Value(const Dimension &)> sizeOf);

} // namespace act

#endif // ACT_LIB_CONVERSION_INSERTCHECKS_VIEWCONDITIONS_H
