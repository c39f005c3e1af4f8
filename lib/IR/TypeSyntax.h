//===- TypeSyntax.h - The types after the colon -----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the custom directives for the types of elementwise
// operations. A result type is written only where it differs.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_TYPESYNTAX_H
#define ACT_LIB_IR_TYPESYNTAX_H

#include "mlir/IR/OpImplementation.h"

namespace act {

/// `x [-> y]`.
mlir::ParseResult parseForwardTypes(mlir::OpAsmParser &parser, mlir::Type &x,
                                    mlir::Type &y);
void printForwardTypes(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                       mlir::Type x, mlir::Type y);

/// `x`, or `dy, x` where they differ.
mlir::ParseResult parseBackwardTypes(mlir::OpAsmParser &parser, mlir::Type &dy,
                                     mlir::Type &x, mlir::Type &dx);
void printBackwardTypes(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                        mlir::Type dy, mlir::Type x, mlir::Type dx);

/// `x [, parameter] [-> y]`: the operand tells whether there is a parameter.
mlir::ParseResult parseParametricTypes(
    mlir::OpAsmParser &parser,
    std::optional<mlir::OpAsmParser::UnresolvedOperand> operand, mlir::Type &x,
    mlir::Type &parameter, mlir::Type &y);
void printParametricTypes(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                          mlir::Value operand, mlir::Type x,
                          mlir::Type parameter, mlir::Type y);

/// `[dy,] x [, parameter]`.
mlir::ParseResult parseParametricBackwardTypes(
    mlir::OpAsmParser &parser,
    std::optional<mlir::OpAsmParser::UnresolvedOperand> operand, mlir::Type &dy,
    mlir::Type &x, mlir::Type &parameter, mlir::Type &dx,
    mlir::Type &dparameter);
void printParametricBackwardTypes(mlir::OpAsmPrinter &printer,
                                  mlir::Operation *op, mlir::Value operand,
                                  mlir::Type dy, mlir::Type x,
                                  mlir::Type parameter, mlir::Type dx,
                                  mlir::Type dparameter);

/// `g [, u] [-> y]`: u where it differs, which the verifier refuses.
mlir::ParseResult parseGateTypes(mlir::OpAsmParser &parser, mlir::Type &g,
                                 mlir::Type &u, mlir::Type &y);
void printGateTypes(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                    mlir::Type g, mlir::Type u, mlir::Type y);

/// `g`, or `dy, g` where they differ.
mlir::ParseResult parseGateBackwardTypes(mlir::OpAsmParser &parser,
                                         mlir::Type &dy, mlir::Type &g,
                                         mlir::Type &u, mlir::Type &dg,
                                         mlir::Type &du);
void printGateBackwardTypes(mlir::OpAsmPrinter &printer, mlir::Operation *op,
                            mlir::Type dy, mlir::Type g, mlir::Type u,
                            mlir::Type dg, mlir::Type du);

} // namespace act

#endif // ACT_LIB_IR_TYPESYNTAX_H
