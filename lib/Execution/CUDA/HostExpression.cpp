//===- HostExpression.cpp - Numbers that host code computes ---------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file writes values of host code as expressions in JSON. Conversions
// between integers are left out: a parameter takes as many bits as it has.
//
//===----------------------------------------------------------------------===//

#include "HostExpression.h"
#include "KernelOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace act;
using namespace mlir;
namespace json = llvm::json;

/// Nodes of an expression that is worth writing without names.
static constexpr unsigned longestFull = 40;

static StringRef comparisonName(arith::CmpIPredicate predicate) {
  switch (predicate) {
  case arith::CmpIPredicate::eq:
    return "==";
  case arith::CmpIPredicate::ne:
    return "!=";
  case arith::CmpIPredicate::slt:
  case arith::CmpIPredicate::ult:
    return "<";
  case arith::CmpIPredicate::sle:
  case arith::CmpIPredicate::ule:
    return "<=";
  case arith::CmpIPredicate::sgt:
  case arith::CmpIPredicate::ugt:
    return ">";
  case arith::CmpIPredicate::sge:
  case arith::CmpIPredicate::uge:
    return ">=";
  }
  llvm_unreachable("all predicates have a name");
}

/// The operator that an operation of arith is; empty if it is none. Sizes and
/// addresses are not negative, so that signed and unsigned do not differ.
static StringRef operatorName(Operation *op) {
  if (auto comparison = dyn_cast<arith::CmpIOp>(op))
    return comparisonName(comparison.getPredicate());
  return llvm::StringSwitch<StringRef>(op->getName().getStringRef())
      .Case("arith.addi", "+")
      .Case("arith.subi", "-")
      .Case("arith.muli", "*")
      .Cases({"arith.divsi", "arith.divui", "arith.floordivsi"}, "/")
      .Cases({"arith.ceildivsi", "arith.ceildivui"}, "ceildiv")
      .Cases({"arith.remsi", "arith.remui"}, "%")
      .Cases({"arith.minsi", "arith.minui"}, "min")
      .Cases({"arith.maxsi", "arith.maxui"}, "max")
      .Case("arith.andi", "and")
      .Case("arith.ori", "or")
      .Case("arith.xori", "xor")
      .Case("arith.shli", "<<")
      .Cases({"arith.shrsi", "arith.shrui"}, ">>")
      .Case("arith.select", "select")
      .Default("");
}

/// Operations whose value is that of their operand, as a number.
static bool isConversion(Operation *op) {
  // A sign-extended condition would be -1.
  if (auto extension = dyn_cast<arith::ExtSIOp>(op))
    return !extension.getIn().getType().isInteger(1);
  return isa<arith::IndexCastOp, arith::IndexCastUIOp, arith::ExtUIOp,
             arith::TruncIOp, LLVM::IntToPtrOp, LLVM::PtrToIntOp,
             memref::CastOp, memref::SubViewOp, memref::ReinterpretCastOp>(op);
}

/// A view: of another memref, or of memory that is seen as one row of elements.
using View = OffsetSizeAndStrideOpInterface;

/// The size, stride and offset of a view that `dim`, one of its type, has.
static unsigned numberInView(View view, unsigned dim) {
  auto subview = dyn_cast<memref::SubViewOp>(view.getOperation());
  if (!subview)
    return dim;
  llvm::SmallBitVector dropped = subview.getDroppedDims();
  for (unsigned number = 0;; ++number)
    if (!dropped.test(number) && dim-- == 0)
      return number;
}

/// a + b and a * b, but for what adds or multiplies nothing.
static FailureOr<json::Value> plus(FailureOr<json::Value> a,
                                   FailureOr<json::Value> b) {
  if (failed(a) || failed(b))
    return failure();
  if (a->getAsInteger() == 0)
    return b;
  if (b->getAsInteger() == 0)
    return a;
  return json::Value(json::Array{"+", std::move(*a), std::move(*b)});
}

static FailureOr<json::Value> times(FailureOr<json::Value> a,
                                    FailureOr<json::Value> b) {
  if (failed(a) || failed(b))
    return failure();
  if (a->getAsInteger() == 0 || b->getAsInteger() == 1)
    return a;
  if (b->getAsInteger() == 0 || a->getAsInteger() == 1)
    return b;
  return json::Value(json::Array{"*", std::move(*a), std::move(*b)});
}

//===----------------------------------------------------------------------===//
// Writer
//===----------------------------------------------------------------------===//

/// Writes values; those that have a name in `names` by it.
class HostExpressions::Writer {
public:
  Writer(const llvm::DenseMap<Value, std::string> &names, unsigned budget)
      : names(names), budget(budget) {}

  /// `emitErrors` for what cannot be said; exceeding the budget is silent.
  FailureOr<json::Value> write(Value value);

  /// The size of dimension `dim` of a memref.
  FailureOr<json::Value> size(Value memory, unsigned dim);
  /// Elements from one to the next along it.
  FailureOr<json::Value> stride(Value memory, unsigned dim);
  /// Elements from the address of a memref to its first one.
  FailureOr<json::Value> offset(Value memory);

  bool reports = true;

private:
  /// Elements that 1 is, in an offset or a stride of a view.
  FailureOr<json::Value> step(View view, unsigned dim);
  FailureOr<json::Value> number(OpFoldResult folded);
  FailureOr<json::Value> apply(StringRef name, ValueRange operands);
  FailureOr<json::Value> property(StringRef name, Value memory,
                                  std::optional<unsigned> dim);
  FailureOr<json::Value> constant(arith::ConstantOp op);
  FailureOr<json::Value> metadata(memref::ExtractStridedMetadataOp op,
                                  unsigned result);
  FailureOr<json::Value> address(LLVM::GEPOp op);
  LogicalResult fail(Value value);

  const llvm::DenseMap<Value, std::string> &names;
  unsigned budget;
};

LogicalResult HostExpressions::Writer::fail(Value value) {
  if (!reports)
    return failure();
  if (Operation *op = value.getDefiningOp())
    return op->emitError("'")
           << op->getName() << "' cannot be said in a launch plan";
  return emitError(value.getLoc(),
                   "this value cannot be said in a launch plan");
}

FailureOr<json::Value> HostExpressions::Writer::apply(StringRef name,
                                                      ValueRange operands) {
  json::Array result{name};
  for (Value operand : operands) {
    FailureOr<json::Value> value = write(operand);
    if (failed(value))
      return failure();
    result.push_back(std::move(*value));
  }
  return json::Value(std::move(result));
}

FailureOr<json::Value> HostExpressions::Writer::number(OpFoldResult folded) {
  if (std::optional<int64_t> constant = getConstantIntValue(folded))
    return json::Value(*constant);
  return write(cast<Value>(folded));
}

FailureOr<json::Value>
HostExpressions::Writer::property(StringRef name, Value memory,
                                  std::optional<unsigned> dim) {
  FailureOr<json::Value> base = write(memory);
  if (failed(base))
    return failure();
  json::Array result{name, std::move(*base)};
  if (dim)
    result.push_back(*dim);
  return json::Value(std::move(result));
}

FailureOr<json::Value> HostExpressions::Writer::constant(arith::ConstantOp op) {
  if (auto integer = dyn_cast<IntegerAttr>(op.getValue()))
    return json::Value(integer.getType().isInteger(1)
                           ? int64_t(integer.getValue().getZExtValue())
                           : integer.getValue().getSExtValue());
  // As of numbers that are inputs, the bits.
  if (auto number = dyn_cast<FloatAttr>(op.getValue()))
    return json::Value(static_cast<int64_t>(
        number.getValue().bitcastToAPInt().getZExtValue()));
  return fail(op.getResult());
}

FailureOr<json::Value> HostExpressions::Writer::size(Value memory,
                                                     unsigned dim) {
  auto type = dyn_cast<MemRefType>(memory.getType());
  if (!type || dim >= type.getRank())
    return fail(memory);
  if (!type.isDynamicDim(dim))
    return json::Value(type.getDimSize(dim));
  if (auto cast = memory.getDefiningOp<memref::CastOp>())
    return size(cast.getSource(), dim);
  if (auto allocation = memory.getDefiningOp<memref::AllocOp>())
    return write(allocation.getDynamicSizes()[type.getDynamicDimIndex(dim)]);
  if (auto view = memory.getDefiningOp<View>())
    return number(view.getMixedSizes()[numberInView(view, dim)]);
  return property("size", memory, dim);
}

FailureOr<json::Value> HostExpressions::Writer::stride(Value memory,
                                                       unsigned dim) {
  auto [strides, offset] =
      cast<MemRefType>(memory.getType()).getStridesAndOffset();
  if (!ShapedType::isDynamic(strides[dim]))
    return json::Value(strides[dim]);
  if (auto cast = memory.getDefiningOp<memref::CastOp>())
    return stride(cast.getSource(), dim);
  if (auto view = memory.getDefiningOp<View>()) {
    unsigned from = numberInView(view, dim);
    return times(number(view.getMixedStrides()[from]), step(view, from));
  }
  return property("stride", memory, dim);
}

FailureOr<json::Value> HostExpressions::Writer::offset(Value memory) {
  auto [strides, offset] =
      cast<MemRefType>(memory.getType()).getStridesAndOffset();
  if (!ShapedType::isDynamic(offset))
    return json::Value(offset);
  if (auto cast = memory.getDefiningOp<memref::CastOp>())
    return this->offset(cast.getSource());
  auto view = memory.getDefiningOp<View>();
  if (!view)
    return property("offset", memory, std::nullopt);
  FailureOr<json::Value> sum = json::Value(0);
  if (auto subview = dyn_cast<memref::SubViewOp>(view.getOperation()))
    sum = this->offset(subview.getSource());
  for (auto [dim, begin] : llvm::enumerate(view.getMixedOffsets()))
    sum = plus(std::move(sum), times(number(begin), step(view, dim)));
  return sum;
}

FailureOr<json::Value> HostExpressions::Writer::step(View view, unsigned dim) {
  if (auto subview = dyn_cast<memref::SubViewOp>(view.getOperation()))
    return stride(subview.getSource(), dim);
  return json::Value(1);
}

/// Results of extract_strided_metadata: the base, the offset, sizes, strides.
FailureOr<json::Value>
HostExpressions::Writer::metadata(memref::ExtractStridedMetadataOp op,
                                  unsigned result) {
  unsigned rank = op.getSource().getType().getRank();
  if (result == 0)
    return write(op.getSource());
  if (result == 1)
    return offset(op.getSource());
  if (result < 2 + rank)
    return size(op.getSource(), result - 2);
  return stride(op.getSource(), result - 2 - rank);
}

/// base + index * bytes.
FailureOr<json::Value> HostExpressions::Writer::address(LLVM::GEPOp op) {
  unsigned bytes = bytesInMemory(op.getElemType());
  if (bytes == 0 || op.getIndices().size() != 1)
    return fail(op.getResult());
  FailureOr<json::Value> base = write(op.getBase()), index = failure();
  if (auto constant = dyn_cast<IntegerAttr>(op.getIndices()[0]))
    index = json::Value(constant.getInt());
  else
    index = write(cast<Value>(op.getIndices()[0]));
  if (failed(base) || failed(index))
    return failure();
  if (index->getAsInteger() == 0)
    return base;
  return json::Value(json::Array{"+", std::move(*base),
                                 json::Array{"*", std::move(*index), bytes}});
}

FailureOr<json::Value> HostExpressions::Writer::write(Value value) {
  if (budget == 0)
    return failure();
  --budget;
  if (auto name = names.find(value); name != names.end())
    return json::Value(name->second);
  Operation *op = value.getDefiningOp();
  if (!op)
    return fail(value);
  if (isConversion(op))
    return write(op->getOperand(0));
  if (StringRef name = operatorName(op); !name.empty())
    return apply(name, op->getOperands());
  return llvm::TypeSwitch<Operation *, FailureOr<json::Value>>(op)
      .Case([&](arith::ConstantOp op) { return constant(op); })
      .Case([&](LLVM::GEPOp op) { return address(op); })
      .Case([&](memref::DimOp op) -> FailureOr<json::Value> {
        std::optional<int64_t> dim = op.getConstantIndex();
        if (!dim || *dim < 0)
          return fail(value);
        return size(op.getSource(), *dim);
      })
      .Case([&](memref::ExtractAlignedPointerAsIndexOp op) {
        return property("address", op.getSource(), std::nullopt);
      })
      .Case([&](memref::ExtractStridedMetadataOp op) {
        return metadata(op, cast<OpResult>(value).getResultNumber());
      })
      .Case([&](arith::BitcastOp op) -> FailureOr<json::Value> {
        if (!isa<FloatType>(op.getIn().getType()))
          return fail(value);
        return apply("bits", op.getIn());
      })
      .Default([&](Operation *) { return fail(value); });
}

//===----------------------------------------------------------------------===//
// HostExpressions
//===----------------------------------------------------------------------===//

HostExpressions::HostExpressions(func::FuncOp host,
                                 ArrayRef<std::string> argumentNames) {
  for (auto [argument, name] :
       llvm::zip_equal(host.getArguments(), argumentNames))
    arguments[argument] = name;
  names = arguments;
}

bool HostExpressions::isExpression(Operation *op) const {
  return isConversion(op) || !operatorName(op).empty() ||
         isa<arith::BitcastOp, arith::ConstantOp, LLVM::GEPOp, memref::DimOp,
             memref::ExtractAlignedPointerAsIndexOp,
             memref::ExtractStridedMetadataOp>(op);
}

bool HostExpressions::isShort(Value value) const {
  Operation *op = value.getDefiningOp();
  if (!op || isa<arith::ConstantOp, memref::DimOp,
                 memref::ExtractAlignedPointerAsIndexOp,
                 memref::ExtractStridedMetadataOp>(op))
    return true;
  return isConversion(op) &&
         (names.contains(value) || isShort(op->getOperand(0)));
}

FailureOr<json::Value> HostExpressions::get(Value value) const {
  return Writer(names, /*budget=*/~0u).write(value);
}

json::Value HostExpressions::getFull(Value value) const {
  Writer writer(arguments, longestFull);
  writer.reports = false;
  FailureOr<json::Value> result = writer.write(value);
  return succeeded(result) ? std::move(*result) : json::Value(nullptr);
}

FailureOr<json::Value>
HostExpressions::bytesOf(memref::AllocOp allocation) const {
  MemRefType type = allocation.getType();
  unsigned bytes = bytesInMemory(type.getElementType());
  if (bytes == 0)
    return allocation.emitError("memory of ")
           << type.getElementType() << " cannot be said in a launch plan";
  json::Value total = bytes;
  for (unsigned dim = 0, e = type.getRank(); dim != e; ++dim) {
    FailureOr<json::Value> size =
        Writer(names, /*budget=*/~0u).size(allocation, dim);
    if (failed(size))
      return failure();
    total = json::Array{"*", std::move(total), std::move(*size)};
  }
  return total;
}
