//===- MappedReads.h - Operands read through any map ------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how operations read operands that strides do not describe,
// such as the windows of a pooling.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_MAPPEDREADS_H
#define ACT_LIB_CONVERSION_TOGPU_MAPPEDREADS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace act {

/// `generic`, on memrefs, with loads in its body in place of inputs whose maps
/// are no projected permutations: `generic` itself where there are none.
mlir::linalg::GenericOp loadMappedReads(mlir::RewriterBase &rewriter,
                                        mlir::linalg::GenericOp generic);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_MAPPEDREADS_H
