//===- DifferentiableOpInterface.td - Derivatives ----------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the interface of operations that know their derivative.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_DIFFERENTIABLEOPINTERFACE_TD
#define ACT_TRANSFORMS_DIFFERENTIABLEOPINTERFACE_TD

include "mlir/IR/OpBase.td"

def DifferentiableOpInterface : OpInterface<"DifferentiableOpInterface"> {
  let cppNamespace = "::act";
  let description = [{
    An operation whose derivative act-differentiate can emit. Derivatives are
    emitted behind all operations of the program, whose values they may use. A
    null value stands for a derivative that is zero.

    A failure must have been diagnosed at the operation, with the reason.
  }];
  let methods = [
    InterfaceMethod<[{
      Emits the gradients of the operands: the products of the cotangents of the
      results and the derivatives of the results. `gradients` has a null value
      for each operand; those that are not `wanted` stay null.
      }],
      "::llvm::LogicalResult", "pullBack",
      (ins "::act::DerivativeBuilder &":$builder,
           "::llvm::ArrayRef<::mlir::Value>":$cotangents,
           "const ::llvm::BitVector &":$wanted,
           "::llvm::MutableArrayRef<::mlir::Value>":$gradients)>,
    InterfaceMethod<[{
      Emits the tangents of the results, given those of the operands. `results`
      has a null value for each result.
      }],
      "::llvm::LogicalResult", "pushForward",
      (ins "::act::DerivativeBuilder &":$builder,
           "::llvm::ArrayRef<::mlir::Value>":$tangents,
           "::llvm::MutableArrayRef<::mlir::Value>":$results)>,
    InterfaceMethod<"Whether a floating-point result has a derivative.",
      "bool", "hasDerivative", (ins "unsigned":$result), [{}],
      [{ return true; }]>,
  ];
}

#endif // ACT_TRANSFORMS_DIFFERENTIABLEOPINTERFACE_TD
