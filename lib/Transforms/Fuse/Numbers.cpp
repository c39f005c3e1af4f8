//===- Numbers.cpp - Numbers in patterns ----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements how patterns find numbers and compare them.
//
//===----------------------------------------------------------------------===//

#include "Numbers.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace act;

std::optional<double> act::findNumber(Value value) {
  if (auto splat = value.getDefiningOp<tensor::SplatOp>())
    return findNumber(splat.getInput());
  if (auto fill = value.getDefiningOp<linalg::FillOp>())
    return findNumber(fill.value());
  Attribute constant;
  if (!matchPattern(value, m_Constant(&constant)))
    return std::nullopt;
  if (auto elements = dyn_cast<SplatElementsAttr>(constant))
    constant = elements.getSplatValue<Attribute>();
  if (auto number = dyn_cast<FloatAttr>(constant))
    return number.getValueAsDouble();
  return std::nullopt;
}

bool act::areNeighbours(double found, double expected, Type type) {
  const llvm::fltSemantics &semantics =
      cast<FloatType>(type).getFloatSemantics();
  auto round = [&](double number) {
    llvm::APFloat value(number);
    bool losesInfo;
    value.convert(semantics, llvm::APFloat::rmNearestTiesToEven, &losesInfo);
    return value;
  };
  llvm::APFloat value = round(found), low = round(expected);
  llvm::APFloat high = low;
  low.next(/*nextDown=*/true);
  high.next(/*nextDown=*/false);
  return low <= value && value <= high;
}
