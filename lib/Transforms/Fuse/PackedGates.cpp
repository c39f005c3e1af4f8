//===- PackedGates.cpp - Gates of slices ----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the fusion of a gate of two slices of one tensor, its
// halves or its even and odd elements, to a gate of the packed tensor.
//
//===----------------------------------------------------------------------===//

#include "Fusion.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace act;

namespace {

/// One of two parts of a tensor along `dim`.
struct Part {
  int64_t dim;
  Layout layout;
  /// Whether it is the first half, or the even elements.
  bool isFirst;
};

/// Whether `size` is all of dimension `dim` of `x`.
bool isWhole(OpFoldResult size, Value x, int64_t dim) {
  auto type = cast<RankedTensorType>(x.getType());
  if (std::optional<int64_t> number = getConstantIntValue(size))
    return *number == type.getDimSize(dim);
  auto op = cast<Value>(size).getDefiningOp<tensor::DimOp>();
  return op && op.getSource() == x && op.getConstantIndex() == dim;
}

struct FusePackedGate : public Fusion<OpRewritePattern<GateOp>> {
  using Fusion::Fusion;

  LogicalResult matchAndRewrite(GateOp gate,
                                PatternRewriter &rewriter) const override {
    auto gSlice = gate.getG().getDefiningOp<tensor::ExtractSliceOp>();
    auto uSlice = gate.getU().getDefiningOp<tensor::ExtractSliceOp>();
    if (!gSlice || !uSlice || gSlice.getSource() != uSlice.getSource())
      return failure();
    FailureOr<Part> g = findPart(rewriter, gate, gSlice);
    if (failed(g))
      return failure();
    FailureOr<Part> u = findPart(rewriter, gate, uSlice);
    if (failed(u))
      return failure();
    if (g->dim != u->dim || g->layout != u->layout || g->isFirst == u->isFirst)
      return rewriter.notifyMatchFailure(
          gate, "the slices are not the two parts of their tensor");
    if (failed(checkSameBlock(rewriter, gSlice, gate)) ||
        failed(checkSameBlock(rewriter, uSlice, gate)) ||
        failed(checkSoleUser(rewriter, gSlice, gate)) ||
        failed(checkSoleUser(rewriter, uSlice, gate)))
      return failure();

    GatePart part = g->isFirst ? GatePart::First : GatePart::Second;
    // The slices may know less of their sizes than the tensor does.
    SmallVector<int64_t> shape(gSlice.getSourceType().getShape());
    shape[g->dim] /= 2;
    auto type = cast<ShapedType>(gate.getType()).clone(shape);
    auto glu = GluOp::create(
        rewriter, gate.getLoc(), type, gate.getKindAttr(), gSlice.getSource(),
        LayoutAttr::get(getContext(), g->layout),
        GatePartAttr::get(getContext(), part),
        rewriter.getI64IntegerAttr(g->dim), gate.getBetaAttr(),
        gate.getLimitAttr(), gate.getNoLimitAttr(), gate.getAlphaAttr(),
        gate.getOffsetAttr());
    glu->setDiscardableAttrs(gate->getDiscardableAttrDictionary());
    remarkFused(*this, glu,
                "'" + nameOf(gate) + "' of two slices of one tensor");
    replaceWithCasts(rewriter, gate, glu->getResults());
    return success();
  }

private:
  /// The part that a slice is, if it is one.
  FailureOr<Part> findPart(PatternRewriter &rewriter, GateOp gate,
                           tensor::ExtractSliceOp slice) const {
    auto type = slice.getSourceType();
    if (slice.getType().getRank() != type.getRank())
      return rewriter.notifyMatchFailure(gate, "a slice drops a dimension");
    std::optional<int64_t> split;
    for (int64_t dim = 0; dim != type.getRank(); ++dim) {
      bool isFull = isZeroInteger(slice.getMixedOffsets()[dim]) &&
                    isOneInteger(slice.getMixedStrides()[dim]) &&
                    isWhole(slice.getMixedSizes()[dim], slice.getSource(), dim);
      if (isFull)
        continue;
      if (split)
        return rewriter.notifyMatchFailure(
            gate, "a slice is not full in all dimensions but one");
      split = dim;
    }
    if (!split)
      return failure();
    if (type.isDynamicDim(*split))
      return rewriter.notifyMatchFailure(gate, [&](Diagnostic &diagnostic) {
        diagnostic << "dimension " << *split
                   << " is dynamic: it may be more than two slices";
      });
    return findPart(rewriter, gate, slice, *split);
  }

  FailureOr<Part> findPart(PatternRewriter &rewriter, GateOp gate,
                           tensor::ExtractSliceOp slice, int64_t dim) const {
    auto offset = getConstantIntValue(slice.getMixedOffsets()[dim]);
    auto size = getConstantIntValue(slice.getMixedSizes()[dim]);
    auto stride = getConstantIntValue(slice.getMixedStrides()[dim]);
    int64_t whole = slice.getSourceType().getDimSize(dim);
    if (offset && size && stride && *size * 2 == whole) {
      if (*stride == 1 && (*offset == 0 || *offset == *size))
        return Part{dim, Layout::Halves, *offset == 0};
      if (*stride == 2 && (*offset == 0 || *offset == 1))
        return Part{dim, Layout::Interleaved, *offset == 0};
    }
    return rewriter.notifyMatchFailure(gate, [&](Diagnostic &diagnostic) {
      diagnostic << "a slice is neither half of dimension " << dim
                 << ", of size " << whole << ", nor its even or odd elements";
    });
  }
};

} // namespace

void act::populateActFusePackedGatePatterns(RewritePatternSet &patterns,
                                            const FuseOptions &options) {
  patterns.add<FusePackedGate>("packed-gate", options, patterns.getContext());
}
