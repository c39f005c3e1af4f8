//===- DropoutOps.td - Dropout -----------------------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines dropout and alpha dropout, forward and backward, and what
// they are made of: random numbers by a counter.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_DROPOUTOPS_TD
#define ACT_IR_DROPOUTOPS_TD

include "Act/IR/ActInterfaces.td"
include "Act/IR/ElementwiseOpBase.td"

def Act_FloatTensor : Type<And<[Act_FloatLike.predicate,
                                AnyRankedTensor.predicate]>,
    "a ranked tensor of rank 0 to 6 of f16, bf16, f32 or f64">;

def Act_DropoutOps : OpDocGroup {
  let summary = "Dropout";
  let description = [{
    Elements are dropped with probability `p`, which lies in [0, 1]: element i of
    the tensor, counted in row-major order, iff its random word is less than
    p 2^32, rounded. The word is number i mod 4 of the four that Philox4x32-10
    makes of the key `seed` and the counter (i div 4, `offset`), each an i64 of
    two words, the low one first. So the same elements are dropped on every
    target, in any layout and by any number of threads, and the backward
    operation finds them again: no mask is stored. `offset` is the number of the
    call; without it it is 0.

    There is no flag for training: inference leaves the operation out.
  }];
}

/// `data` is the name of the operand, `result` of the result.
class Act_DropoutOpBase<string mnemonic, string data, string result>
    : Op<ActDialect, mnemonic, [
          Pure, AllTypesMatch<[data, result]>,
          DeclareOpInterfaceMethods<DropoutOpInterface>,
          DeclareOpInterfaceMethods<ReifyRankedShapedTypeOpInterface,
                                    ["reifyResultShapes"]>]> {
  let opDocGroup = Act_DropoutOps;
  let arguments = !con(!dag(ins, [Act_FloatTensor], [data]),
                       (ins I64:$seed, Optional<I64>:$offset,
                        DefaultValuedAttr<Act_Number, "0.5">:$p));
  let results = !dag(outs, [Act_FloatTensor], [result]);
  let assemblyFormat = "$" # data # " `,` $seed (`,` $offset^)? "
      "`` custom<Attributes>(attr-dict, \"\\\"act." # mnemonic # "\\\"\")"
      " `:` type($" # data # ")";
  let hasVerifier = 1;
  let hasFolder = 1;
  let extraClassDefinition = [{
    ::llvm::LogicalResult $cppClass::verify() {
      return ::act::verifyDropout(*this);
    }
    ::mlir::OpFoldResult $cppClass::fold(FoldAdaptor) {
      // Nothing is dropped, and what is kept stays as it is.
      return getP() == 0 ? (*this)->getOperand(0) : ::mlir::OpFoldResult();
    }
    ::llvm::LogicalResult $cppClass::reifyResultShapes(
        ::mlir::OpBuilder &builder,
        ::mlir::ReifiedRankedShapedTypeDims &shapes) {
      return ::act::reifyAsOperand(*this, builder, shapes);
    }
  }];
}

def Act_DropoutOp : Act_DropoutOpBase<"dropout", "x", "y"> {
  let summary = "elements dropped at random";
  let description = [{
    Computes $$ y = x / (1 - p) $$ where x is kept, and +0 where it is dropped,
    also for NaN and infinities.

    ```mlir
    %y = act.dropout %x, %seed {p = 0.1} : tensor<?x8xf32>
    %z = act.dropout %x, %seed, %offset {p = 0.1} : tensor<?x8xf32>
    ```
  }];
}

def Act_DropoutBackwardOp : Act_DropoutOpBase<"dropout_backward", "dy", "dx"> {
  let summary = "gradient of `act.dropout`";
  let description = [{
    Computes $$ dx = dy / (1 - p) $$ where x was kept, and +0 elsewhere.

    ```mlir
    %dx = act.dropout_backward %dy, %seed {p = 0.1} : tensor<?x8xf32>
    ```
  }];
}

def Act_AlphaDropoutOp : Act_DropoutOpBase<"alpha_dropout", "x", "y"> {
  let summary = "dropout that keeps mean 0 and variance 1";
  let description = [{
    Computes $$ y = A x + B $$ where x is kept and $$ A K + B $$ where it is
    dropped, with K = -1.7580993408473766, the limit of selu at minus infinity,
    A = ((1 - p)(1 + p K^2))^(-1/2) and B = -A p K. With p = 1 all is +0. It
    belongs to selu.

    ```mlir
    %y = act.alpha_dropout %x, %seed {p = 0.1} : tensor<?x8xf32>
    ```
  }];
}

def Act_AlphaDropoutBackwardOp
    : Act_DropoutOpBase<"alpha_dropout_backward", "dy", "dx"> {
  let summary = "gradient of `act.alpha_dropout`";
  let description = [{
    Computes $$ dx = A dy $$ where x was kept, and +0 elsewhere.

    ```mlir
    %dx = act.alpha_dropout_backward %dy, %seed {p = 0.1} : tensor<?x8xf32>
    ```
  }];
}

//===----------------------------------------------------------------------===//
// Random words
//===----------------------------------------------------------------------===//

def Act_RandomOps : OpDocGroup {
  let summary = "Random words";
  let description = "What dropout is made of inside of kernels.";
}

def Act_I64Like : AnyTypeOf<[I64, VectorOfNonZeroRankOf<[I64]>]>;
def Act_I32Like : AnyTypeOf<[I32, VectorOfNonZeroRankOf<[I32]>]>;

def Act_PhiloxOp : Op<ActDialect, "philox", !listconcat(
    [Pure, AllTypesMatch<["seed", "offset", "block"]>,
     DeclareOpInterfaceMethods<InferTypeOpInterface>],
    ElementwiseMappable.traits)> {
  let opDocGroup = Act_RandomOps;
  let summary = "four random words by a counter";
  let description = [{
    Philox4x32-10 with the key `seed` and the counter (`block`, `offset`), each
    an i64 of two words, the low one first.

    ```mlir
    %w:4 = act.philox %seed, %offset, %block : i64
    ```
  }];
  let arguments = (ins Act_I64Like:$seed, Act_I64Like:$offset,
                       Act_I64Like:$block);
  let results = (outs Act_I32Like:$w0, Act_I32Like:$w1, Act_I32Like:$w2,
                      Act_I32Like:$w3);
  let assemblyFormat =
      "$seed `,` $offset `,` $block attr-dict `:` type($block)";
}

def Act_ElementIndexOp : Op<ActDialect, "element_index", [
    Pure]> {
  let opDocGroup = Act_RandomOps;
  let summary = "number of an element";
  let description = [{
    In the body of a `linalg.generic`: the number of an element of a tensor in
    row-major order. The operands are its position, each from `linalg.index`; the
    size of each dimension is the extent of that loop, or 1 if it is 0. Other passes may renumber the
    loops and fuse the body: the position goes along. One that cuts loops into tiles
    adds to the position, which is an error, since the sizes were lost.

    Without operands it is the number of the point, counted over all loops, which
    are parallel and permuted by the map of the first result. `act-to-loops` and
    `act-to-gpu` make this form of the other one where it is the same.

    ```mlir
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %n = act.element_index of %i, %j
    ```
  }];
  let arguments = (ins Variadic<Index>:$indices);
  let results = (outs I64:$result);
  let assemblyFormat = "(`of` $indices^)? attr-dict";
  let extraClassDeclaration = [{
    /// The loops that the operands count, in order; none for what is always 0.
    ::llvm::SmallVector<std::optional<unsigned>> getLoops();
  }];
  let hasVerifier = 1;
}

#endif // ACT_IR_DROPOUTOPS_TD
