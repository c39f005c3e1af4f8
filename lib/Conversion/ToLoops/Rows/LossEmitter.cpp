//===- LossEmitter.cpp - Rows that have a target --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements which rows count, and what the others give.
//
//===----------------------------------------------------------------------===//

#include "LossEmitter.h"

#include <limits>

using namespace mlir;
using namespace act;

LossEmitter::LossEmitter(OpBuilder &builder, RowwiseOpInterface op,
                         const IterationSpace &space,
                         const KernelOptions &options)
    : RowEmitter(builder, op, space, options),
      loss(cast<LossOpInterface>(*op)) {}

void LossEmitter::emitRow() {
  Value isKept, number64;
  if (!loss.hasSoftTarget()) {
    number64 = stream(RowInput::Target).loadOne(index(0));
    if (!number64.getType().isInteger(64))
      number64 =
          arith::ExtSIOp::create(builder, loc, builder.getI64Type(), number64);
    Value ignored = arith::ConstantOp::create(
        builder, loc, builder.getI64IntegerAttr(loss.getIgnoredTarget()));
    isKept = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne,
                                   number64, ignored);
  }
  tokenWeight = number(1);
  if (loss.getTokenWeight()) {
    tokenWeight = loadScalar(RowInput::TokenWeight);
    Value counts = compare(arith::CmpFPredicate::UNE, tokenWeight, number(0));
    isKept =
        isKept ? arith::AndIOp::create(builder, loc, isKept, counts) : counts;
  }

  if (!isKept)
    return emitKeptRow(number64);
  emitBranch(
      isKept, [&] { emitKeptRow(number64); }, [&] { emitDropped(); });
}

void LossEmitter::emitKeptRow(Value number64) {
  if (number64) {
    // Another element is read in place of one that does not exist.
    Value number = arith::IndexCastOp::create(builder, loc,
                                              builder.getIndexType(), number64);
    isClass = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult,
                                    number, size);
    target = select(isClass, number, index(0));
  }
  emitKept();
}

Value LossEmitter::poison(Value value) {
  if (!isClass)
    return value;
  return select(isClass, value,
                number(std::numeric_limits<double>::quiet_NaN()));
}

void LossEmitter::emitDropped() {
  for (auto [output, out] : llvm::zip(op.getRowOutputs(), op.getOuts())) {
    if (getRowExtent(op, output) == RowExtent::Data) {
      Value zeros = broadcast(number(0));
      forBlocks([&, destination = out](Value position, Value count) {
        store(zeros, destination, position, count);
      });
    } else if (output == RowOutput::ArgMax) {
      storeInteger(index(-1), out);
    } else {
      storeScalar(number(0), out);
    }
  }
}
