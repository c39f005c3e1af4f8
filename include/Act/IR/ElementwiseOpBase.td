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
include "Act/Rules/Formula.td"
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

/// Paragraphs of the documentation, from the rule.
class Act_RuleText<Rule rule> {
  string description = rule.description;
  string formula = "\n    $$ " # rule.latex # " $$\n";
  string gradient = "\n    $$ " # rule.derivativeLatex # " $$\n";

  defvar constraints = !foreach(parameter, rule.parameters,
      !cond(!eq(parameter.constraint, "positive"): ", greater than 0",
            !eq(parameter.constraint, "nonNegative"): ", at least 0",
            true: ""));
  defvar items = !foreach(i, !range(rule.parameters),
      "\n    * `" # rule.parameters[i].name # "`" #
      !if(!empty(rule.parameters[i].defaultValue), "",
          " (" # rule.parameters[i].defaultValue # ")") # constraints[i] #
      ": " # rule.parameters[i].description);
  string parameters =
      !if(!empty(items), "", !interleave(items, "") # "\n");

  defvar values = !foreach(value, rule.specialValues,
                           !if(!eq(value, "?"), "unspecified", value));
  string edges = "\n    NaN gives NaN" # !if(!empty(values), "",
      "; f(-inf) = " # values[0] # ", f(inf) = " # values[1] #
      ", f(-0) = " # values[2]) # ".";
  string gradientEdges = "\n    NaN in x gives NaN" # !if(!empty(values), "",
      "; f'(-inf) = " # values[4] # ", f'(inf) = " # values[5] #
      ", f'(0) = " # values[6]) # ".";
}

/// An elementwise operation of a rule. Results have the shape of `x`, the
/// operand `input`; `dy` is the C++ expression of the cotangent.
class Act_ElementwiseOp<string mnemonic, Rule rule, list<Trait> traits>
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
  string ruleBody =
      "return ::act::rules::RuleId::" # !cast<string>(rule) # ";";
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

/// y = f(x). `choice` is what the example chooses, after the operand.
class Act_UnaryOp<string mnemonic, Rule rule, dag attributes = (ins),
                  string choice = "", string extra = "">
    : Act_ElementwiseOp<mnemonic, rule, ElementwiseMappable.traits> {
  defvar text = Act_RuleText<rule>;
  let summary = rule.summary;
  let description = text.formula # text.description # extra #
      text.parameters # text.edges # [{

    The result has the shape of `x`; its element type may differ and is then
    written after an arrow.

    ```mlir
    %y = act.}] # mnemonic # " %x" # choice # [{ : tensor<?x8xf32>
    ```
  }];
  let arguments = !con((ins Act_FloatLike:$x), attributes);
  let results = (outs Act_FloatLike:$y);
  let assemblyFormat = "$x " # keywordFormat # attributeFormat #
      " `:` custom<ForwardTypes>(type($x), type($y))";
  let hasFolder = 1;
  let foldDefinition = Act_singleFold;
}

/// dx = dy * f'(x).
class Act_UnaryBackwardOp<string forward, Rule rule, dag attributes = (ins),
                          string choice = "", string extra = "">
    : Act_ElementwiseOp<forward # "_backward", rule,
                        ElementwiseMappable.traits> {
  defvar text = Act_RuleText<rule>;
  let summary = "gradient of `act." # forward # "`";
  let description = [{
    The product of `dy` and f'(x), with
}] # text.gradient # extra # text.parameters # text.gradientEdges # [{

    `dx` has the type of `x`. Where f' is zero on a whole piece, dx is +0
    whatever `dy` is. If the types of `dy` and `x` differ, both are written.

    ```mlir
    %dx = act.}] # forward # "_backward %dy, %x" # choice #
      [{ : tensor<?x8xf32>
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
class Act_UnarySavedBackwardOp<string forward, Rule rule,
                               dag attributes = (ins), string choice = "">
    : Act_UnaryBackwardOp<forward, rule,
          !con(attributes, (ins
              DefaultValuedAttr<Act_SavedAttr, "::act::Saved::Input">:$saved)),
          choice, [{
    With `saved(output)` the second operand is y = f(x) instead of x; near
    saturation only the absolute error is then bounded (2^-24 in f32). It needs
    operands and results of one type, and positive parameters.
}]> {
  let keywordFormat = "(`saved` `(` custom<Keyword>($saved)^ `)`)?";
  let partBody = "return getSaved() == ::act::Saved::Output"
      " ? ::act::rules::Part::OutputDerivative"
      " : ::act::rules::Part::Derivative;";
}

#endif // ACT_IR_ELEMENTWISEOPBASE_TD
