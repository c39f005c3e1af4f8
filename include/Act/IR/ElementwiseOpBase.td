//===- ElementwiseOpBase.td - Bases ------------------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the base classes from which every elementwise operation is
// one line.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ELEMENTWISEOPBASE_TD
#define ACT_IR_ELEMENTWISEOPBASE_TD

include "Act/IR/ActAttrs.td"
include "Act/IR/ActInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Act_FloatLike : Type<CPred<"::act::isFloatLike($_self)">,
    "f16, bf16, f32 or f64 (8-bit types are not there yet), or a vector or "
    "ranked tensor of these of rank 0 to 6">;

/// Shapes and types of operands and results fit. It stands first, so that its
/// messages and not those of the upstream traits are shown.
def Act_FittingTypes : NativeOpTrait<"FittingTypes"> {
  let cppNamespace = "::act";
}

/// An elementwise operation of a rule. Results have the shape of `x`, the
/// operand `input`; `dy` is the C++ expression of the cotangent.
class Act_ElementwiseOp<string mnemonic, string rule, list<Trait> traits>
    : Op<ActDialect, mnemonic, !listconcat([
          Act_FittingTypes, Pure,
          DeclareOpInterfaceMethods<ElementwiseRuleOpInterface>,
          DeclareOpInterfaceMethods<InferTypeOpInterface>,
          DeclareOpInterfaceMethods<ReifyRankedShapedTypeOpInterface,
                                    ["reifyResultShapes"]>],
          traits)> {
  let hasVerifier = 1;

  // attr-dict with better messages; the text is that of the name in C++.
  string attributeFormat =
      " `` custom<Attributes>(attr-dict, \"\\\"act." # mnemonic # "\\\"\")";

  // Choices, in front of the attributes.
  string keywordFormat = "";

  // Bodies of the methods in which operations differ.
  string ruleBody = "return ::act::rules::RuleId::" # rule # ";";
  string partBody = "return ::act::rules::Part::Forward;";
  string cotangentBody = "return nullptr;";
  // The position of x: 1 behind dy.
  int inputIndex = 0;
  string foldDefinition = "";

  string extraMethods = "";

  let extraClassDeclaration = [{
    static bool isCompatibleReturnTypes(::mlir::TypeRange inferred,
                                        ::mlir::TypeRange actual) {
      return ::act::haveSameShapes(inferred, actual);
    }
  }] # extraMethods;

  let extraClassDefinition = [{
    ::act::rules::RuleId $cppClass::getRule() { }] # ruleBody # [{ }
    ::act::rules::Part $cppClass::getRulePart() { }] # partBody # [{ }
    ::mlir::Value $cppClass::getInput() { return getX(); }
    ::mlir::Value $cppClass::getCotangent() { }] # cotangentBody # [{ }
    ::llvm::LogicalResult $cppClass::verify() {
      return ::act::verifyElementwiseRule(*this);
    }
    ::llvm::LogicalResult $cppClass::inferReturnTypes(
        ::mlir::MLIRContext *, ::std::optional<::mlir::Location> location,
        ::mlir::ValueRange operands, ::mlir::DictionaryAttr,
        ::mlir::OpaqueProperties, ::mlir::RegionRange,
        ::llvm::SmallVectorImpl<::mlir::Type> &types) {
      return ::act::inferElementwiseTypes(
          getOperationName(), location, operands, }] # inputIndex # [{, types);
    }
    ::llvm::LogicalResult $cppClass::reifyResultShapes(
        ::mlir::OpBuilder &builder,
        ::mlir::ReifiedRankedShapedTypeDims &shapes) {
      return ::act::reifyElementwiseShapes(*this, builder, shapes);
    }
  }] # foldDefinition;
}

/// Folding of an operation with one result.
defvar Act_singleFold = [{
    ::mlir::OpFoldResult $cppClass::fold(FoldAdaptor adaptor) {
      return ::act::foldElementwiseRule(*this, adaptor.getOperands());
    }
}];

/// y = f(x). `f` is the formula in LaTeX.
class Act_UnaryOp<string mnemonic, string rule, string f,
                  dag attributes = (ins), string extra = "">
    : Act_ElementwiseOp<mnemonic, rule, ElementwiseMappable.traits> {
  let summary = "f(x) = " # f;
  let description = "Computes $$ f(x) = " # f # " $$ for each element. " #
      extra # [{

    The result has the shape of `x`; its element type may differ and is then
    written after an arrow.

    Example:

    ```mlir
    %y = act.}] # mnemonic # [{ %x : tensor<?x8xf32>
    ```
  }];
  let arguments = !con((ins Act_FloatLike:$x), attributes);
  let results = (outs Act_FloatLike:$y);
  let assemblyFormat = "$x " # keywordFormat # attributeFormat #
      " `:` custom<ForwardTypes>(type($x), type($y))";
  let hasFolder = 1;
  let foldDefinition = Act_singleFold;
}

/// dx = dy * f'(x). `df` is f' in LaTeX.
class Act_UnaryBackwardOp<string forward, string rule, string df,
                          dag attributes = (ins), string extra = "">
    : Act_ElementwiseOp<forward # "_backward", rule,
                        ElementwiseMappable.traits> {
  let summary = "gradient of `act." # forward # "`";
  let description = "Computes dx = dy f'(x) with $$ f'(x) = " # df #
      " $$ for each element. " # extra # [{

    `dx` has the type of `x`. Where f' is zero on a whole piece, dx is +0
    whatever dy is. If the types of `dy` and `x` differ, both are written.

    Example:

    ```mlir
    %dx = act.}] # forward # [{_backward %dy, %x : tensor<?x8xf32>
    ```
  }];
  let arguments = !con((ins Act_FloatLike:$dy, Act_FloatLike:$x), attributes);
  let results = (outs Act_FloatLike:$dx);
  let assemblyFormat = "$dy `,` $x " # keywordFormat # attributeFormat #
      " `:` custom<BackwardTypes>(type($dy), type($x), type($dx))";
  let partBody = "return ::act::rules::Part::Derivative;";
  let cotangentBody = "return getDy();";
  let inputIndex = 1;
  let hasFolder = 1;
  let foldDefinition = Act_singleFold;
}

/// A backward operation that may read the saved output instead of the input:
/// `saved(output)`.
class Act_UnarySavedBackwardOp<string forward, string rule, string df,
                               dag attributes = (ins), string extra = "">
    : Act_UnaryBackwardOp<forward, rule, df,
          !con(attributes, (ins
              DefaultValuedAttr<Act_SavedAttr, "::act::Saved::Input">:$saved)),
          extra # " With `saved(output)` the second operand is y = f(x) "
          "instead of x: near saturation only the absolute error is then "
          "bounded (2^-24 in f32)."> {
  let keywordFormat = "(`saved` `(` custom<Keyword>($saved)^ `)`)?";
  let partBody = "return getSaved() == ::act::Saved::Output"
      " ? ::act::rules::Part::OutputDerivative"
      " : ::act::rules::Part::Derivative;";
}

#endif // ACT_IR_ELEMENTWISEOPBASE_TD
