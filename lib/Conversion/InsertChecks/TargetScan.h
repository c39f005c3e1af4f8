//===- TargetScan.h - Targets out of range ----------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the search for classes that do not exist among the targets
// of losses.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_INSERTCHECKS_TARGETSCAN_H
#define ACT_LIB_CONVERSION_INSERTCHECKS_TARGETSCAN_H

#include "Act/IR/Act.h"

namespace act {

/// The row, counted over all rows, and the value of a target, both i64. The row
/// is -1 where no target is bad.
struct BadTarget {
  mlir::Value row;
  mlir::Value value;
};

BadTarget noBadTarget(mlir::OpBuilder &builder, mlir::Location loc);
mlir::Value isGood(mlir::OpBuilder &builder, mlir::Location loc,
                   BadTarget target);

/// The losses below `root` whose targets are known only at run time.
llvm::SmallVector<LossOpInterface> findUncheckedTargets(mlir::Operation *root);

/// What a target out of range violates.
std::string describeScan(LossOpInterface op);

/// Searches the target of `op` for the first class that is neither in
/// [0, classes) nor ignored. The target is computed from `to` as it is from
/// `from`; an error says that this is not possible.
mlir::FailureOr<BadTarget> scanTarget(mlir::OpBuilder &builder,
                                      LossOpInterface op, mlir::Value classes,
                                      mlir::ValueRange from,
                                      mlir::ValueRange to);

} // namespace act

#endif // ACT_LIB_CONVERSION_INSERTCHECKS_TARGETSCAN_H
