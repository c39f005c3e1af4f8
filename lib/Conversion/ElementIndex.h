//===- ElementIndex.h - Numbers of elements ---------------------*- C++ -*-===//
//-*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what act.element_index becomes where elements are taken
// one by one.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_ELEMENTINDEX_H
#define ACT_LIB_CONVERSION_ELEMENTINDEX_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace act {

/// Makes act.element_index in the body count all loops, without operands, where
/// that is the same. Kernels count so.
void countByLoops(mlir::RewriterBase &rewriter,
                  mlir::linalg::GenericOp generic);

/// Replaces act.element_index in the body, of tensors or memrefs, by arithmetic
/// on linalg.index.
void expandElementIndices(mlir::RewriterBase &rewriter,
                          mlir::linalg::GenericOp generic);

} // namespace act

#endif // ACT_LIB_CONVERSION_ELEMENTINDEX_H
