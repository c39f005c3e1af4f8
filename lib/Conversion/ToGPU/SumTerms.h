//===- SumTerms.h - The terms of a reduction on a GPU -----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the terms that kernels of sums and other reductions add to
// one output.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_SUMTERMS_H
#define ACT_LIB_CONVERSION_TOGPU_SUMTERMS_H

#include "DeviceKernel.h"
#include "ThreadIndex.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace act {

/// The operation of two operands `op` on others.
mlir::Value combine(mlir::OpBuilder &builder, mlir::Operation &op,
                    mlir::Value left, mlir::Value right);

class SumTerms {
public:
  /// `space` has the loops over outputs, as they are kept, then over terms.
  /// Where the body asks for indices they are all loops, in the order of
  /// reductionLoops.
  SumTerms(DeviceKernel &kernel, mlir::linalg::GenericOp generic,
           const IterationSpace &space)
      : kernel(kernel), generic(generic), builder(kernel.body()),
        loc(generic.getLoc()), space(space), index(builder, loc) {}

  /// Begins the output of this number.
  void start(mlir::Value output);
  /// How many terms there are.
  mlir::Value size() const { return total; }
  /// The number of outputs.
  mlir::Value numOutputs();

  /// What the values of the body are for the term at `position`, where outputs
  /// hold `before`; `skip` is not emitted.
  mlir::IRMapping emit(mlir::Value position, mlir::Operation *skip,
                       mlir::ValueRange before = {});
  /// What the output of this number holds.
  mlir::Value load(unsigned number);
  void store(unsigned number, mlir::Value value);
  /// Adds totals to what the outputs hold, or combines both as the body does.
  void addToOutputs(llvm::ArrayRef<mlir::Value> totals);

private:
  mlir::Value addressOf(unsigned number,
                        llvm::ArrayRef<mlir::Value> coordinates);

  DeviceKernel &kernel;
  mlir::linalg::GenericOp generic;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  const IterationSpace &space;
  IndexBuilder index;
  /// Of the operands, for the output at hand.
  llvm::SmallVector<mlir::OpFoldResult> offsets;
  llvm::SmallVector<mlir::Value> outer;
  mlir::Value total;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_SUMTERMS_H
