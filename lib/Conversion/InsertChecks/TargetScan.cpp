//===- TargetScan.cpp - Targets out of range ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the search for classes that do not exist among the
// targets of losses.
//
//===----------------------------------------------------------------------===//

#include "TargetScan.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace act;

static Value createNumber(OpBuilder &builder, Location loc, int64_t value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getI64IntegerAttr(value));
}

BadTarget act::noBadTarget(OpBuilder &builder, Location loc) {
  return {createNumber(builder, loc, -1), createNumber(builder, loc, 0)};
}

Value act::isGood(OpBuilder &builder, Location loc, BadTarget target) {
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt,
                               target.row, createNumber(builder, loc, 0));
}

SmallVector<LossOpInterface> act::findUncheckedTargets(Operation *root) {
  SmallVector<LossOpInterface> found;
  root->walk([&](LossOpInterface op) {
    auto x = dyn_cast<RankedTensorType>(op.getX().getType());
    if (!x || op.hasSoftTarget())
      return;
    // The verifier knows these.
    DenseIntElementsAttr constant;
    if (!x.isDynamicDim(op.getRowDim()) &&
        matchPattern(op.getTarget(), m_Constant(&constant)))
      return;
    found.push_back(op);
  });
  return found;
}

std::string act::describeScan(LossOpInterface op) {
  return ("a target of '" + op->getName().getStringRef() +
          "' is not a class and not the ignore_index " +
          Twine(op.getIgnoredTarget()))
      .str();
}

//===----------------------------------------------------------------------===//
// The target in another function
//===----------------------------------------------------------------------===//

/// Copies what computes `value`, if it has no effects.
static Value cloneTensor(OpBuilder &builder, Value value, IRMapping &mapping) {
  if (Value known = mapping.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  if (!op || !isPure(op))
    return nullptr;
  llvm::SetVector<Value> used(op->operand_begin(), op->operand_end());
  getUsedValuesDefinedAbove(op->getRegions(), used);
  for (Value operand : used)
    if (!cloneTensor(builder, operand, mapping))
      return nullptr;
  return builder.clone(*op, mapping)
      ->getResult(cast<OpResult>(value).getResultNumber());
}

//===----------------------------------------------------------------------===//
// The search
//===----------------------------------------------------------------------===//

namespace {

class TargetSearch {
public:
  TargetSearch(OpBuilder &builder, Location loc, Value target, Value classes,
               int64_t ignored)
      : builder(builder), loc(loc), target(target) {
    Type number = builder.getI64Type();
    this->classes = arith::IndexCastOp::create(builder, loc, number, classes);
    this->ignored = createNumber(builder, loc, ignored);
    zero = arith::ConstantIndexOp::create(builder, loc, 0);
    one = arith::ConstantIndexOp::create(builder, loc, 1);
  }

  BadTarget search() { return searchFrom(zero, noBadTarget(builder, loc)); }

private:
  /// A loop over each dimension that has no index yet. `row` counts the rows by
  /// the indices so far.
  BadTarget searchFrom(Value row, BadTarget found) {
    int64_t dim = indices.size();
    if (dim == cast<RankedTensorType>(target.getType()).getRank())
      return judge(row, found);
    Value size = tensor::DimOp::create(builder, loc, target, dim);
    auto loop = scf::ForOp::create(builder, loc, zero, size, one,
                                   ValueRange({found.row, found.value}));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    indices.push_back(loop.getInductionVar());
    Value before = arith::MulIOp::create(builder, loc, row, size);
    Value next =
        arith::AddIOp::create(builder, loc, before, loop.getInductionVar());
    BadTarget inner =
        searchFrom(next, {loop.getRegionIterArg(0), loop.getRegionIterArg(1)});
    scf::YieldOp::create(builder, loc, ValueRange({inner.row, inner.value}));
    return {loop.getResult(0), loop.getResult(1)};
  }

  /// Keeps the first.
  BadTarget judge(Value row, BadTarget found) {
    Value value = tensor::ExtractOp::create(builder, loc, target, indices);
    Type number = builder.getI64Type();
    if (value.getType() != number)
      value = arith::ExtSIOp::create(builder, loc, number, value);
    // Without a sign negative numbers are large.
    Value outside = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::uge, value, classes);
    Value counts = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne,
                                         value, ignored);
    Value bad = arith::AndIOp::create(builder, loc, outside, counts);
    bad = arith::AndIOp::create(builder, loc, bad, isGood(builder, loc, found));
    Value position = arith::IndexCastOp::create(builder, loc, number, row);
    return {arith::SelectOp::create(builder, loc, bad, position, found.row),
            arith::SelectOp::create(builder, loc, bad, value, found.value)};
  }

  OpBuilder &builder;
  Location loc;
  Value target, classes, ignored, zero, one;
  SmallVector<Value> indices;
};

} // namespace

FailureOr<BadTarget> act::scanTarget(OpBuilder &builder, LossOpInterface op,
                                     Value classes, ValueRange from,
                                     ValueRange to) {
  IRMapping mapping;
  mapping.map(from, to);
  Value target = cloneTensor(builder, op.getTarget(), mapping);
  if (!target || !classes) {
    InFlightDiagnostic diagnostic =
        op->emitError() << "'" << op->getName()
                        << "' has targets that cannot be checked before it "
                           "runs";
    diagnostic.attachNote() << "pass them as an input, or compute them without "
                               "effects from inputs; with value-checks=nan "
                               "rows with a bad target are NaN instead";
    return failure();
  }
  return TargetSearch(builder, op.getLoc(), target, classes,
                      op.getIgnoredTarget())
      .search();
}
