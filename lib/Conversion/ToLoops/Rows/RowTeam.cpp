//===- RowTeam.cpp - Threads that share a row -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements what threads that share a row do whoever they are.
//
//===----------------------------------------------------------------------===//

#include "RowTeam.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace act;

/// Only threads that have the best one look for it among their elements.
Value act::findOwnFirst(OpBuilder &builder, Location loc, Value own, Value best,
                        const RowTeam::Search &search) {
  Value none = arith::ConstantOp::create(
      builder, loc, builder.getI32IntegerAttr(RowTeam::Found::none));
  auto branch =
      scf::IfOp::create(builder, loc, none.getType(), search.isIt(own, best),
                        /*addThenBlock=*/true, /*addElseBlock=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(builder, loc, none);
  builder.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(builder, loc, search.findFirst(best));
  return branch.getResult(0);
}

RowTeam::Found
act::findFirstByReductions(OpBuilder &builder, Location loc, Value own,
                           const RowTeam::Search &search,
                           llvm::function_ref<Value(Value, Combine)> reduce) {
  Value best = reduce(own, search.choose);
  auto lesser = emitLesser(builder, loc);
  Value first = reduce(findOwnFirst(builder, loc, own, best, search),
                       {lesser, Combine::Kind::Least});
  return {best, first};
}
