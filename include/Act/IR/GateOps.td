//===- GateOps.td - Gates ----------------------------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the gates of the GLU family, of two operands and of two
// parts of one, forward and backward.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_GATEOPS_TD
#define ACT_IR_GATEOPS_TD

include "Act/IR/ElementwiseOpBase.td"

/// As Act_FittingTypes, for gates.
def Act_FittingGateTypes : NativeOpTrait<"FittingGateTypes"> {
  let cppNamespace = "::act";
}

/// What all gates share. `inferredBody` appends the types of the results.
class Act_GateOpBase<string mnemonic, list<Trait> traits>
    : Op<ActDialect, mnemonic, !listconcat([
          Act_FittingGateTypes, Pure, GateOpInterface,
          DeclareOpInterfaceMethods<InferTypeOpInterface>,
          DeclareOpInterfaceMethods<ReifyRankedShapedTypeOpInterface,
                                    ["reifyResultShapes"]>],
          traits)> {
  let hasVerifier = 1;

  string attributeFormat =
      " `` custom<Attributes>(attr-dict, \"\\\"act." # mnemonic # "\\\"\")";

  /// beta belongs to swiglu, the others to swiglu_oai.
  dag numbers = (ins OptionalAttr<Act_Number>:$beta,
                     OptionalAttr<Act_Number>:$limit, UnitAttr:$no_limit,
                     OptionalAttr<Act_Number>:$alpha,
                     OptionalAttr<Act_Number>:$offset);

  string extraMethods = "";

  let extraClassDeclaration = [{
    static bool isCompatibleReturnTypes(::mlir::TypeRange inferred,
                                        ::mlir::TypeRange actual) {
      return ::act::haveSameShapes(inferred, actual);
    }
  }] # extraMethods;

  string inferBody = ?;

  let extraClassDefinition = [{
    ::llvm::LogicalResult $cppClass::verify() {
      return ::act::verifyGate(*this);
    }
    ::llvm::LogicalResult $cppClass::inferReturnTypes(
        ::mlir::MLIRContext *context,
        ::std::optional<::mlir::Location> location,
        ::mlir::ValueRange operands, ::mlir::DictionaryAttr attributes,
        ::mlir::OpaqueProperties properties, ::mlir::RegionRange regions,
        ::llvm::SmallVectorImpl<::mlir::Type> &types) {
      Adaptor adaptor(operands, attributes, properties, regions);
      }] # inferBody # [{
    }
    ::llvm::LogicalResult $cppClass::reifyResultShapes(
        ::mlir::OpBuilder &builder,
        ::mlir::ReifiedRankedShapedTypeDims &shapes) {
      return ::act::reifyGateShapes(*this, builder, shapes);
    }
  }];
}

def Act_GateOps : OpDocGroup {
  let summary = "Gates";
  let description = [{
    Products of a function of one operand, the gate, and another operand: the
    GLU family, y = phi(g) u'. The kinds, with s the logistic function and
    u' = u but for the last, of which h is min(g, limit) and u' is
    min(max(u, -limit), limit) + offset:

    | kind | phi(g) |
    |---|---|
    | `glu` | s(g) |
    | `reglu`, `sreglu` | max(g, 0), max(g, 0)^2 |
    | `geglu`, `geglu_tanh`, `quick_geglu` | gelu(g) in its three forms |
    | `swiglu` | g s(beta g), `beta` is 1 |
    | `bilinear` | g |
    | `swiglu_oai` | h s(alpha h) |

    `limit` is 7, or none with `no_limit`; `alpha` is 1.702 and `offset` 1.
    phi(g) is computed in the compute type and rounded there, as `act.silu` and
    the others on f32 are; the product is rounded to the result.

    The gradients are du = dy phi(g) and dg = dy u' phi'(g). Where phi' is zero
    on a whole piece dg is +0 whatever dy is. The bounds of `swiglu_oai` are
    inclusive: dg is +0 where g > limit, du is +0 where |u| > limit.

    Packed gates split x along `dim`, -1 if absent, into two parts of half its
    size: with `layout(halves)` x[0:n] and x[n:2n], with `layout(interleaved)`
    x[0::2] and x[1::2]. `gate` says which of them is g: by default `second` for
    the kind `glu` and `first` for all others. A size that is odd is an error.
  }];
}

let opDocGroup = Act_GateOps in {

//===----------------------------------------------------------------------===//
// Gates of two operands
//===----------------------------------------------------------------------===//

def Act_GateOp : Act_GateOpBase<"gate", ElementwiseMappable.traits> {
  let summary = "y = phi(g) u'";
  let description = [{
    Computes $$ y = \varphi(g)\,u' $$ for each element.

    `g` and `u` have one type. The result has their shape; its element type may
    differ and is then written after an arrow.

    Example:

    ```mlir
    %y = act.gate swiglu %g, %u {beta = 1.0} : tensor<?x8xf32>
    ```
  }];
  let arguments = !con((ins Act_GateKindAttr:$kind, Act_FloatLike:$g,
                            Act_FloatLike:$u), numbers);
  let results = (outs Act_FloatLike:$y);
  let assemblyFormat = "custom<Keyword>($kind) $g `,` $u " # attributeFormat #
      " `:` custom<GateTypes>(type($g), type($u), type($y))";
  let inferBody = [{
      types.push_back(adaptor.getG().getType());
      return ::mlir::success();
  }];
}

def Act_GateBackwardOp : Act_GateOpBase<"gate_backward",
                                        ElementwiseMappable.traits> {
  let summary = "gradients of `act.gate`";
  let description = [{
    Computes dg and du for each element.

    `dg` and `du` have the type of `g` and `u`. If that of `dy` differs it is
    written first.

    Example:

    ```mlir
    %dg, %du = act.gate_backward swiglu %dy, %g, %u : tensor<?x8xf32>
    ```
  }];
  let arguments = !con((ins Act_GateKindAttr:$kind, Act_FloatLike:$dy,
                            Act_FloatLike:$g, Act_FloatLike:$u), numbers);
  let results = (outs Act_FloatLike:$dg, Act_FloatLike:$du);
  let assemblyFormat = "custom<Keyword>($kind) $dy `,` $g `,` $u " #
      attributeFormat # " `:` custom<GateBackwardTypes>(type($dy), type($g), "
      "type($u), type($dg), type($du))";
  let inferBody = [{
      types.append(2, adaptor.getG().getType());
      return ::mlir::success();
  }];
}

//===----------------------------------------------------------------------===//
// Gates of two parts of one operand
//===----------------------------------------------------------------------===//

/// `values` are the operands, the last of them packed.
class Act_PackedGateOp<string mnemonic, dag values, string valueFormat>
    : Act_GateOpBase<mnemonic, []> {
  let arguments = !con((ins Act_GateKindAttr:$kind), values,
                       (ins DefaultValuedAttr<Act_LayoutAttr,
                                              "::act::Layout::Halves">:$layout,
                            Act_GatePartAttr:$gate,
                            DefaultValuedAttr<I64Attr, "-1">:$dim),
                       numbers);
  string operationFormat = "custom<Keyword>($kind) " # valueFormat #
      " custom<PackedChoices>($layout, $gate, ref($kind)) " # attributeFormat;
  let extraMethods = [{
    /// The dimension that is split, counted from 0.
    int64_t getSplitDim() {
      return ::act::getSplitDim(getX().getType(), getDim());
    }
  }];
  let hasCanonicalizer = 1;
}

def Act_GluOp : Act_PackedGateOp<"glu", (ins Act_FloatLike:$x), "$x"> {
  let summary = "gate of the two parts of a tensor";
  let description = [{
    Computes phi(g) u' of the two parts g and u of `x`.

    Example:

    ```mlir
    %y = act.glu swiglu %x layout(halves) gate(first) {dim = -1}
      : tensor<?x16xf32> -> tensor<?x8xf32>
    ```
  }];
  let results = (outs Act_FloatLike:$y);
  let assemblyFormat = operationFormat #
      " `:` custom<ForwardTypes>(type($x), type($y))";
  let inferBody = [{
      return ::act::inferSplitType(location, adaptor.getX().getType(),
                                   adaptor.getDim(), types);
  }];
}

def Act_GluBackwardOp : Act_PackedGateOp<"glu_backward",
    (ins Act_FloatLike:$dy, Act_FloatLike:$x), "$dy `,` $x"> {
  let summary = "gradient of `act.glu`";
  let description = [{
    Computes the gradient of `act.glu`, in the layout of `x`.

    `dx` has the type of `x`.

    Example:

    ```mlir
    %dx = act.glu_backward swiglu %dy, %x layout(halves) gate(first)
      : tensor<?x8xf32>, tensor<?x16xf32>
    ```
  }];
  let results = (outs Act_FloatLike:$dx);
  let assemblyFormat = operationFormat #
      " `:` custom<BackwardTypes>(type($dy), type($x), type($dx))";
  let inferBody = [{
      types.push_back(adaptor.getX().getType());
      return ::mlir::success();
  }];
}

} // let opDocGroup

#endif // ACT_IR_GATEOPS_TD
