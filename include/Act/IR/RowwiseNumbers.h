//===- RowwiseNumbers.h - Numbers of row-wise ops ---------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares which numbers an operation on rows can scale by.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ROWWISENUMBERS_H
#define ACT_IR_ROWWISENUMBERS_H

#include "mlir/IR/BuiltinTypes.h"

namespace act {

/// Whether neither a number nor its reciprocal becomes infinite or 0 in the
/// type in which an operation computes. A temperature, a softcap, and their
/// product are such numbers: otherwise 0 would be multiplied by infinity.
bool isRowScale(double number, mlir::FloatType computeType);

} // namespace act

#endif // ACT_IR_ROWWISENUMBERS_H
