//===- StaticSizes.h - Sizes that no memory has --------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the check of static sizes.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_INSERTCHECKS_STATICSIZES_H
#define ACT_LIB_CONVERSION_INSERTCHECKS_STATICSIZES_H

#include "mlir/IR/BuiltinOps.h"

namespace act {

/// An error at the first value whose static sizes alone are more than memory
/// can hold, or at the first slice that is written to one place.
llvm::LogicalResult checkStaticSizes(mlir::ModuleOp module);

} // namespace act

#endif // ACT_LIB_CONVERSION_INSERTCHECKS_STATICSIZES_H
