//===- Products.cpp - Bodies that multiply and add ------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file recognises products of matrices by their bodies.
//
//===----------------------------------------------------------------------===//

#include "Products.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace act;

/// The block argument that `value` is, possibly extended; else -1.
static int64_t sourceArgument(Value value) {
  if (auto extension = value.getDefiningOp<arith::ExtFOp>())
    value = extension.getIn();
  auto argument = dyn_cast<BlockArgument>(value);
  return argument ? argument.getArgNumber() : -1;
}

FloatType act::findProductType(linalg::GenericOp generic) {
  if (generic.getNumDpsInputs() != 2 || generic.getNumDpsInits() != 1)
    return nullptr;
  Block &body = *generic.getBody();
  if (!llvm::all_of(body.without_terminator(), [](Operation &op) {
        return isa<arith::ExtFOp, arith::MulFOp, arith::AddFOp>(op);
      }))
    return nullptr;
  auto sum = body.getTerminator()->getOperand(0).getDefiningOp<arith::AddFOp>();
  if (!sum)
    return nullptr;
  Value before = body.getArgument(2);
  if ((sum.getLhs() == before) == (sum.getRhs() == before))
    return nullptr;
  Value term = sum.getLhs() == before ? sum.getRhs() : sum.getLhs();
  auto product = term.getDefiningOp<arith::MulFOp>();
  if (!product)
    return nullptr;
  int64_t left = sourceArgument(product.getLhs());
  int64_t right = sourceArgument(product.getRhs());
  if (std::min(left, right) != 0 || std::max(left, right) != 1)
    return nullptr;
  return cast<FloatType>(sum.getType());
}
