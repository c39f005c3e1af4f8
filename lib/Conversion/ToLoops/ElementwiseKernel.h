//===- ElementwiseKernel.h - One pass over memory ---------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the loops of elementwise kernels.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ELEMENTWISEKERNEL_H
#define ACT_LIB_CONVERSION_TOLOOPS_ELEMENTWISEKERNEL_H

#include "IterationSpace.h"

#include <string>

namespace act {

/// How kernels are written.
struct KernelOptions {
  unsigned vectorBits = 256;
  /// 0: what the rules say.
  unsigned interleave = 0;
  /// Native vectors whose chains of operations alternate; 0: those in flight.
  unsigned sideBySide = 0;
  /// Tier of operations that do not name one.
  std::string accuracy = "default";
  bool masks = true;
  bool parallel = false;
  int64_t parallelThreshold = 65536;
  /// Products of matrices call BLAS.
  bool blas = false;
  /// The kernel is a function even where one thread runs it.
  bool outline = false;
};

/// Whether `generic` can become vector loops: elementwise, on memrefs, with a
/// body that exists on vectors.
bool isElementwiseKernel(mlir::linalg::GenericOp generic);

/// Emits the loops of `generic` at the insertion point.
void emitElementwiseKernel(mlir::OpBuilder &builder,
                           mlir::linalg::GenericOp generic,
                           const KernelOptions &options);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ELEMENTWISEKERNEL_H
