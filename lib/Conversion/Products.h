//===- Products.h - Bodies that multiply and add ----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what a product of matrices is, wherever it stands.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_PRODUCTS_H
#define ACT_LIB_CONVERSION_PRODUCTS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace act {

/// The type in which `generic` adds products of its two operands, which may be
/// extended first, to its result; null if it does something else.
mlir::FloatType findProductType(mlir::linalg::GenericOp generic);

} // namespace act

#endif // ACT_LIB_CONVERSION_PRODUCTS_H
