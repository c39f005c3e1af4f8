//===- ExactProducts.h - Products that need no rounding ---------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_EXPAND_EXACTPRODUCTS_H
#define ACT_LIB_CONVERSION_EXPAND_EXACTPRODUCTS_H

#include "mlir/IR/Operation.h"

namespace act {

/// Marks `op`, an arith.mulf, as a product that needs no rounding, until
/// act-expand ends.
void markExactProduct(mlir::Operation *op);

/// Fuses additions in `root` with such products: the bits are the same.
void fuseExactProducts(mlir::Operation *root);

/// Takes the marks away.
void forgetExactProducts(mlir::Operation *root);

} // namespace act

#endif // ACT_LIB_CONVERSION_EXPAND_EXACTPRODUCTS_H
