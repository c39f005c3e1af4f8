//===- Staging.cpp - Copies of a few elements on the stack ----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements views, buffers and the copies between them.
//
//===----------------------------------------------------------------------===//

#include "Staging.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace act;

/// memref<?xT, strided<[stride], offset: ?>>; the stride may be dynamic.
static MemRefType viewType(Type elementType, int64_t stride) {
  auto layout = StridedLayoutAttr::get(elementType.getContext(),
                                       ShapedType::kDynamic, stride);
  return MemRefType::get(ShapedType::kDynamic, elementType, layout);
}

Value act::makeView(OpBuilder &builder, Location loc, const Access &access,
                    OpFoldResult offset, OpFoldResult size,
                    OpFoldResult stride) {
  int64_t number = getConstantIntValue(stride).value_or(ShapedType::kDynamic);
  // The type is the same for all views of a stride, so that one may stand in
  // for another: constants become values.
  auto asValue = [&](OpFoldResult folded) -> OpFoldResult {
    return getValueOrCreateConstantIndexOp(builder, loc, folded);
  };
  if (!ShapedType::isDynamic(number))
    stride = builder.getIndexAttr(number);
  return memref::ReinterpretCastOp::create(
      builder, loc, viewType(access.elementType(), number), access.base,
      asValue(offset), asValue(size), stride);
}

Value act::bitsOf16(OpBuilder &builder, Value scalar) {
  if (!scalar.getType().isF16() && !scalar.getType().isBF16())
    return nullptr;
  OpBuilder atDefinition(builder);
  atDefinition.setInsertionPointAfterValue(scalar);
  return arith::BitcastOp::create(atDefinition, scalar.getLoc(),
                                  builder.getI16Type(), scalar);
}

Value act::makeSplat(OpBuilder &builder, Location loc, Value scalar,
                     int64_t width) {
  auto vectorType = VectorType::get(width, scalar.getType());
  Value bits = bitsOf16(builder, scalar);
  if (!bits)
    return vector::BroadcastOp::create(builder, loc, vectorType, scalar);
  Value splat = vector::BroadcastOp::create(
      builder, loc, VectorType::get(width, bits.getType()), bits);
  return arith::BitcastOp::create(builder, loc, vectorType, splat);
}

Type act::bufferElement(Type elementType) {
  if (elementType.isInteger(1))
    return IntegerType::get(elementType.getContext(), 8);
  return elementType;
}

// memref.alloca_scope would do, but it has one block: what turns loops into
// branches before memory into pointers makes several.
void act::emitWithStack(OpBuilder &builder, Location loc,
                        llvm::function_ref<void()> emitKernel) {
  auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
  auto save = LLVM::StackSaveOp::create(builder, loc, pointer);
  emitKernel();
  auto restore = LLVM::StackRestoreOp::create(builder, loc, save);
  auto kernel =
      llvm::make_range(Block::iterator(save), Block::iterator(restore));
  if (llvm::none_of(kernel, llvm::IsaPred<memref::AllocaOp>)) {
    restore.erase();
    save.erase();
  }
}

/// Moves the builder to the beginning of the kernel that it stands in.
static void enterKernel(OpBuilder &builder) {
  Block *block = builder.getInsertionBlock();
  Block::iterator end = builder.getInsertionPoint();
  while (true) {
    for (Operation &op : llvm::reverse(llvm::make_range(block->begin(), end)))
      if (isa<LLVM::StackSaveOp>(op))
        return builder.setInsertionPointAfter(&op);
    // A function of its own.
    Operation *parent = block->getParentOp();
    if (isa<FunctionOpInterface>(parent))
      return builder.setInsertionPointToStart(&parent->getRegion(0).front());
    block = parent->getBlock();
    end = Block::iterator(parent);
  }
}

static constexpr int64_t bufferAlignment = 64;

/// An array on the stack at the insertion point.
static Value allocate(OpBuilder &builder, Location loc, Type elementType,
                      int64_t size) {
  return memref::AllocaOp::create(builder, loc,
                                  MemRefType::get(size, elementType),
                                  builder.getI64IntegerAttr(bufferAlignment));
}

Value act::makeScratch(OpBuilder &builder, Location loc, Type elementType,
                       int64_t size) {
  OpBuilder::InsertionGuard guard(builder);
  enterKernel(builder);
  Value buffer = allocate(builder, loc, elementType, size);
  return memref::CastOp::create(builder, loc, viewType(elementType, 1), buffer);
}

Value act::makeScratch(OpBuilder &builder, Location loc, Type elementType,
                       Value count, int64_t most, int64_t step,
                       int64_t perStep) {
  OpBuilder::InsertionGuard guard(builder);
  enterKernel(builder);
  auto index = [&](int64_t number) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, number);
  };
  Value limited = arith::MinSIOp::create(builder, loc, count, index(most));
  Value steps = arith::CeilDivUIOp::create(builder, loc, limited, index(step));
  Value size = arith::MulIOp::create(builder, loc, steps, index(perStep));
  Value buffer = memref::AllocaOp::create(
      builder, loc, MemRefType::get(ShapedType::kDynamic, elementType), size,
      builder.getI64IntegerAttr(bufferAlignment));
  return memref::CastOp::create(builder, loc, viewType(elementType, 1), buffer);
}

Value act::makeBuffer(OpBuilder &builder, Location loc, Type elementType,
                      int64_t size) {
  OpBuilder::InsertionGuard guard(builder);
  enterKernel(builder);
  Value buffer = allocate(builder, loc, elementType, size);
  auto vectorType = VectorType::get(size, elementType);
  Value zeros =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(vectorType));
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  vector::StoreOp::create(builder, loc, zeros, buffer, zero);
  return memref::CastOp::create(builder, loc, viewType(elementType, 1), buffer);
}

Value act::makeMask(OpBuilder &builder, Location loc, Value count,
                    int64_t width) {
  auto numbers = llvm::to_vector(llvm::seq<int32_t>(width));
  Value lanes = arith::ConstantOp::create(builder, loc,
                                          builder.getI32VectorAttr(numbers));
  Value count32 =
      arith::IndexCastOp::create(builder, loc, builder.getI32Type(), count);
  Value counts =
      vector::BroadcastOp::create(builder, loc, lanes.getType(), count32);
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, lanes,
                               counts);
}

/// Whether a masked load or store of `type` is one instruction.
static bool hasMaskedAccess(Type type) {
  return type.isF32() || type.isF64() || type.isInteger(32) ||
         type.isInteger(64);
}

void act::copyElements(OpBuilder &builder, Location loc, Value from, Value to,
                       Value count, int64_t width, bool masks, bool toBuffer) {
  auto fromType = cast<MemRefType>(from.getType());
  Type type = fromType.getElementType();
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  bool unit = fromType.isLastDimUnitStride() &&
              cast<MemRefType>(to.getType()).isLastDimUnitStride();
  if (masks && unit && hasMaskedAccess(type)) {
    Value mask = makeMask(builder, loc, count, width);
    auto vectorType = VectorType::get(width, type);
    if (toBuffer) {
      Value zeros = arith::ConstantOp::create(builder, loc,
                                              builder.getZeroAttr(vectorType));
      Value elements = vector::MaskedLoadOp::create(builder, loc, vectorType,
                                                    from, zero, mask, zeros);
      vector::StoreOp::create(builder, loc, elements, to, zero);
    } else {
      Value elements =
          vector::LoadOp::create(builder, loc, vectorType, from, zero);
      vector::MaskedStoreOp::create(builder, loc, to, zero, mask, elements);
    }
    return;
  }
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  scf::ForOp::create(
      builder, loc, zero, count, one, ValueRange(),
      [&](OpBuilder &nested, Location, Value index, ValueRange) {
        Value element = memref::LoadOp::create(nested, loc, from, index);
        Type toType = cast<MemRefType>(to.getType()).getElementType();
        if (type != toType && type.isInteger(1))
          element = arith::ExtUIOp::create(nested, loc, toType, element);
        else if (type != toType)
          element = arith::TruncIOp::create(nested, loc, toType, element);
        memref::StoreOp::create(nested, loc, element, to, index);
        scf::YieldOp::create(nested, loc);
      });
}
