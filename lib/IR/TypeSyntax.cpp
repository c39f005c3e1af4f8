//===- TypeSyntax.cpp - The types after the colon -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the custom directives for the types of elementwise
// operations.
//
//===----------------------------------------------------------------------===//

#include "TypeSyntax.h"

#include "Act/IR/ElementwiseTypes.h"

using namespace mlir;
using namespace act;

ParseResult act::parseForwardTypes(OpAsmParser &parser, Type &x, Type &y) {
  if (parser.parseType(x))
    return failure();
  y = x;
  if (succeeded(parser.parseOptionalArrow()))
    return parser.parseType(y);
  return success();
}

void act::printForwardTypes(OpAsmPrinter &printer, Operation *op, Type x,
                            Type y) {
  printer << x;
  if (x != y)
    printer << " -> " << y;
}

ParseResult act::parseBackwardTypes(OpAsmParser &parser, Type &dy, Type &x,
                                    Type &dx) {
  if (parser.parseType(dy))
    return failure();
  x = dy;
  if (succeeded(parser.parseOptionalComma()) && parser.parseType(x))
    return failure();
  dx = x;
  return success();
}

void act::printBackwardTypes(OpAsmPrinter &printer, Operation *op, Type dy,
                             Type x, Type dx) {
  if (dy != x)
    printer << dy << ", ";
  printer << x;
}

ParseResult
act::parseParametricTypes(OpAsmParser &parser,
                          std::optional<OpAsmParser::UnresolvedOperand> operand,
                          Type &x, Type &parameter, Type &y) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<Type> types;
  if (parser.parseTypeList(types))
    return failure();
  if (types.size() != (operand ? 2 : 1))
    return parser.emitError(loc, "expected ")
           << (operand ? "2 types, of x and of the parameter" : "1 type, of x")
           << "; found " << types.size();
  x = y = types.front();
  if (operand)
    parameter = types.back();
  if (succeeded(parser.parseOptionalArrow()))
    return parser.parseType(y);
  return success();
}

void act::printParametricTypes(OpAsmPrinter &printer, Operation *op,
                               Value operand, Type x, Type parameter, Type y) {
  printer << x;
  if (parameter)
    printer << ", " << parameter;
  if (x != y)
    printer << " -> " << y;
}

ParseResult act::parseParametricBackwardTypes(
    OpAsmParser &parser, std::optional<OpAsmParser::UnresolvedOperand> operand,
    Type &dy, Type &x, Type &parameter, Type &dx, Type &dparameter) {
  SMLoc loc = parser.getCurrentLocation();
  SmallVector<Type> types;
  if (parser.parseTypeList(types))
    return failure();
  size_t fewest = operand ? 2 : 1;
  if (types.size() < fewest || types.size() > fewest + 1)
    return parser.emitError(loc, "expected ")
           << fewest << " or " << fewest + 1 << " types, of dy where it differs"
           << (operand ? ", of x and of the parameter" : " and of x")
           << "; found " << types.size();
  if (operand)
    parameter = types.pop_back_val();
  dy = types.front();
  x = dx = types.back();
  if (operand)
    dparameter = getParameterGradientType(x, parameter);
  return success();
}

void act::printParametricBackwardTypes(OpAsmPrinter &printer, Operation *op,
                                       Value operand, Type dy, Type x,
                                       Type parameter, Type dx,
                                       Type dparameter) {
  printBackwardTypes(printer, op, dy, x, dx);
  if (parameter)
    printer << ", " << parameter;
}

ParseResult act::parseGateTypes(OpAsmParser &parser, Type &g, Type &u,
                                Type &y) {
  if (parser.parseType(g))
    return failure();
  u = y = g;
  if (succeeded(parser.parseOptionalComma()) && parser.parseType(u))
    return failure();
  if (succeeded(parser.parseOptionalArrow()))
    return parser.parseType(y);
  return success();
}

void act::printGateTypes(OpAsmPrinter &printer, Operation *op, Type g, Type u,
                         Type y) {
  printer << g;
  if (u != g)
    printer << ", " << u;
  if (y != g)
    printer << " -> " << y;
}

ParseResult act::parseGateBackwardTypes(OpAsmParser &parser, Type &dy, Type &g,
                                        Type &u, Type &dg, Type &du) {
  if (parseBackwardTypes(parser, dy, g, dg))
    return failure();
  u = du = g;
  return success();
}

void act::printGateBackwardTypes(OpAsmPrinter &printer, Operation *op, Type dy,
                                 Type g, Type u, Type dg, Type du) {
  printBackwardTypes(printer, op, dy, g, dg);
}
