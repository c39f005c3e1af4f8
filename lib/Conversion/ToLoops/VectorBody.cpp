//===- VectorBody.cpp - Scalar bodies on vectors --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the vectorisation of bodies. Elementwise operations are
// the same operations on vectors: only types change.
//
//===----------------------------------------------------------------------===//

#include "VectorBody.h"

#include "Staging.h"

#include "Act/IR/Act.h"
#include "Act/Rules/RuleInfo.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"

using namespace mlir;
using namespace act;

bool act::isVectorizable(Block &body) {
  return llvm::all_of(body.without_terminator(), [](Operation &op) {
    if (!llvm::all_of(op.getResultTypes(), VectorType::isValidElementType))
      return false;
    return isa<arith::ConstantOp, ElementIndexOp, ElementwiseRuleOpInterface>(
               op) ||
           OpTrait::hasElementwiseMappableTraits(&op);
  });
}

void act::vectorizeBody(OpBuilder &builder, Block &body, IRMapping &vectors,
                        int64_t width, Operation *skip) {
  for (Operation &op : body.without_terminator()) {
    if (&op == skip ||
        (op.getNumResults() != 0 && vectors.contains(op.getResult(0))))
      continue;
    if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
      auto type = VectorType::get(width, constant.getType());
      auto splat = DenseElementsAttr::get(type, constant.getValue());
      vectors.map(
          constant.getResult(),
          arith::ConstantOp::create(builder, op.getLoc(), splat).getResult());
      continue;
    }
    Operation *vector = builder.clone(op, vectors);
    for (OpResult result : vector->getResults())
      result.setType(VectorType::get(width, result.getType()));
  }
}

Value act::makeElementNumbers(OpBuilder &builder, Location loc,
                              OpFoldResult first, OpFoldResult stride,
                              int64_t width) {
  auto asI64 = [&](OpFoldResult number) -> Value {
    Value index = getValueOrCreateConstantIndexOp(builder, loc, number);
    Value integer =
        arith::IndexCastOp::create(builder, loc, builder.getI64Type(), index);
    return makeSplat(builder, loc, integer, width);
  };
  Value steps = arith::ConstantOp::create(
      builder, loc,
      builder.getI64VectorAttr(llvm::to_vector(llvm::seq<int64_t>(0, width))));
  if (getConstantIntValue(stride) != 1)
    steps = arith::MulIOp::create(builder, loc, steps, asI64(stride));
  return arith::AddIOp::create(builder, loc, asI64(first), steps);
}

int64_t act::nativeLanes(Block &body, unsigned vectorBits) {
  // 16-bit types are computed in f32.
  unsigned widest = 32;
  auto see = [&](Type type) {
    if (type.isIntOrFloat())
      widest = std::max(widest, type.getIntOrFloatBitWidth());
    else if (type.isIndex())
      widest = 64;
  };
  for (BlockArgument argument : body.getArguments())
    if (!argument.use_empty())
      see(argument.getType());
  for (Operation &op : body)
    for (Type type : op.getResultTypes())
      see(type);
  return std::max(1u, vectorBits / std::min(widest, 64u));
}

/// The evaluations that `op` expands to, as keys of a rule.
static SmallVector<std::pair<rules::RuleId, rules::Part>>
evaluationsOf(Operation *op) {
  if (auto rule = dyn_cast<ElementwiseRuleOpInterface>(op))
    return {{rule.getRule(), rule.getRulePart()}};
  if (!isa<GateOpInterface>(op))
    return {};
  rules::RuleId phi = getGateFunction(op).rule;
  if (isa<GateOp>(op))
    return {{phi, rules::Part::Forward}};
  return {{phi, rules::Part::Forward}, {phi, rules::Part::Derivative}};
}

unsigned act::preferredInterleave(Block &body, unsigned vectorBits,
                                  StringRef accuracy) {
  // Sixteen registers of 256 bits do not hold more than four chains.
  constexpr unsigned usual = 4;
  std::optional<unsigned> least;
  body.walk([&](Operation *op) {
    for (auto [rule, part] : evaluationsOf(op)) {
      rules::Tier tier = getAccuracy(op, accuracy) == "exact"
                             ? rules::Tier::Exact
                             : rules::Tier::Default;
      rules::Width width =
          getComputeElementType(op->getOperands(), op->getContext()).isF64()
              ? rules::Width::F64
              : rules::Width::F32;
      const rules::EvaluationInfo *info =
          rules::findEvaluation(rule, part, tier, width);
      if (info)
        least = std::min(least.value_or(info->interleave), info->interleave);
    }
  });
  unsigned wanted = least.value_or(usual);
  return vectorBits < 512 ? std::min(wanted, usual) : wanted;
}
