//===- ActInterfaces.td - Interfaces -----------------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the interface between operations and rules.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ACTINTERFACES_TD
#define ACT_IR_ACTINTERFACES_TD

include "mlir/IR/OpBase.td"

def ElementwiseRuleOpInterface : OpInterface<"ElementwiseRuleOpInterface"> {
  let cppNamespace = "::act";
  let description = [{
    An elementwise operation that a rule defines: its forward form y = f(x), or
    its backward form dx = dy * f'(x), with the gradient of an operand parameter
    as a second result where there is one. Folding, lowering and tests know
    operations through this interface alone.
  }];
  let methods = [
    InterfaceMethod<"The rule; attributes may choose between several.",
                    "::act::rules::RuleId", "getRule">,
    InterfaceMethod<"Forward, or which derivative a backward operation takes.",
                    "::act::rules::Part", "getRulePart">,
    InterfaceMethod<"The value that the rule is applied to: x, or the saved "
                    "output.", "::mlir::Value", "getInput">,
    InterfaceMethod<"dy of a backward operation, else null.",
                    "::mlir::Value", "getCotangent">,
    InterfaceMethod<[{The parameters in the order of the rule: f64 attributes,
                      operands, or null where the rule's default holds.}],
                    "void", "getRuleParameters",
                    (ins "::llvm::SmallVectorImpl<::mlir::OpFoldResult> &"
                         :$parameters), [{}],
                    [{ ::act::collectRuleParameters($_op, parameters); }]>,
    InterfaceMethod<"The operand parameter, or null.",
                    "::mlir::Value", "getParameterOperand",
                    (ins), [{}], [{ return nullptr; }]>,
  ];
}

def GateOpInterface : OpInterface<"GateOpInterface"> {
  let cppNamespace = "::act";
  let description = [{
    A gate y = phi(g) u', forward or backward, of two operands or of two parts
    of one. The attributes `beta`, `limit`, `no_limit`, `alpha` and `offset`
    are its numbers.
  }];
  let methods = [
    InterfaceMethod<"The kind, which names phi.", "::act::GateKind", "getKind">,
  ];
}

def DropoutOpInterface : OpInterface<"DropoutOpInterface"> {
  let cppNamespace = "::act";
  let description = [{
    Dropout of a tensor, its first operand, forward or backward.
  }];
  let methods = [
    InterfaceMethod<"The probability with which an element is dropped.",
                    "double", "getP">,
    InterfaceMethod<"The key of the random words, an i64.", "::mlir::Value",
                    "getSeed">,
    InterfaceMethod<"The number of the call, an i64, or null for 0.",
                    "::mlir::Value", "getOffset">,
  ];
}

#endif // ACT_IR_ACTINTERFACES_TD
