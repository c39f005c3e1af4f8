//===- RowState.cpp - Logits, maxima and sums of rows ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the steps that softmax and losses share.
//
//===----------------------------------------------------------------------===//

#include "RowState.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include <limits>

using namespace mlir;
using namespace act;

static constexpr double infinity = std::numeric_limits<double>::infinity();

/// What the soft cap is applied to, divided by the cap.
static Value makeCapArgument(RowBody body, RowwiseOpInterface op, Value x) {
  Value u =
      op.getTemperature() == 1.0
          ? x
          : body.algebra.div(x, body.algebra.constant(op.getTemperature()));
  return body.algebra.div(u, body.algebra.constant(*op.getSoftcap()));
}

RowTensor act::makeLogits(RowGenerics &generics, RowwiseOpInterface op) {
  bool isNegative = op.getRowFunction() == RowFunction::Softmin;
  SmallVector<RowTensor> inputs{{op.getX()}};
  if (op.getMask())
    inputs.push_back(generics.getMask());
  bool isPlain = !op.getMask() && !op.getSoftcap() && !isNegative &&
                 op.getTemperature() == 1.0;
  if (isPlain && getElementTypeOrSelf(op.getX()) == generics.getComputeType())
    return inputs.front();
  return generics.map(RowExtent::Data, inputs, [&](RowBody body) {
    IRAlgebra &a = body.algebra;
    Value z = body.inputs[0];
    if (op.getSoftcap())
      z = a.mul(a.constant(*op.getSoftcap()),
                TanhOp::create(body.builder, body.loc, z.getType(),
                               makeCapArgument(body, op, z)));
    else if (op.getTemperature() != 1.0)
      z = a.div(z, a.constant(op.getTemperature()));
    if (isNegative)
      z = a.neg(z);
    return op.getMask() ? a.select(body.inputs[1], z, a.constant(-infinity))
                        : z;
  });
}

Value act::backpropagate(RowBody body, RowwiseOpInterface op, Value dz,
                         Value x) {
  IRAlgebra &a = body.algebra;
  Value dx = dz;
  if (op.getRowFunction() == RowFunction::Softmin)
    dx = a.neg(dx);
  if (op.getSoftcap())
    dx = TanhBackwardOp::create(body.builder, body.loc, dx.getType(), dx,
                                makeCapArgument(body, op, x))
             .getResult();
  if (op.getTemperature() != 1.0)
    dx = a.div(dx, a.constant(op.getTemperature()));
  return dx;
}

RowTensor act::makeMaximum(RowGenerics &generics, RowTensor logits) {
  return generics.reduce(
      generics.number(-infinity), logits, [&](RowBody body) -> Value {
        return arith::MaximumFOp::create(body.builder, body.loc,
                                         body.results[0], body.inputs[0]);
      });
}

Value act::isFinite(IRAlgebra &algebra, Value value) {
  return algebra.lt(algebra.abs(value), algebra.constant(infinity));
}

RowTensor act::makeOrigin(RowGenerics &generics, RowTensor maximum) {
  return generics.map(RowExtent::Rows, maximum, [&](RowBody body) {
    IRAlgebra &a = body.algebra;
    return a.select(isFinite(a, body.inputs[0]), body.inputs[0],
                    a.constant(0.0));
  });
}

Value act::makeTerm(RowBody body, Value z, Value origin) {
  return ExpDifferenceOp::create(body.builder, body.loc, z.getType(), z, origin,
                                 /*channel_dim=*/IntegerAttr());
}

RowState act::makeRowState(RowGenerics &generics, RowTensor logits,
                           RowTensor maximum) {
  RowTensor origin = makeOrigin(generics, maximum);
  // All terms of maxima are 1: one of them is left out.
  RowTensor smaller =
      generics.sum({logits, maximum, origin}, [&](RowBody body) {
        IRAlgebra &a = body.algebra;
        Value isMaximum = a.eq(body.inputs[0], body.inputs[1]);
        return a.select(isMaximum, a.constant(0.0),
                        makeTerm(body, body.inputs[0], body.inputs[2]));
      });
  RowTensor maxima = generics.sum({logits, maximum}, [&](RowBody body) {
    IRAlgebra &a = body.algebra;
    return a.select(a.eq(body.inputs[0], body.inputs[1]), a.constant(1.0),
                    a.constant(0.0));
  });
  RowTensor rest =
      generics.map(RowExtent::Rows, {smaller, maxima}, [&](RowBody body) {
        IRAlgebra &a = body.algebra;
        return a.add(body.inputs[0], a.sub(body.inputs[1], a.constant(1.0)));
      });
  return {maximum, origin, rest};
}

RowTensor act::makeLogSum(RowGenerics &generics, RowTensor rest) {
  return generics.map(RowExtent::Rows, rest, [&](RowBody body) {
    return body.algebra.log1p(body.inputs[0]);
  });
}
