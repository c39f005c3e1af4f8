//===- ProductKernel.cpp - Products of matrices ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the loops of matrix products, c[m, n] += a[m, k] *
// b[k, n]. A panel of b, some vectors wide and `panelDepth` deep, is copied to
// the stack, whatever its layout. Tiles of c stay in registers while they run
// along it: a row of the tile takes one element of a and the panel's row.
//
// Elements of c that do not fill a tile's width, or do not lie side by side, go
// through a tile on the stack; rows that do not fill its height take the loop
// once more for each.
//
//===----------------------------------------------------------------------===//

#include "ProductKernel.h"
#include "Blocks.h"

#include "../Products.h"
#include "OuterLoops.h"
#include "Parallel.h"
#include "ProductCall.h"
#include "Staging.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

/// Terms for which a panel stays in the cache next to the core.
static constexpr int64_t panelDepth = 256;
/// Rows of a tile: with 4 vectors of 32 registers, or 2 of 16, as many as the
/// registers hold beside the row of the panel.
static constexpr int64_t tileRows = 6;
/// A term costs less than an element of other kernels: threads pay later.
static constexpr int64_t termsPerElement = 16;

namespace {

/// Which loop and which operand plays which part.
struct ProductRoles {
  /// Numbers of operands.
  unsigned a = 0;
  unsigned b = 1;
  /// Numbers of loops.
  SmallVector<unsigned> batch;
  std::optional<unsigned> m;
  unsigned n = 0;
  unsigned k = 0;
};

} // namespace

/// The constant stride of `loop` in operand `number`, 0 where it is unknown.
static int64_t constantStride(linalg::GenericOp generic, unsigned number,
                              unsigned loop) {
  OpOperand &operand = generic->getOpOperand(number);
  auto type = cast<MemRefType>(operand.get().getType());
  auto [strides, offset] = type.getStridesAndOffset();
  AffineMap map = generic.getMatchingIndexingMap(&operand);
  for (auto [expr, stride] : llvm::zip(map.getResults(), strides))
    if (expr == getAffineDimExpr(loop, generic.getContext()))
      return ShapedType::isDynamic(stride) ? 0 : stride;
  return 0;
}

static std::optional<ProductRoles> findRoles(linalg::GenericOp generic) {
  if (!generic.hasPureBufferSemantics())
    return std::nullopt;
  FloatType type = findProductType(generic);
  if (!type || type.getWidth() < 32)
    return std::nullopt;
  for (OpOperand &operand : generic->getOpOperands())
    if (!isa<MemRefType>(operand.get().getType()) ||
        !isPlainOperand(operand.get()) ||
        !generic.getMatchingIndexingMap(&operand).isProjectedPermutation())
      return std::nullopt;
  FailureOr<linalg::ContractionDimensions> dims =
      linalg::inferContractionDims(generic);
  if (failed(dims) || dims->m.size() > 1 || dims->n.size() > 1 ||
      dims->k.size() != 1 || dims->m.size() + dims->n.size() == 0)
    return std::nullopt;
  if (dims->batch.size() + dims->m.size() + dims->n.size() + 1 !=
      generic.getNumLoops())
    return std::nullopt;

  ProductRoles roles;
  roles.batch.assign(dims->batch.begin(), dims->batch.end());
  roles.k = dims->k.front();
  // The elements of a row of c lie side by side: transposed if need be.
  bool transpose =
      dims->n.empty() ||
      (!dims->m.empty() && constantStride(generic, 2, dims->n.front()) != 1 &&
       constantStride(generic, 2, dims->m.front()) == 1);
  if (transpose) {
    std::swap(roles.a, roles.b);
    std::swap(dims->m, dims->n);
  }
  roles.n = dims->n.front();
  if (!dims->m.empty())
    roles.m = dims->m.front();
  // A matrix times a vector, row by row of the matrix.
  if (!roles.m && constantStride(generic, roles.b, roles.k) == 1)
    return std::nullopt;
  return roles;
}

bool act::isProductKernel(linalg::GenericOp generic) {
  return findRoles(generic).has_value();
}

namespace {

class ProductEmitter {
public:
  /// The loops of `space`: batch, n, m, k; its accesses: a, b, c.
  ProductEmitter(OpBuilder &builder, Location loc, const IterationSpace &space,
                 int64_t width)
      : builder(builder), loc(loc), space(space), a(space.accesses[0]),
        b(space.accesses[1]), c(space.accesses[2]), type(c.elementType()),
        width(width), nLoop(space.sizes.size() - 3), mLoop(nLoop + 1),
        kLoop(nLoop + 2) {}

  void emit(OpFoldResult begin, OpFoldResult end) {
    panel = makeScratch(builder, loc, type, panelDepth * width);
    tile = makeScratch(builder, loc, type, tileRows * width);
    emitOuterLoops(builder, loc, space, nLoop, begin, end,
                   [&](ArrayRef<OpFoldResult> offsets, OpFoldResult begin,
                       OpFoldResult end) {
                     emitPanels(offsets, asValue(begin), asValue(end));
                   });
  }

private:
  Value asValue(OpFoldResult folded) {
    return getValueOrCreateConstantIndexOp(builder, loc, folded);
  }
  Value index(int64_t number) {
    return arith::ConstantIndexOp::create(builder, loc, number);
  }
  VectorType vectorType() { return VectorType::get(width, type); }

  /// Emits a loop; the builder stands in its body while `inside` runs.
  SmallVector<Value> emitLoop(Value begin, Value end, int64_t step,
                              EmitTrip inside, ValueRange initial = {}) {
    return act::emitLoop(builder, loc, begin, end, index(step), initial,
                         inside);
  }

  void emitEach(Value begin, Value end, int64_t step,
                function_ref<void(Value)> inside) {
    emitLoop(begin, end, step,
             [&](Value position, ValueRange) -> SmallVector<Value> {
               inside(position);
               return {};
             });
  }

  Value minimum(Value left, Value right) {
    return arith::MinSIOp::create(builder, loc, left, right);
  }
  Value subtract(Value left, Value right) {
    return arith::SubIOp::create(builder, loc, left, right);
  }
  OpFoldResult move(OpFoldResult offset, Value steps, OpFoldResult stride) {
    return multiplyAdd(builder, loc, offset, steps, stride);
  }
  Value moveIndex(Value offset, Value steps, int64_t stride) {
    return asValue(move(offset, steps, builder.getIndexAttr(stride)));
  }

  void emitPanels(ArrayRef<OpFoldResult> offsets, Value begin, Value end) {
    emitEach(begin, end, width, [&](Value n) {
      count = minimum(subtract(end, n), index(width));
      isFull = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                     count, index(width));
      Value terms = asValue(space.sizes[kLoop]);
      OpFoldResult offsetB = move(offsets[1], n, b.strides[nLoop]);
      OpFoldResult offsetC = move(offsets[2], n, c.strides[nLoop]);
      emitEach(index(0), terms, panelDepth, [&](Value k) {
        depth = minimum(subtract(terms, k), index(panelDepth));
        emitPacking(move(offsetB, k, b.strides[kLoop]));
        emitTiles(move(offsets[0], k, a.strides[kLoop]), offsetC);
      });
    });
  }

  /// Copies `depth` rows of `count` elements of b to the panel. Elements beyond
  /// keep what they had: their products are not used.
  void emitPacking(OpFoldResult offset) {
    bool isUnit = b.constantStride(nLoop) == 1 && b.elementType() == type;
    if (!isUnit)
      return emitPackingByElement(offset);
    auto branch = scf::IfOp::create(builder, loc, isFull, /*withElse=*/true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(branch.thenBlock()->getTerminator());
    emitEach(index(0), depth, 1, [&](Value k) {
      Value from = viewOf(b, move(offset, k, b.strides[kLoop]), nLoop);
      Value row =
          vector::LoadOp::create(builder, loc, vectorType(), from, index(0));
      vector::StoreOp::create(builder, loc, row, panel,
                              moveIndex(index(0), k, width));
    });
    builder.setInsertionPoint(branch.elseBlock()->getTerminator());
    emitPackingByElement(offset);
  }

  /// The inner loop runs along k: in a transposed matrix side by side.
  void emitPackingByElement(OpFoldResult offset) {
    emitEach(index(0), count, 1, [&](Value n) {
      OpFoldResult column = move(offset, n, b.strides[nLoop]);
      emitEach(index(0), depth, 1, [&](Value k) {
        Value element = loadScalar(b, move(column, k, b.strides[kLoop]));
        memref::StoreOp::create(builder, loc, element, panel,
                                moveIndex(n, k, width));
      });
    });
  }

  void emitTiles(OpFoldResult offsetA, OpFoldResult offsetC) {
    Value rows = asValue(space.sizes[mLoop]);
    Value left = arith::RemSIOp::create(builder, loc, rows, index(tileRows));
    Value full = subtract(rows, left);
    auto emitAt = [&](Value m, int64_t height) {
      emitTile(move(offsetA, m, a.strides[mLoop]),
               move(offsetC, m, c.strides[mLoop]), height);
    };
    emitEach(index(0), full, tileRows, [&](Value m) { emitAt(m, tileRows); });
    emitEach(full, rows, 1, [&](Value m) { emitAt(m, 1); });
  }

  void emitTile(OpFoldResult offsetA, OpFoldResult offsetC, int64_t height) {
    SmallVector<Value> places, rows;
    copyTile(offsetC, height, /*toTile=*/true);
    for (int64_t row = 0; row < height; ++row) {
      places.push_back(placeOfRow(offsetC, row));
      rows.push_back(vector::LoadOp::create(builder, loc, vectorType(),
                                            places.back(), index(0)));
    }
    SmallVector<OpFoldResult> offsets;
    for (int64_t row = 0; row < height; ++row)
      offsets.push_back(move(offsetA, index(row), a.strides[mLoop]));
    rows = emitLoop(
        index(0), depth, 1,
        [&](Value k, ValueRange sums) {
          Value right = vector::LoadOp::create(
              builder, loc, vectorType(), panel, moveIndex(index(0), k, width));
          SmallVector<Value> next;
          for (auto [offset, sum] : llvm::zip(offsets, sums)) {
            Value left = loadScalar(a, move(offset, k, a.strides[kLoop]));
            Value splat =
                vector::BroadcastOp::create(builder, loc, vectorType(), left);
            next.push_back(
                math::FmaOp::create(builder, loc, splat, right, sum));
          }
          return next;
        },
        rows);
    for (auto [place, row] : llvm::zip(places, rows))
      vector::StoreOp::create(builder, loc, row, place, index(0));
    copyTile(offsetC, height, /*toTile=*/false);
  }

  bool isDirect() { return c.constantStride(nLoop) == 1; }

  /// Where a row of the tile of c is read and written: in memory or on the
  /// stack.
  Value placeOfRow(OpFoldResult offsetC, int64_t row) {
    OpFoldResult one = builder.getIndexAttr(1);
    Access stack;
    stack.base = memref::ExtractStridedMetadataOp::create(builder, loc, tile)
                     .getBaseBuffer();
    Value onStack = makeView(builder, loc, stack,
                             builder.getIndexAttr(row * width), count, one);
    if (!isDirect())
      return onStack;
    Value inMemory =
        viewOf(c, move(offsetC, index(row), c.strides[mLoop]), nLoop);
    return arith::SelectOp::create(builder, loc, isFull, inMemory, onStack);
  }

  /// Copies the elements of a tile that is not read and written in place.
  void copyTile(OpFoldResult offsetC, int64_t height, bool toTile) {
    Value columns = count;
    if (isDirect())
      columns =
          arith::SelectOp::create(builder, loc, isFull, index(0), columns);
    emitEach(index(0), columns, 1, [&](Value n) {
      OpFoldResult column = move(offsetC, n, c.strides[nLoop]);
      emitEach(index(0), index(height), 1, [&](Value m) {
        Value view = viewOf(c, move(column, m, c.strides[mLoop]), nLoop);
        Value place = moveIndex(n, m, width);
        Value from = toTile ? view : tile, to = toTile ? tile : view;
        Value source = toTile ? index(0) : place;
        Value target = toTile ? place : index(0);
        Value element = memref::LoadOp::create(builder, loc, from, source);
        memref::StoreOp::create(builder, loc, element, to, target);
      });
    });
  }

  /// The elements of `access` along `loop`.
  Value viewOf(const Access &access, OpFoldResult offset, unsigned loop) {
    return makeView(builder, loc, access, offset, count, access.strides[loop]);
  }

  Value loadScalar(const Access &access, OpFoldResult offset) {
    OpFoldResult one = builder.getIndexAttr(1);
    Value element = memref::LoadOp::create(
        builder, loc, makeView(builder, loc, access, offset, one, one),
        index(0));
    if (element.getType() == type)
      return element;
    return arith::ExtFOp::create(builder, loc, type, element);
  }

  OpBuilder &builder;
  Location loc;
  const IterationSpace &space;
  const Access &a, &b, &c;
  Type type;
  /// Elements in a row of a tile.
  int64_t width;
  unsigned nLoop, mLoop, kLoop;
  Value panel, tile;
  /// Of the current panel: columns, whether they fill the tile, terms.
  Value count, isFull, depth;
};

} // namespace

/// The loops and operands in the order that the emitter wants. A product with
/// a vector has one row.
static IterationSpace makeProductSpace(OpBuilder &builder,
                                       linalg::GenericOp generic,
                                       const ProductRoles &roles) {
  SmallVector<SpaceOperand> operands;
  for (unsigned number : {roles.a, roles.b, 2u}) {
    OpOperand &operand = generic->getOpOperand(number);
    operands.push_back({operand.get(), generic.getMatchingIndexingMap(&operand),
                        generic.isDpsInit(&operand)});
  }
  SmallVector<unsigned> order(roles.batch);
  order.push_back(roles.n);
  if (roles.m)
    order.push_back(*roles.m);
  order.push_back(roles.k);
  IterationSpace space =
      makeNestedSpace(builder, generic.getLoc(), operands, order);
  if (!roles.m) {
    space.sizes.insert(std::prev(space.sizes.end()), builder.getIndexAttr(1));
    for (Access &access : space.accesses)
      access.strides.insert(std::prev(access.strides.end()),
                            builder.getIndexAttr(0));
  }
  return space;
}

void act::emitProductKernel(OpBuilder &builder, linalg::GenericOp generic,
                            const KernelOptions &options) {
  ProductRoles roles = *findRoles(generic);
  IterationSpace space = makeProductSpace(builder, generic, roles);
  Type type = space.accesses[2].elementType();
  // 512-bit vectors come with 32 registers, others with 16.
  int64_t vectors = options.vectorBits == 512 ? 4 : 2;
  int64_t width = vectors * (options.vectorBits / type.getIntOrFloatBitWidth());
  width = shortenToRow(width, width / vectors, space.sizes[roles.batch.size()]);
  KernelOptions here = options;
  here.parallelThreshold *= termsPerElement;
  auto emitLoops = [&] {
    emitBlocksOfLoop(
        builder, generic, space, /*outside=*/{}, here,
        [&](OpBuilder &nested, const IterationSpace &local, const IRMapping &,
            OpFoldResult begin, OpFoldResult end) {
          ProductEmitter(nested, generic.getLoc(), local, width)
              .emit(begin, end);
        },
        /*granularity=*/roles.batch.empty() ? width : 1);
  };
  if (options.blas && canCallLibrary(space))
    emitLibraryCall(builder, generic, space, emitLoops);
  else
    emitLoops();
}
