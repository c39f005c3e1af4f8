//===- Widen.cpp - A program in f64 ---------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file widens the types and constants of a program. Conversions between
// floating-point types vanish.
//
//===----------------------------------------------------------------------===//

#include "Widen.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/Verifier.h"

using namespace act;
using namespace mlir;

static Type widen(Type type) {
  if (auto shaped = dyn_cast<ShapedType>(type)) {
    Type element = widen(shaped.getElementType());
    return element == shaped.getElementType() ? type : shaped.clone(element);
  }
  return isa<FloatType>(type) ? Float64Type::get(type.getContext()) : type;
}

/// A constant with its numbers in f64, each with its value.
static Attribute widen(Attribute attribute) {
  auto convert = [](APFloat number) {
    bool losesInfo;
    number.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                   &losesInfo);
    return number;
  };
  if (auto number = dyn_cast<FloatAttr>(attribute))
    return FloatAttr::get(widen(number.getType()), convert(number.getValue()));
  auto elements = dyn_cast<DenseFPElementsAttr>(attribute);
  if (!elements)
    return attribute;
  return elements.mapValues(
      Float64Type::get(attribute.getContext()),
      [&](const APFloat &number) { return convert(number).bitcastToAPInt(); });
}

static void widenOperation(Operation *op) {
  for (Region &region : op->getRegions())
    for (Block &block : region)
      for (BlockArgument argument : block.getArguments())
        argument.setType(widen(argument.getType()));
  for (OpResult result : op->getResults())
    result.setType(widen(result.getType()));
  if (auto constant = dyn_cast<arith::ConstantOp>(op))
    constant.setValueAttr(cast<TypedAttr>(widen(constant.getValue())));
  if (auto function = dyn_cast<func::FuncOp>(op)) {
    auto widenAll = [](TypeRange types) {
      return llvm::map_to_vector(types, [](Type type) { return widen(type); });
    };
    function.setType(FunctionType::get(op->getContext(),
                                       widenAll(function.getArgumentTypes()),
                                       widenAll(function.getResultTypes())));
  }
}

llvm::Expected<OwningOpRef<ModuleOp>>
act::widenToF64(ModuleOp module, llvm::ArrayRef<std::string> entries) {
  OwningOpRef<ModuleOp> wide = module.clone();
  for (auto function : llvm::make_early_inc_range(wide->getOps<func::FuncOp>()))
    if (function.isPublic() &&
        !llvm::is_contained(entries, function.getName()) &&
        SymbolTable::symbolKnownUseEmpty(function, *wide))
      function.erase();
  Operation *refused = nullptr;
  wide->walk([&](Operation *op) {
    // The bits of a number have another meaning in f64.
    if (isa<arith::BitcastOp>(op))
      refused = op;
    widenOperation(op);
  });
  if (refused)
    return llvm::createStringError("'" + refused->getName().getStringRef() +
                                   "' has no f64 form");
  wide->walk([&](Operation *op) {
    if (!isa<arith::ExtFOp, arith::TruncFOp>(op))
      return;
    op->getResult(0).replaceAllUsesWith(op->getOperand(0));
    op->erase();
  });
  if (failed(verify(*wide)))
    return llvm::createStringError("the program has no f64 form");
  return wide;
}
