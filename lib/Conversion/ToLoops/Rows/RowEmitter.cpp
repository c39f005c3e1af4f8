//===- RowEmitter.cpp - The base of row kernels ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the loops over rows and the access to their elements.
//
//===----------------------------------------------------------------------===//

#include "RowEmitter.h"

#include "../Blocks.h"
#include "../OuterLoops.h"
#include "../Staging.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace act;

/// Whether x / T has no rounding and does not overflow; where it is below the
/// normal numbers, that is far below the last place of what is made of it.
static bool isExactDivisor(double temperature) {
  int exponent;
  return temperature >= 1 && std::frexp(temperature, &exponent) == 0.5;
}

RowEmitter::RowEmitter(OpBuilder &builder, RowwiseOpInterface op,
                       const IterationSpace &space,
                       const KernelOptions &options)
    : builder(builder), op(op), loc(op.getLoc()), space(space),
      options(options), computeType(op.getComputeType()),
      exact(getAccuracy(op, options.accuracy) == "exact"),
      accuracy(op->getAttrOfType<StringAttr>(accuracyAttrName)) {
  if (!op.getSoftcap())
    (isExactDivisor(op.getTemperature()) ? exactScale : scale) =
        1.0 / op.getTemperature();
  // A kernel that is a function of its own no longer sees the attribute of the
  // function that it came from.
  if (!accuracy)
    accuracy =
        StringAttr::get(op->getContext(), getAccuracy(op, options.accuracy));
}

void RowEmitter::emit(OpFoldResult begin, OpFoldResult end) {
  acrossRows = canRunAcrossRows() && shouldRunAcrossRows();
  chooseWidth();
  makeStreams();
  if (acrossRows) {
    emitOuterLoops(builder, loc, space, space.numKept - 1, begin, end,
                   [&](ArrayRef<OpFoldResult> offsets, OpFoldResult from,
                       OpFoldResult to) { emitRows(offsets, from, to); });
    return;
  }
  if (shouldLookAhead()) {
    unsigned elementLoop = space.sizes.size() - 1;
    ahead = std::make_unique<RowAhead>(
        *this, builder, loc, computeType, width,
        options.vectorBits / computeType.getWidth(),
        std::make_unique<VectorRowStream>(
            builder, loc, space.accesses[numberOf(RowInput::X)], elementLoop,
            elementLoop, width, options.masks));
    emitOuterLoops(builder, loc, space, space.numKept - 1, begin, end,
                   [&](ArrayRef<OpFoldResult> offsets, OpFoldResult from,
                       OpFoldResult to) { emitRowsAhead(offsets, from, to); });
    return;
  }
  emitOuterLoops(builder, loc, space, space.numKept, begin, end,
                 [&](ArrayRef<OpFoldResult> offsets, OpFoldResult,
                     OpFoldResult) { startRow(offsets); });
}

void RowEmitter::emitRowOf(RowTeam &threads, ArrayRef<OpFoldResult> offsets) {
  team = &threads;
  width = threads.width();
  // The soft cap makes a number of -inf.
  padded = canPadRows() && !op.getSoftcap();
  double padding = std::numeric_limits<double>::infinity();
  if (op.getRowFunction() != RowFunction::Softmin)
    padding = -padding;
  for (auto [number, access] : llvm::enumerate(space.accesses))
    streams.push_back(threads.makeStream(
        access, padded && number == numberOf(RowInput::X) ? padding : 0.0));
  startRow(offsets);
}

/// Rows shorter than this do not fill vectors.
static constexpr int64_t shortRow = 32;

/// Whether rows are better taken side by side: their elements lie apart but
/// those of neighbours together, or they are short and of known length.
bool RowEmitter::shouldRunAcrossRows() {
  unsigned elementLoop = space.sizes.size() - 1, rowLoop = elementLoop - 1;
  if (space.numKept != elementLoop ||
      getConstantIntValue(space.sizes[rowLoop]) == 1)
    return false;
  const Access &x = space.accesses[numberOf(RowInput::X)];
  std::optional<int64_t> toRow = x.constantStride(rowLoop);
  if (toRow == 1)
    return x.constantStride(elementLoop) != 1;
  std::optional<int64_t> length = getConstantIntValue(space.sizes.back());
  return toRow && length && *length < shortRow;
}

void RowEmitter::chooseWidth() {
  int64_t lanes = options.vectorBits / computeType.getWidth();
  int64_t wanted =
      lanes * llvm::PowerOf2Ceil(options.interleave ? options.interleave : 4);
  std::optional<int64_t> length = getConstantIntValue(space.sizes.back());
  // The lanes of sums, as many for each row, should stay in the nearest cache.
  if (acrossRows && !(length && *length < shortRow))
    wanted /= 2;
  wanted = std::min(wanted, FixedSum::maxLanes);
  width = shortenToRow(wanted, lanes,
                       space.sizes[space.sizes.size() - (acrossRows ? 2 : 1)]);
}

void RowEmitter::makeStreams() {
  unsigned elementLoop = space.sizes.size() - 1;
  for (const Access &access : space.accesses)
    streams.push_back(std::make_unique<VectorRowStream>(
        builder, loc, access, acrossRows ? elementLoop - 1 : elementLoop,
        elementLoop, width, options.masks));
  int64_t most = std::numeric_limits<int64_t>::max();
  if (std::optional<int64_t> length = getConstantIntValue(space.sizes.back()))
    most = std::max<int64_t>(*length, blockWidth());
  sums.emplace(builder, loc, computeType, isExact(), countSums(), most,
               acrossRows ? width : 0);
}

/// The rows from `begin` to `end` of the innermost loop over rows.
void RowEmitter::emitRows(ArrayRef<OpFoldResult> offsets, OpFoldResult begin,
                          OpFoldResult end) {
  unsigned rowLoop = space.numKept - 1;
  auto asValue = [&](OpFoldResult folded) {
    return getValueOrCreateConstantIndexOp(builder, loc, folded);
  };
  Value first = asValue(begin);
  Value number = asValue(end);
  if (getConstantIntValue(begin) != 0)
    number = arith::SubIOp::create(builder, loc, number, first);
  emitBlocks(
      builder, loc, number, width, ValueRange(),
      [&](Value position, Value count, ValueRange) -> SmallVector<Value> {
        rows = count;
        Value row = arith::AddIOp::create(builder, loc, first, position);
        startRow(moveOffsets(builder, loc, space, offsets, rowLoop, row));
        return {};
      });
}

/// Rows shorter than this have little to gain.
static constexpr int64_t leastToLookAhead = 512;

/// Whether the maximum of the next row is found beside the terms of each.
bool RowEmitter::shouldLookAhead() {
  unsigned elementLoop = space.sizes.size() - 1;
  std::optional<int64_t> length = getConstantIntValue(space.sizes.back());
  const Access &x = space.accesses[numberOf(RowInput::X)];
  // A soft cap costs more than the comparison, and a mask is of its row.
  return canLookAhead() && !op.getMask() && !op.getSoftcap() &&
         !(length &&
           (*length < leastToLookAhead || *length > RowAhead::longestRow)) &&
         space.numKept == elementLoop && x.constantStride(elementLoop) == 1 &&
         getConstantIntValue(space.sizes[elementLoop - 1]) != 1;
}

/// The rows from `begin` to `end` of the innermost loop over rows, each with a
/// look at the next one.
void RowEmitter::emitRowsAhead(ArrayRef<OpFoldResult> offsets,
                               OpFoldResult begin, OpFoldResult end) {
  unsigned rowLoop = space.numKept - 1, x = numberOf(RowInput::X);
  auto asValue = [&](OpFoldResult folded) {
    return getValueOrCreateConstantIndexOp(builder, loc, folded);
  };
  Value last = arith::SubIOp::create(builder, loc, asValue(end), index(1));
  emitLoop(builder, loc, asValue(begin), asValue(end), index(1), ValueRange(),
           [&](Value row, ValueRange) -> SmallVector<Value> {
             Value exists = arith::CmpIOp::create(
                 builder, loc, arith::CmpIPredicate::slt, row, last);
             Value next = arith::AddIOp::create(
                 builder, loc, row,
                 arith::IndexCastUIOp::create(builder, loc,
                                              builder.getIndexType(), exists));
             SmallVector<OpFoldResult> here =
                 moveOffsets(builder, loc, space, offsets, rowLoop, row);
             OpFoldResult nextX =
                 multiplyAdd(builder, loc, offsets[x], next,
                             space.accesses[x].strides[rowLoop]);
             ahead->startRow(asValue(here[x]), asValue(nextX), exists,
                             asValue(space.sizes.back()));
             startRow(here);
             return {};
           });
}

void RowEmitter::startRow(ArrayRef<OpFoldResult> offsets) {
  OpFoldResult length = space.sizes.back();
  for (auto [stream, offset] : llvm::zip(streams, offsets))
    stream->startRow(offset, length);
  size = getValueOrCreateConstantIndexOp(builder, loc, length);
  if (team)
    team->startRow(size);
  emitRow();
}

//===----------------------------------------------------------------------===//
// Small things
//===----------------------------------------------------------------------===//

Value RowEmitter::index(int64_t number) {
  return arith::ConstantIndexOp::create(builder, loc, number);
}

Value RowEmitter::constant(double value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getFloatAttr(computeType, value));
}

Value RowEmitter::number(double value) {
  Value number = constant(value);
  return acrossRows ? makeSplat(builder, loc, number, width) : number;
}

Value RowEmitter::broadcast(Value value) {
  if (isa<VectorType>(value.getType()))
    return value;
  return vector::BroadcastOp::create(
      builder, loc, VectorType::get(width, value.getType()), value);
}

Value RowEmitter::select(Value condition, Value yes, Value no) {
  return arith::SelectOp::create(builder, loc, condition, yes, no);
}

Value RowEmitter::compare(arith::CmpFPredicate predicate, Value left,
                          Value right) {
  return arith::CmpFOp::create(builder, loc, predicate, left, right);
}

Value RowEmitter::broadcastLike(Value value, Value scalar) {
  auto type = dyn_cast<VectorType>(value.getType());
  if (!type || isa<VectorType>(scalar.getType()))
    return scalar;
  return makeSplat(builder, loc, scalar, type.getNumElements());
}

Value RowEmitter::numberLike(Value value, double number) {
  return broadcastLike(value, constant(number));
}

Value RowEmitter::isZero(Value value) {
  return compare(arith::CmpFPredicate::OEQ, value, numberLike(value, 0));
}

Value RowEmitter::both(Value left, Value right) {
  return arith::AndIOp::create(builder, loc, left, right);
}

Value RowEmitter::add(Value left, Value right) {
  return arith::AddFOp::create(builder, loc, left, right);
}

Value RowEmitter::subtract(Value left, Value right) {
  return arith::SubFOp::create(builder, loc, left, right);
}

Value RowEmitter::multiply(Value left, Value right) {
  return arith::MulFOp::create(builder, loc, left, right);
}

Value RowEmitter::fma(Value left, Value right, Value addend) {
  return math::FmaOp::create(builder, loc, left, right, addend);
}

Value RowEmitter::negate(Value value) {
  return arith::NegFOp::create(builder, loc, value);
}

Value RowEmitter::divide(Value left, Value right) {
  return arith::DivFOp::create(builder, loc, left, right);
}

Value RowEmitter::weigh(Value coefficient, Value value) {
  return select(isZero(coefficient), numberLike(value, 0),
                multiply(coefficient, value));
}

void RowEmitter::emitBranch(Value condition,
                            llvm::function_ref<void()> emitThen,
                            llvm::function_ref<void()> emitElse) {
  if (team && !team->canBranch()) {
    team->storeOnlyWhere(condition, emitThen);
    Value yes =
        arith::ConstantOp::create(builder, loc, builder.getBoolAttr(true));
    team->storeOnlyWhere(arith::XOrIOp::create(builder, loc, condition, yes),
                         emitElse);
    return;
  }
  auto branch =
      scf::IfOp::create(builder, loc, condition, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(branch.elseBlock()->getTerminator());
  emitElse();
  builder.setInsertionPoint(branch.thenBlock()->getTerminator());
  emitThen();
}

Value RowEmitter::sizeAsNumber() {
  Value integer =
      arith::IndexCastOp::create(builder, loc, builder.getI64Type(), size);
  Value number = arith::SIToFPOp::create(builder, loc, computeType, integer);
  return acrossRows ? broadcast(number) : number;
}

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

RowStream &RowEmitter::stream(Value operand) {
  return *streams[llvm::find(op->getOperands(), operand) - op->operand_begin()];
}

unsigned RowEmitter::numberOf(RowInput input) {
  SmallVector<RowInput> inputs = op.getRowInputs();
  return llvm::find(inputs, input) - inputs.begin();
}

RowStream &RowEmitter::stream(RowInput input) {
  return *streams[numberOf(input)];
}

static Value convert(OpBuilder &builder, Location loc, Value value,
                     Type element) {
  Type from = getElementTypeOrSelf(value);
  if (from == element)
    return value;
  Type to = element;
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    to = vector.clone(element);
  if (from.getIntOrFloatBitWidth() < element.getIntOrFloatBitWidth())
    return arith::ExtFOp::create(builder, loc, to, value);
  return arith::TruncFOp::create(builder, loc, to, value);
}

Value RowEmitter::load(RowStream &from, Value position, Value count) {
  return convert(builder, loc, from.load(position, lanesOf(count)),
                 computeType);
}

void RowEmitter::store(Value vector, Value destination, Value position,
                       Value count) {
  Type element = getElementTypeOrSelf(destination);
  stream(destination)
      .store(convert(builder, loc, vector, element), position, lanesOf(count));
}

Value RowEmitter::loadAt(RowStream &from, Value position) {
  return convert(builder, loc, from.loadOne(position), computeType);
}

Value RowEmitter::loadAt(Value operand, Value position) {
  return loadAt(stream(operand), position);
}

void RowEmitter::storeAt(Value scalar, Value destination, Value position) {
  Type element = getElementTypeOrSelf(destination);
  stream(destination)
      .storeOne(convert(builder, loc, scalar, element), position);
}

Value RowEmitter::loadScalar(RowInput input) {
  if (acrossRows)
    return load(stream(input), index(0), rows);
  return loadAt(stream(input), index(0));
}

Value RowEmitter::loadScalar(Value operand) {
  if (acrossRows)
    return load(stream(operand), index(0), rows);
  return loadAt(operand, index(0));
}

void RowEmitter::storeScalar(Value scalar, Value destination) {
  if (acrossRows)
    store(scalar, destination, index(0), rows);
  else
    storeAt(scalar, destination, index(0));
}

void RowEmitter::storeInteger(Value index, Value destination) {
  Type element = getElementTypeOrSelf(destination);
  stream(destination)
      .storeOne(arith::IndexCastOp::create(builder, loc, element, index),
                this->index(0));
}

Value RowEmitter::multiply(Value value, double factor) {
  if (factor == 1.0)
    return value;
  return multiply(value, numberLike(value, factor));
}

Value RowEmitter::loadMask(Value position, Value count) {
  if (!op.getMask())
    return nullptr;
  return stream(op.getMask()).load(position, lanesOf(count));
}

void RowEmitter::forBlocks(EmitStores emitStores) {
  forBlocks(ValueRange(),
            [&](Value position, Value count, ValueRange) -> SmallVector<Value> {
              emitStores(position, count);
              return {};
            });
}

void RowEmitter::forBlocksBackward(EmitStores emitStores) {
  if (team)
    return forBlocks(emitStores);
  emitBlocksBackward(builder, loc, size, blockWidth(), emitStores);
}

SmallVector<Value> RowEmitter::forBlocks(ValueRange initial,
                                         EmitBlock emitBlock) {
  if (team)
    return team->forBlocks(initial, emitBlock);
  return emitBlocks(builder, loc, size, blockWidth(), initial, emitBlock);
}
