//===- InsertChecksPass.cpp - The pass act-insert-checks ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pass that writes, for each entry, a function that
// checks the sizes of its inputs and one that tells the sizes of its results.
//
//===----------------------------------------------------------------------===//

#include "../Entry.h"
#include "Conditions.h"
#include "SizeCloner.h"

#include "Act/Conversion/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace act {
#define GEN_PASS_DEF_ACTINSERTCHECKS
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

/// The code of TOOLS for sizes that do not match.
static constexpr int64_t sizeMismatch = 2;

namespace {

/// A function of the arguments of an entry.
class Query {
public:
  Query(func::FuncOp entry, StringRef suffix)
      : builder(entry->getContext()), entry(entry) {
    builder.setInsertionPointAfter(entry);
    function = func::FuncOp::create(
        builder, entry.getLoc(), (entry.getName() + suffix).str(),
        builder.getFunctionType(entry.getArgumentTypes(), {}));
    function->setAttr(queryAttrName, builder.getUnitAttr());
    builder.setInsertionPointToStart(function.addEntryBlock());
  }

  /// The size in terms of the arguments, or null if it cannot be expressed.
  Value sizeOf(Location loc, const Dimension &dimension) {
    return cloneSize(builder, loc, dimension, entry.getArguments(),
                     function.getArguments());
  }

  void finish(ValueRange results) {
    func::ReturnOp::create(builder, entry.getLoc(), results);
    function.setType(builder.getFunctionType(function.getArgumentTypes(),
                                             TypeRange(results)));
  }

  OpBuilder builder;
  func::FuncOp entry;
  func::FuncOp function;
};

struct InsertChecksPass
    : public act::impl::ActInsertChecksBase<InsertChecksPass> {
  void runOnOperation() override {
    SmallVector<func::FuncOp> entries;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (isEntry(function) && !function->hasAttr(queryAttrName) &&
          function.getBody().hasOneBlock())
        entries.push_back(function);
    for (func::FuncOp entry : entries) {
      if (failed(insertShapes(entry)) || failed(insertCheck(entry)))
        return signalPassFailure();
    }
  }

private:
  static InFlightDiagnostic reportUntraceable(Location loc, const Twine &what) {
    InFlightDiagnostic diagnostic = mlir::emitError(loc) << what;
    diagnostic.attachNote()
        << "sizes must follow from the inputs' dimensions; give it static "
           "sizes, or pass a tensor of this shape as an input";
    return diagnostic;
  }

  LogicalResult insertShapes(func::FuncOp entry) {
    Query query(entry, "__act_shapes");
    SmallVector<Value> sizes;
    Operation *terminator = entry.getBody().front().getTerminator();
    for (auto [number, result] : llvm::enumerate(terminator->getOperands())) {
      auto type = dyn_cast<RankedTensorType>(result.getType());
      for (int64_t dim = 0; type && dim < type.getRank(); ++dim) {
        if (!type.isDynamicDim(dim))
          continue;
        Location loc = terminator->getLoc();
        Value size = query.sizeOf(loc, traceDimension(result, dim));
        if (!size)
          return reportUntraceable(loc, "dimension " + Twine(dim) +
                                            " of result " + Twine(number) +
                                            " of '" + entry.getName() +
                                            "' is not known before it runs");
        sizes.push_back(size);
      }
    }
    query.finish(sizes);
    return success();
  }

  LogicalResult insertCheck(func::FuncOp entry) {
    Query query(entry, "__act_check");
    OpBuilder &builder = query.builder;
    Value status = arith::ConstantOp::create(builder, entry.getLoc(),
                                             builder.getI64IntegerAttr(0));
    SmallVector<std::pair<Value, int64_t>> failures;
    SmallVector<Attribute> sites;
    SmallVector<Condition> known;
    WalkResult walk = entry.getBody().walk([&](Operation *op) {
      SmallVector<Condition> conditions = collectConditions(op);
      llvm::erase_if(conditions, [&](const Condition &condition) {
        return llvm::is_contained(known, condition);
      });
      known.append(conditions);
      if (conditions.empty())
        return WalkResult::advance();
      Location loc = op->getLoc();
      int64_t site = sites.size();
      sites.push_back(describe(op));
      for (const Condition &condition : conditions) {
        Value left = query.sizeOf(loc, condition.left);
        Value right = query.sizeOf(loc, condition.right);
        if (!left || !right) {
          reportUntraceable(loc, "'" + op->getName().getStringRef() +
                                     "' has operands whose sizes cannot be "
                                     "compared before it runs");
          return WalkResult::interrupt();
        }
        Value differ = arith::CmpIOp::create(
            builder, loc, arith::CmpIPredicate::ne, left, right);
        failures.push_back({differ, site << 8 | sizeMismatch});
      }
      return WalkResult::advance();
    });
    if (walk.wasInterrupted())
      return failure();
    // The first failure wins: it is selected last.
    for (auto [differ, code] : llvm::reverse(failures)) {
      Value number = arith::ConstantOp::create(builder, entry.getLoc(),
                                               builder.getI64IntegerAttr(code));
      status = arith::SelectOp::create(builder, entry.getLoc(), differ, number,
                                       status);
    }
    query.finish(status);
    query.function->setAttr("act.check_sites", builder.getArrayAttr(sites));
    return success();
  }

  /// The message and the location of a site.
  Attribute describe(Operation *op) {
    Builder builder(op->getContext());
    std::string message = ("sizes of the operands of '" +
                           op->getName().getStringRef() + "' do not match")
                              .str();
    if (auto cast = dyn_cast<tensor::CastOp>(op)) {
      message = "the sizes are not those of 'tensor.cast' to ";
      llvm::raw_string_ostream(message) << cast.getType();
    }
    return builder.getDictionaryAttr(
        {builder.getNamedAttr("location", LocationAttr(op->getLoc())),
         builder.getNamedAttr("message", builder.getStringAttr(message))});
  }
};

} // namespace
