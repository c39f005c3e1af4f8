//===- ToLinalgPass.cpp - The pass act-to-linalg --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pass that turns elementwise operations on tensors
// into kernels. Groups are found before anything is converted: fusing
// operations that are not linalg yet needs no search for what belongs together.
//
//===----------------------------------------------------------------------===//

#include "../Dimensions.h"
#include "ToLinalg.h"

#include "Act/Conversion/Passes.h"
#include "Act/IR/Act.h"
#include "Act/Transforms/Fuse.h"

#include "mlir/Analysis/TopologicalSortUtils.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Iterators.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace act {
#define GEN_PASS_DEF_ACTTOLINALG
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

/// Whether `op` is elementwise under a name of its own: linalg.broadcast,
/// linalg.add, linalg.map.
static bool isNamedElementwise(linalg::LinalgOp op) {
  return !isa<linalg::GenericOp, linalg::FillOp>(op) &&
         op.getNumLoops() == op.getNumParallelLoops() &&
         op.hasPureTensorSemantics();
}

/// Whether `op` is an act operation on tensors that has not the traits of
/// elementwise operations.
static bool isParametric(Operation *op) {
  auto rule = dyn_cast<ElementwiseRuleOpInterface>(op);
  return rule && !OpTrait::hasElementwiseMappableTraits(op) &&
         isa<RankedTensorType>(rule.getInput().getType());
}

/// Whether `op` is a packed gate on tensors.
static bool isPackedGate(Operation *op) {
  return isa<GluOp, GluBackwardOp>(op) &&
         isa<RankedTensorType>(op->getResult(0).getType());
}

namespace {

struct ToLinalgPass : public act::impl::ActToLinalgBase<ToLinalgPass> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    redirectDimensions(rewriter);
    raiseSoftmaxes(rewriter);
    getOperation().walk([&](RowwiseOpInterface op) {
      if (!op.hasDestinations())
        addDestinations(rewriter, op);
    });
    makeGenerics(rewriter);
    splitFills(rewriter);
    SmallVector<Block *> blocks;
    getOperation().walk([&](Block *block) {
      if (!isa<linalg::LinalgOp>(block->getParentOp()))
        blocks.push_back(block);
    });
    for (Block *block : blocks) {
      for (SmallVector<Operation *> &group : findElementwiseGroups(*block)) {
        if (group.size() == 1 && isa<linalg::GenericOp>(group.front()))
          continue;
        for (Operation *op : group) {
          if (isa<linalg::GenericOp>(op))
            ++numFused;
          else
            ++numConverted;
        }
        emitElementwiseGroup(rewriter, group);
      }
      // Whatever used a member now comes after the last one.
      sortTopologically(block);
    }
    eraseDeadCode(rewriter);
  }

private:
  /// Asks the origin of a dimension for it, so that no intermediate tensor is
  /// needed for its size alone.
  void redirectDimensions(IRRewriter &rewriter) {
    getOperation().walk([&](tensor::DimOp dim) {
      std::optional<int64_t> index = dim.getConstantIndex();
      auto type = dyn_cast<RankedTensorType>(dim.getSource().getType());
      if (!index || !type || *index < 0 || *index >= type.getRank())
        return;
      Dimension origin = traceDimension(dim.getSource(), *index);
      if (origin.tensor == dim.getSource() && origin.index == *index)
        return;
      rewriter.setInsertionPoint(dim);
      Value size = getValueOrCreateConstantIndexOp(
          rewriter, dim.getLoc(), materialize(rewriter, dim.getLoc(), origin));
      rewriter.replaceOp(dim, size);
    });
  }

  /// There is no kernel of linalg.softmax itself, where nobody has fused it.
  void raiseSoftmaxes(IRRewriter &rewriter) {
    getOperation().walk([&](linalg::SoftmaxOp op) {
      rewriter.setInsertionPoint(op);
      raiseSoftmax(rewriter, op);
    });
  }

  void makeGenerics(IRRewriter &rewriter) {
    SmallVector<linalg::LinalgOp> sums;
    getOperation().walk([&](linalg::LinalgOp op) {
      if (op.getNumReductionLoops())
        sums.push_back(op);
    });
    for (linalg::LinalgOp op : sums)
      if (widenHalfProduct(rewriter, op))
        ++numConverted;
    SmallVector<Operation *> named, parametric, packed;
    SmallVector<DropoutOpInterface> dropouts;
    getOperation().walk([&](Operation *op) {
      if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op)) {
        if (isNamedElementwise(linalgOp))
          named.push_back(op);
      } else if (isParametric(op)) {
        parametric.push_back(op);
      } else if (isPackedGate(op)) {
        packed.push_back(op);
      } else if (auto dropout = dyn_cast<DropoutOpInterface>(op)) {
        dropouts.push_back(dropout);
      }
    });
    for (Operation *op : named) {
      rewriter.setInsertionPoint(op);
      if (succeeded(
              linalg::generalizeNamedOp(rewriter, cast<linalg::LinalgOp>(op))))
        ++numConverted;
    }
    for (Operation *op : parametric) {
      convertParametricOp(rewriter, op);
      ++numConverted;
    }
    for (Operation *op : packed)
      convertPackedGate(rewriter, op);
    for (DropoutOpInterface op : dropouts) {
      convertDropout(rewriter, op);
      ++numConverted;
    }
  }

  /// Gives each operation that starts from a filled tensor, such as a matrix
  /// product, a fill of its own: one for several would be copied for them.
  void splitFills(IRRewriter &rewriter) {
    SmallVector<OpOperand *> starts;
    getOperation().walk([&](linalg::FillOp fill) {
      if (!fill.hasPureTensorSemantics() || fill->hasOneUse())
        return;
      for (OpOperand &use : fill->getUses()) {
        auto user = dyn_cast<linalg::LinalgOp>(use.getOwner());
        if (user && user.isDpsInit(&use))
          starts.push_back(&use);
      }
    });
    for (OpOperand *start : starts) {
      Operation *fill = start->get().getDefiningOp(), *user = start->getOwner();
      rewriter.setInsertionPoint(user);
      Operation *copy = rewriter.clone(*fill);
      rewriter.modifyOpInPlace(user, [&] { start->set(copy->getResult(0)); });
    }
  }

  /// Erases what only the converted operations used: constants, destinations,
  /// dimensions.
  void eraseDeadCode(IRRewriter &rewriter) {
    getOperation().walk<WalkOrder::PostOrder, ReverseIterator>(
        [&](Operation *op) {
          if (isOpTriviallyDead(op))
            rewriter.eraseOp(op);
        });
  }
};

} // namespace
