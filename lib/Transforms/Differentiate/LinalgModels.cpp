//===- LinalgModels.cpp - Derivatives of linalg ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file gives derivatives to the structured operations: contractions stay
// contractions, all else becomes linalg.generic.
//
//===----------------------------------------------------------------------===//

#include "Contraction.h"
#include "Extremum.h"
#include "Models.h"
#include "StructuredDerivative.h"
#include "Through.h"
#include "UnitDims.h"

#include <functional>

using namespace mlir;
using namespace act;

/// What has the results of `op` and is differentiated in its place, or null.
/// `byInit`: whether it is differentiated by what its output begins with.
static std::function<SmallVector<Value>(DerivativeBuilder &)>
findExpansion(linalg::LinalgOp op, bool byInit) {
  // By what it begins with an extremum has no derivative.
  if (isExtremum(op) && !byInit)
    return [op](DerivativeBuilder &builder) {
      return expandExtremum(builder, op);
    };
  auto generic = dyn_cast<linalg::GenericOp>(op.getOperation());
  if (generic && hasUnitDims(op))
    return [generic](DerivativeBuilder &builder) {
      return dropUnitDims(builder, generic);
    };
  return nullptr;
}

namespace {

template <typename Op>
struct StructuredModel
    : public DifferentiableOpInterface::ExternalModel<StructuredModel<Op>, Op> {
  LogicalResult pullBack(Operation *op, DerivativeBuilder &builder,
                         ArrayRef<Value> cotangents,
                         const llvm::BitVector &wanted,
                         MutableArrayRef<Value> gradients) const {
    auto structured = cast<linalg::LinalgOp>(op);
    if (std::optional<Contraction> product = Contraction::match(structured)) {
      product->pullBack(builder, cotangents[0], wanted, gradients);
      return success();
    }
    bool byInit = wanted.find_first_in(structured.getNumDpsInputs(),
                                       op->getNumOperands()) >= 0;
    if (auto expansion = findExpansion(structured, byInit))
      return pullBackThrough(builder, op, cotangents, wanted, gradients,
                             expansion);
    return StructuredDerivative(structured, builder)
        .pullBack(cotangents, wanted, gradients);
  }

  LogicalResult pushForward(Operation *op, DerivativeBuilder &builder,
                            ArrayRef<Value> tangents,
                            MutableArrayRef<Value> results) const {
    auto structured = cast<linalg::LinalgOp>(op);
    if (std::optional<Contraction> product = Contraction::match(structured)) {
      results[0] = product->pushForward(builder, tangents);
      return success();
    }
    bool byInit =
        llvm::any_of(tangents.drop_front(structured.getNumDpsInputs()),
                     [](Value tangent) { return bool(tangent); });
    if (auto expansion = findExpansion(structured, byInit))
      return pushForwardThrough(builder, op, tangents, results, expansion);
    return StructuredDerivative(structured, builder)
        .pushForward(tangents, results);
  }
};

} // namespace

template <typename... Ops> static void attach(MLIRContext *context) {
  (Ops::template attachInterface<StructuredModel<Ops>>(*context), ...);
}

void act::registerDifferentiableLinalgOps(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, linalg::LinalgDialect *) {
    using namespace linalg;
    attach<GenericOp, MapOp, ElementwiseOp, FillOp, CopyOp, BroadcastOp,
           TransposeOp, ReduceOp>(context);
    attach<MatmulOp, BatchMatmulOp, BatchReduceMatmulOp, ContractOp, MatvecOp,
           VecmatOp, BatchMatvecOp, BatchVecmatOp, DotOp>(context);
    attach<linalg::AddOp, linalg::SubOp, linalg::MulOp, linalg::DivOp,
           linalg::MaxOp, linalg::MinOp, linalg::NegFOp, linalg::ExpOp,
           linalg::LogOp, linalg::AbsOp, linalg::TanhOp, linalg::SqrtOp,
           linalg::RsqrtOp, linalg::SquareOp, linalg::ReciprocalOp,
           linalg::ErfOp, linalg::SelectOp, linalg::FloorOp, linalg::CeilOp,
           linalg::RoundOp>(context);
  });
}
