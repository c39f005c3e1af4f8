//===- ProductCall.cpp - Products by a BLAS library -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements calls of cblas_sgemm and cblas_dgemm. Transposed
// operands are flags of the call, nothing is copied.
//
//===----------------------------------------------------------------------===//

#include "ProductCall.h"

#include "OuterLoops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace act;

// Values of the enumerations in cblas.h.
static constexpr int32_t cblasRowMajor = 101;
static constexpr int32_t cblasNoTrans = 111;
static constexpr int32_t cblasTrans = 112;

namespace {

/// A matrix as BLAS sees it: rows, columns, and the loops that run over them.
struct Matrix {
  const Access &access;
  unsigned rowLoop, columnLoop;

  bool isRowMajor() const { return access.constantStride(columnLoop) == 1; }
  bool isColumnMajor() const { return access.constantStride(rowLoop) == 1; }
  /// The loop whose steps are the leading dimension, and the one inside.
  unsigned outerLoop() const { return isRowMajor() ? rowLoop : columnLoop; }
  unsigned innerLoop() const { return isRowMajor() ? columnLoop : rowLoop; }
};

struct Product {
  explicit Product(const IterationSpace &space)
      : n(space.sizes.size() - 3), m(n + 1),
        k(n + 2), a{space.accesses[0], m, k}, b{space.accesses[1], k, n},
        c{space.accesses[2], m, n} {}
  unsigned n, m, k;
  Matrix a, b, c;
};

class CallEmitter {
public:
  CallEmitter(OpBuilder &builder, Operation *kernel,
              const IterationSpace &space)
      : builder(builder), kernel(kernel), loc(kernel->getLoc()), space(space),
        product(space), type(product.c.access.elementType()) {}

  void emit(function_ref<void()> otherwise) {
    declare();
    auto branch =
        scf::IfOp::create(builder, loc, emitFits(), /*withElse=*/true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(branch.thenBlock()->getTerminator());
    OpFoldResult first = space.sizes.front();
    emitOuterLoops(builder, loc, space, product.n, builder.getIndexAttr(0),
                   first,
                   [&](ArrayRef<OpFoldResult> offsets, OpFoldResult,
                       OpFoldResult) { emitCall(offsets); });
    builder.setInsertionPoint(branch.elseBlock()->getTerminator());
    otherwise();
  }

private:
  Value asValue(OpFoldResult folded) {
    return getValueOrCreateConstantIndexOp(builder, loc, folded);
  }
  Value integer(int32_t number) {
    return arith::ConstantOp::create(builder, loc,
                                     builder.getI32IntegerAttr(number));
  }
  Value asInteger(OpFoldResult folded) {
    return arith::IndexCastOp::create(builder, loc, builder.getI32Type(),
                                      asValue(folded));
  }

  StringRef name() { return type.isF32() ? "cblas_sgemm" : "cblas_dgemm"; }

  void declare() {
    auto module = kernel->getParentOfType<ModuleOp>();
    if (module.lookupSymbol(name()))
      return;
    Type i32 = builder.getI32Type();
    Type pointer = LLVM::LLVMPointerType::get(builder.getContext());
    auto signature =
        builder.getFunctionType({i32, i32, i32, i32, i32, i32, type, pointer,
                                 i32, pointer, i32, type, pointer, i32},
                                {});
    OpBuilder atStart = OpBuilder::atBlockBegin(module.getBody());
    func::FuncOp::create(atStart, loc, name(), signature).setPrivate();
  }

  /// The leading dimension, for one row any that the library accepts.
  Value leading(const Matrix &matrix) {
    Value stride = asValue(matrix.access.strides[matrix.outerLoop()]);
    Value inner = asValue(space.sizes[matrix.innerLoop()]);
    Value one = arith::ConstantIndexOp::create(builder, loc, 1);
    Value least = arith::MaxSIOp::create(builder, loc, inner, one);
    Value isOne =
        arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                              asValue(space.sizes[matrix.outerLoop()]), one);
    return arith::SelectOp::create(builder, loc, isOne, least, stride);
  }

  /// Sizes and leading dimensions are integers of 32 bits, and rows do not
  /// overlap.
  Value emitFits() {
    Value fits;
    auto require = [&](arith::CmpIPredicate predicate, Value left,
                       Value right) {
      Value holds = arith::CmpIOp::create(builder, loc, predicate, left, right);
      fits = fits ? arith::AndIOp::create(builder, loc, fits, holds).getResult()
                  : holds;
    };
    Value most = arith::ConstantIndexOp::create(builder, loc, INT32_MAX);
    for (unsigned loop : {product.m, product.n, product.k})
      require(arith::CmpIPredicate::sle, asValue(space.sizes[loop]), most);
    for (const Matrix *matrix : {&product.a, &product.b, &product.c}) {
      Value stride = leading(*matrix);
      require(arith::CmpIPredicate::sle, stride, most);
      require(arith::CmpIPredicate::sge, stride,
              asValue(space.sizes[matrix->innerLoop()]));
    }
    return fits;
  }

  Value addressOf(const Access &access, OpFoldResult offset) {
    Value start = memref::ExtractAlignedPointerAsIndexOp::create(builder, loc,
                                                                 access.base);
    int64_t bytes = type.getIntOrFloatBitWidth() / 8;
    Value address = asValue(
        multiplyAdd(builder, loc, start, offset, builder.getIndexAttr(bytes)));
    Value bits =
        arith::IndexCastOp::create(builder, loc, builder.getI64Type(), address);
    return LLVM::IntToPtrOp::create(
        builder, loc, LLVM::LLVMPointerType::get(builder.getContext()), bits);
  }

  void emitCall(ArrayRef<OpFoldResult> offsets) {
    Value one = arith::ConstantOp::create(builder, loc,
                                          builder.getFloatAttr(type, 1.0));
    auto flag = [&](const Matrix &matrix) {
      return integer(matrix.isRowMajor() ? cblasNoTrans : cblasTrans);
    };
    auto leadingOf = [&](const Matrix &matrix) {
      return asInteger(leading(matrix));
    };
    func::CallOp::create(
        builder, loc, name(), TypeRange(),
        ValueRange{
            integer(cblasRowMajor), flag(product.a), flag(product.b),
            asInteger(space.sizes[product.m]),
            asInteger(space.sizes[product.n]),
            asInteger(space.sizes[product.k]), one,
            addressOf(product.a.access, offsets[0]), leadingOf(product.a),
            addressOf(product.b.access, offsets[1]), leadingOf(product.b), one,
            addressOf(product.c.access, offsets[2]), leadingOf(product.c)});
  }

  OpBuilder &builder;
  Operation *kernel;
  Location loc;
  const IterationSpace &space;
  Product product;
  Type type;
};

} // namespace

bool act::canCallLibrary(const IterationSpace &space) {
  Product product(space);
  Type type = product.c.access.elementType();
  return product.c.isRowMajor() &&
         llvm::all_of(ArrayRef<const Matrix *>{&product.a, &product.b},
                      [&](const Matrix *matrix) {
                        return matrix->access.elementType() == type &&
                               (matrix->isRowMajor() ||
                                matrix->isColumnMajor());
                      });
}

void act::emitLibraryCall(OpBuilder &builder, Operation *kernel,
                          const IterationSpace &space,
                          function_ref<void()> otherwise) {
  CallEmitter(builder, kernel, space).emit(otherwise);
}
