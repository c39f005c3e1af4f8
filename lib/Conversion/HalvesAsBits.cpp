//===- HalvesAsBits.cpp - 16-bit numbers as integers ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file turns the moves of 16-bit numbers into moves of integers.
//
//===----------------------------------------------------------------------===//

#include "HalvesAsBits.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;

void act::takeHalvesAsBits(func::FuncOp function) {
  Block &body = function.getBody().front();
  OpBuilder builder = OpBuilder::atBlockBegin(&body);
  for (BlockArgument argument : body.getArguments()) {
    Type type = argument.getType();
    if (!type.isF16() && !type.isBF16())
      continue;
    argument.setType(builder.getI16Type());
    auto number =
        arith::BitcastOp::create(builder, argument.getLoc(), type, argument);
    argument.replaceAllUsesExcept(number, number);
  }
  function.setType(builder.getFunctionType(
      body.getArgumentTypes(), function.getFunctionType().getResults()));
}

/// The integers that stand for numbers of 16 bits or vectors of them, or
/// nothing for other types.
static Type wordsOf(Type type) {
  Type element = getElementTypeOrSelf(type);
  if (!element.isF16() && !element.isBF16())
    return nullptr;
  Type word = IntegerType::get(type.getContext(), 16);
  if (auto vector = dyn_cast<VectorType>(type))
    return vector.clone(word);
  return type == element ? word : nullptr;
}

/// The same for bf16 numbers alone.
static Type bitsOf(Type type) {
  return getElementTypeOrSelf(type).isBF16() ? wordsOf(type) : nullptr;
}

static void loadAsBits(LLVM::LoadOp load) {
  Type type = load.getType(), bits = bitsOf(type);
  if (!bits)
    return;
  load.getResult().setType(bits);
  OpBuilder builder(load->getContext());
  builder.setInsertionPointAfter(load);
  auto number = LLVM::BitcastOp::create(builder, load.getLoc(), type, load);
  load.getResult().replaceAllUsesExcept(number, number);
}

/// Chooses between numbers of 16 bits as integers: vectors of them would be
/// taken apart, and each element be kept in f32.
static void selectAsBits(LLVM::SelectOp select) {
  Type type = select.getType(), bits = wordsOf(type);
  if (!bits)
    return;
  OpBuilder builder(select);
  for (OpOperand &choice : select->getOpOperands().drop_front())
    choice.set(
        LLVM::BitcastOp::create(builder, select.getLoc(), bits, choice.get()));
  select.getResult().setType(bits);
  builder.setInsertionPointAfter(select);
  auto number = LLVM::BitcastOp::create(builder, select.getLoc(), type, select);
  select.getResult().replaceAllUsesExcept(number, number);
}

/// Replaces a bitcast back to where its operand came from.
static void foldBitcast(LLVM::BitcastOp cast) {
  auto inner = cast.getArg().getDefiningOp<LLVM::BitcastOp>();
  if (inner && inner.getArg().getType() == cast.getType()) {
    cast.replaceAllUsesWith(inner.getArg());
    cast.erase();
  }
}

static void storeAsBits(LLVM::StoreOp store) {
  Type bits = bitsOf(store.getValue().getType());
  auto cast = store.getValue().getDefiningOp<LLVM::BitcastOp>();
  if (bits && cast && cast.getArg().getType() == bits)
    store.getValueMutable().assign(cast.getArg());
}

void act::moveHalvesAsBits(ModuleOp module) {
  module.walk(loadAsBits);
  module.walk(selectAsBits);
  module.walk(foldBitcast);
  module.walk(storeAsBits);
  // What only fed a bitcast or a store that is gone.
  module.walk([](LLVM::BitcastOp cast) {
    if (cast->use_empty())
      cast.erase();
  });
}
