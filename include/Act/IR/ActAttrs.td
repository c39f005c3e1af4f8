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

def Act_GateKind : Act_Keyword<"GateKind", "the function of a gate", [
    I32EnumCase<"GLU", 0, "glu">, I32EnumCase<"ReGLU", 1, "reglu">,
    I32EnumCase<"SReGLU", 2, "sreglu">, I32EnumCase<"GEGLU", 3, "geglu">,
    I32EnumCase<"GEGLUTanh", 4, "geglu_tanh">,
    I32EnumCase<"QuickGEGLU", 5, "quick_geglu">,
    I32EnumCase<"SwiGLU", 6, "swiglu">, I32EnumCase<"Bilinear", 7, "bilinear">,
    I32EnumCase<"SwiGLUOAI", 8, "swiglu_oai">]>;
def Act_GateKindAttr : Act_KeywordAttr<Act_GateKind, "gate_kind">;

def Act_Layout : Act_Keyword<"Layout", "how two parts are packed", [
    I32EnumCase<"Halves", 0, "halves">,
    I32EnumCase<"Interleaved", 1, "interleaved">]>;
def Act_LayoutAttr : Act_KeywordAttr<Act_Layout, "layout">;

def Act_GatePart : Act_Keyword<"GatePart", "which part is the gate", [
    I32EnumCase<"First", 0, "first">, I32EnumCase<"Second", 1, "second">]>;
def Act_GatePartAttr : Act_KeywordAttr<Act_GatePart, "gate_part">;

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
