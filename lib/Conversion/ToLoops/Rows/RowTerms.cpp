//===- RowTerms.cpp - Terms between the passes over a row -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements where the terms of a row wait until their sum is known,
// so that there is one exponential for each element.
//
//===----------------------------------------------------------------------===//

#include "../Blocks.h"
#include "../Staging.h"
#include "RowEmitter.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

/// Bytes of terms for which there is room on the stack. To compute a term once
/// more takes three times what it takes to wait in the second or third cache.
static constexpr int64_t maxTermBytes = 512 * 1024;

/// How many positions the memory on the stack has at most.
int64_t RowEmitter::keptElements() {
  int64_t most =
      maxTermBytes * 8 / computeType.getWidth() / (acrossRows ? width : 1);
  if (std::optional<int64_t> length = getConstantIntValue(size))
    return std::min(most, int64_t(llvm::alignTo(*length, blockWidth())));
  return most;
}

void RowEmitter::keepTermsIn(Value destination) {
  if (team)
    return team->willKeepTerms();
  if (getElementTypeOrSelf(destination) == computeType)
    termDestination = destination;
  else
    keepTermsOnStack();
}

void RowEmitter::keepTermsOnStack() {
  if (team)
    return team->willKeepTerms();
  if (termBuffer)
    return;
  int64_t perPosition = acrossRows ? width : 1;
  // Not more than rows are long, rounded up to blocks, which are stored whole.
  if (auto length = dyn_cast<Value>(space.sizes.back()))
    termBuffer = makeScratch(builder, loc, computeType, length, keptElements(),
                             blockWidth(), blockWidth() * perPosition);
  else
    termBuffer =
        makeScratch(builder, loc, computeType, keptElements() * perPosition);
}

Value RowEmitter::addressOfTerms(Value position) {
  if (!acrossRows)
    return position;
  return arith::MulIOp::create(builder, loc, position, index(width));
}

void RowEmitter::keepTerms(Value terms, Value position, Value count) {
  if (team)
    return team->keepTerms(terms, position);
  if (termDestination)
    return store(terms, termDestination, position, count);
  std::optional<int64_t> length = getConstantIntValue(size);
  OpBuilder::InsertionGuard guard(builder);
  if (!length || *length > keptElements()) {
    Value hasRoom =
        arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult, position,
                              index(keptElements()));
    auto branch = scf::IfOp::create(builder, loc, hasRoom);
    builder.setInsertionPointToStart(branch.thenBlock());
  }
  vector::StoreOp::create(builder, loc, terms, termBuffer,
                          addressOfTerms(position));
}

void RowEmitter::willStoreScalars() {
  if (team)
    team->willStoreScalars();
}

void RowEmitter::waitForReaders() {
  if (team)
    team->waitForReaders();
}

void RowEmitter::forTerms(Value maximum, EmitTermStores emitStores) {
  if (team)
    return forBlocks([&](Value position, Value count) {
      Value terms = team->findTerms(position);
      if (!terms)
        terms = makeTerm(loadLogits(position, count), broadcast(maximum));
      emitStores(terms, position, count);
    });
  if (termDestination)
    return forBlocks([&](Value position, Value count) {
      emitStores(load(stream(termDestination), position, count), position,
                 count);
    });
  auto inBlocks = [&](Value number, EmitStores emit) {
    emitBlocks(
        builder, loc, number, blockWidth(), ValueRange(),
        [&](Value position, Value count, ValueRange) -> SmallVector<Value> {
          emit(position, count);
          return {};
        });
  };
  auto type = VectorType::get(width, computeType);
  auto emitKept = [&](Value position, Value count) {
    Value terms = vector::LoadOp::create(builder, loc, type, termBuffer,
                                         addressOfTerms(position));
    emitStores(terms, position, count);
  };
  std::optional<int64_t> length = getConstantIntValue(size);
  if (length && *length <= keptElements())
    return inBlocks(size, emitKept);

  Value kept =
      arith::MinSIOp::create(builder, loc, size, index(keptElements()));
  inBlocks(kept, emitKept);
  Value maxima = broadcast(maximum);
  inBlocks(arith::SubIOp::create(builder, loc, size, kept), [&](Value offset,
                                                                Value count) {
    Value position = arith::AddIOp::create(builder, loc, kept, offset);
    emitStores(makeTerm(loadLogits(position, count), maxima), position, count);
  });
}
