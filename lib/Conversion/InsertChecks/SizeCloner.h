//===- SizeCloner.h - Sizes in another function -----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the copying of index arithmetic into a function that has
// the same arguments.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_INSERTCHECKS_SIZECLONER_H
#define ACT_LIB_CONVERSION_INSERTCHECKS_SIZECLONER_H

#include "../Dimensions.h"

namespace act {

/// The size of `dimension` at the insertion point, computed from `to` as it is
/// from the arguments `from`; null if it depends on anything but their
/// dimensions and numbers.
mlir::Value cloneSize(mlir::OpBuilder &builder, mlir::Location loc,
                      const Dimension &dimension, mlir::ValueRange from,
                      mlir::ValueRange to);

} // namespace act

#endif // ACT_LIB_CONVERSION_INSERTCHECKS_SIZECLONER_H
