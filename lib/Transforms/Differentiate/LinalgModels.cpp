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

using namespace mlir;
using namespace act;

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
    // By what it begins with there is none.
    if (isExtremum(structured) && !wanted[1])
      return pullBackThrough(builder, op, cotangents, wanted, gradients,
                             [&](DerivativeBuilder &inner) {
                               return expandExtremum(inner, structured);
                             });
    auto generic = dyn_cast<linalg::GenericOp>(op);
    if (generic && hasUnitDims(structured))
      return pullBackThrough(builder, op, cotangents, wanted, gradients,
                             [&](DerivativeBuilder &inner) {
                               return dropUnitDims(inner, generic);
                             });
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
    if (isExtremum(structured) && !tangents[1])
      return pushForwardThrough(builder, op, tangents, results,
                                [&](DerivativeBuilder &inner) {
                                  return expandExtremum(inner, structured);
                                });
    auto generic = dyn_cast<linalg::GenericOp>(op);
    if (generic && hasUnitDims(structured))
      return pushForwardThrough(builder, op, tangents, results,
                                [&](DerivativeBuilder &inner) {
                                  return dropUnitDims(inner, generic);
                                });
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
