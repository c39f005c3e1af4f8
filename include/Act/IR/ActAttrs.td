//===- ActAttrs.td - Keywords and numbers ------------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the choices and numbers of operations.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ACTATTRS_TD
#define ACT_IR_ACTATTRS_TD

include "Act/IR/ActDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/CommonAttrConstraints.td"
include "mlir/IR/EnumAttr.td"

/// A choice, written as a bare keyword in parentheses: `approximate(tanh)`.
class Act_Keyword<string cppName, string text, list<I32EnumCase> cases>
    : I32Enum<cppName, text, cases> {
  let cppNamespace = "::act";
}

class Act_KeywordAttr<EnumInfo info, string keyword>
    : EnumAttr<ActDialect, info, keyword> {
  let assemblyFormat = "$value";
}

def Act_Approximate : Act_Keyword<"Approximate", "the form of gelu", [
    I32EnumCase<"None", 0, "none">, I32EnumCase<"Tanh", 1, "tanh">,
    I32EnumCase<"Sigmoid", 2, "sigmoid">]>;
def Act_ApproximateAttr : Act_KeywordAttr<Act_Approximate, "approximate">;

def Act_Saved : Act_Keyword<"Saved", "what a backward operation reads", [
    I32EnumCase<"Input", 0, "input">, I32EnumCase<"Output", 1, "output">]>;
def Act_SavedAttr : Act_KeywordAttr<Act_Saved, "saved">;

/// A number: an f64 that means exactly its value.
def Act_Number : TypedAttrBase<F64, "FloatAttr",
    CPred<"::llvm::isa<::mlir::FloatAttr>($_self) && "
          "::llvm::cast<::mlir::FloatAttr>($_self).getType().isF64()">,
    "a number of type f64, written with a point (2.0, not 2)"> {
  let returnType = "double";
  let convertFromStorage = "$_self.getValueAsDouble()";
  let constBuilderCall = "$_builder.getF64FloatAttr($0)";
}

#endif // ACT_IR_ACTATTRS_TD
