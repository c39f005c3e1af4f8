//===- InsertChecksPass.cpp - The pass act-insert-checks ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pass that writes, for each entry, a function that
// checks its inputs and one that tells the sizes of its results.
//
//===----------------------------------------------------------------------===//

#include "../Entry.h"
#include "Conditions.h"
#include "SizeCloner.h"
#include "StaticSizes.h"
#include "TargetScan.h"
#include "ViewConditions.h"

#include "Act/Conversion/CheckStatus.h"
#include "Act/Conversion/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace act {
#define GEN_PASS_DEF_ACTINSERTCHECKS
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

static InFlightDiagnostic reportUntraceable(Location loc, const Twine &what) {
  InFlightDiagnostic diagnostic = mlir::emitError(loc) << what;
  diagnostic.attachNote()
      << "sizes must follow from the inputs' dimensions; give it static "
         "sizes, or pass a tensor of this shape as an input";
  return diagnostic;
}

namespace {

constexpr StringLiteral checkSuffix = "__act_check";

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

  /// A condition of the program in terms of the arguments, or null.
  Value conditionOf(Location loc, Value value) {
    Dimension condition;
    condition.size = value;
    return sizeOf(loc, condition);
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

/// What an entry needs, in terms of its arguments.
class Requirements {
public:
  explicit Requirements(Query &query) : query(query) {}

  /// Adds what `op` needs, where it runs; an error if the arguments do not
  /// tell.
  LogicalResult add(Operation *op) {
    if (auto assertion = dyn_cast<cf::AssertOp>(op))
      return addAssertion(assertion);
    std::optional<Guard> guard = guardOf(op->getBlock());
    if (guard)
      for (ViewCondition &condition : emitViewConditions(
               query.builder, op, [&](const Dimension &dimension) {
                 return query.sizeOf(op->getLoc(), dimension);
               }))
        addFailure(condition.fails, *guard, addSite(op, condition.message));
    return addConditions(op, guard ? *guard : knownGuardOf(op->getBlock()));
  }

  /// Assertions are taken: what they say is checked before.
  void eraseAssertions() {
    for (cf::AssertOp assertion : assertions)
      assertion.erase();
  }

  /// A place in the program, with what to say of it.
  int64_t addSite(Operation *op, StringRef message) {
    Builder builder(op->getContext());
    sites.push_back(builder.getDictionaryAttr(
        {builder.getNamedAttr("location", LocationAttr(op->getLoc())),
         builder.getNamedAttr("message", builder.getStringAttr(message))}));
    return sites.size() - 1;
  }

  SmallVector<Attribute> sites;
  /// What must not be, and the status if it is; the first one counts.
  SmallVector<std::pair<Value, int64_t>> failures;

private:
  /// Whether a place is reached, an i1; null if it always is.
  using Guard = Value;

  /// Nothing if the arguments do not tell: in loops, and in branches on what is
  /// computed from elements.
  std::optional<Guard> guardOf(Block *block) {
    if (block == &query.entry.getBody().front())
      return Guard();
    auto [known, isNew] = guards.try_emplace(block);
    if (isNew) {
      std::optional<Guard> guard = findGuard(block);
      guards[block] = guard;
      return guard;
    }
    return known->second;
  }

  std::optional<Guard> findGuard(Block *block) {
    auto branch = dyn_cast<scf::IfOp>(block->getParentOp());
    if (!branch)
      return std::nullopt;
    std::optional<Guard> outer = guardOf(branch->getBlock());
    Value taken = outer ? takenWhen(branch, block) : Value();
    if (!taken)
      return std::nullopt;
    return join(branch.getLoc(), *outer, taken);
  }

  /// Whether `branch` takes the side `block`, or null if the arguments do not
  /// tell.
  Value takenWhen(scf::IfOp branch, Block *block) {
    Location loc = branch.getLoc();
    Value taken = query.conditionOf(loc, branch.getCondition());
    return taken && block->getParent() == &branch.getElseRegion()
               ? negate(loc, taken)
               : taken;
  }

  Guard join(Location loc, Guard outer, Value taken) {
    return outer
               ? Value(arith::AndIOp::create(query.builder, loc, outer, taken))
               : taken;
  }

  /// What is known of whether a place is reached: the conditions of those
  /// branches around it that the arguments tell.
  Guard knownGuardOf(Block *block) {
    if (std::optional<Guard> guard = guardOf(block))
      return *guard;
    Operation *parent = block->getParentOp();
    if (isa<func::FuncOp>(parent))
      return Guard();
    auto [known, isNew] = knownGuards.try_emplace(block);
    if (!isNew)
      return known->second;
    Guard guard = knownGuardOf(parent->getBlock());
    if (auto branch = dyn_cast<scf::IfOp>(parent))
      if (Value taken = takenWhen(branch, block))
        guard = join(branch.getLoc(), guard, taken);
    return knownGuards[block] = guard;
  }

  Value negate(Location loc, Value condition) {
    Value yes = arith::ConstantOp::create(query.builder, loc,
                                          query.builder.getBoolAttr(true));
    return arith::XOrIOp::create(query.builder, loc, condition, yes);
  }

  void addFailure(Value fails, Guard guard, int64_t site) {
    if (guard)
      fails =
          arith::AndIOp::create(query.builder, guard.getLoc(), guard, fails);
    failures.push_back({fails, checkStatus(site, CheckCode::SizeMismatch)});
  }

  /// What `assertion`, as frontends put them before operations on tensors of
  /// unknown sizes, says is checked before all else.
  LogicalResult addAssertion(cf::AssertOp assertion) {
    Value holds;
    std::optional<Guard> guard = guardOf(assertion->getBlock());
    if (guard)
      holds = query.conditionOf(assertion.getLoc(), assertion.getArg());
    if (!holds) {
      InFlightDiagnostic diagnostic =
          assertion.emitOpError("cannot be checked before the entry runs");
      diagnostic.attachNote()
          << "its condition, and those of branches around it, must follow from "
             "the inputs' dimensions and numbers, outside of loops; leave it "
             "out otherwise";
      return failure();
    }
    assertions.push_back(assertion);
    addFailure(negate(assertion.getLoc(), holds), *guard,
               addSite(assertion, assertion.getMsg()));
    return success();
  }

  /// The conditions that were not there before. Those in loops, and in branches
  /// that nobody foresees, must hold as if these were taken.
  LogicalResult addConditions(Operation *op, Guard guard) {
    std::optional<int64_t> site;
    StringRef message;
    SmallVector<Condition> conditions = collectConditions(op);
    for (const Condition &condition : conditions) {
      if (isKnown(condition, guard))
        continue;
      if (!site || message != condition.message)
        site = addSite(op, condition.message);
      message = condition.message;
      Value fails = emitFailure(op->getLoc(), condition);
      if (!fails) {
        reportUntraceable(op->getLoc(), "'" + op->getName().getStringRef() +
                                            "' has operands whose sizes cannot "
                                            "be compared before it runs");
        return failure();
      }
      addFailure(fails, guard, *site);
    }
    return success();
  }

  /// Whether it has been added, for this guard or for any.
  bool isKnown(const Condition &condition, Guard guard) {
    auto isThere = [&](Guard guard) {
      return llvm::is_contained(known[guard], condition);
    };
    if (isThere(Guard()) || (guard && isThere(guard)))
      return true;
    known[guard].push_back(condition);
    return false;
  }

  /// That the condition does not hold, an i1, or null.
  Value emitFailure(Location loc, const Condition &condition) {
    OpBuilder &builder = query.builder;
    Value left = query.sizeOf(loc, condition.left);
    Value right = query.sizeOf(loc, condition.right);
    if (!left || !right)
      return nullptr;
    if (condition.mustBeEven) {
      Value bit = arith::ConstantIndexOp::create(builder, loc, 1);
      left = arith::AndIOp::create(builder, loc, left, bit);
      right = arith::ConstantIndexOp::create(builder, loc, 0);
    }
    Value fails =
        arith::CmpIOp::create(builder, loc,
                              condition.mustDiffer ? arith::CmpIPredicate::eq
                                                   : arith::CmpIPredicate::ne,
                              left, right);
    if (!condition.mayBeOne)
      return fails;
    Value one = arith::ConstantIndexOp::create(builder, loc, 1);
    Value isOther = arith::CmpIOp::create(builder, loc,
                                          arith::CmpIPredicate::ne, left, one);
    return arith::AndIOp::create(builder, loc, fails, isOther);
  }

  Query &query;
  DenseMap<Value, SmallVector<Condition>> known;
  DenseMap<Block *, std::optional<Guard>> guards;
  DenseMap<Block *, Guard> knownGuards;
  SmallVector<cf::AssertOp> assertions;
};

struct InsertChecksPass
    : public act::impl::ActInsertChecksBase<InsertChecksPass> {
  using ActInsertChecksBase::ActInsertChecksBase;

  LogicalResult initialize(MLIRContext *context) override {
    if (valueChecks == "error" || valueChecks == "nan")
      return success();
    return emitError(UnknownLoc::get(context))
           << "act-insert-checks: value-checks must be error or nan, found "
           << valueChecks;
  }

  void runOnOperation() override {
    if (failed(checkStaticSizes(getOperation())))
      return signalPassFailure();
    SmallVector<func::FuncOp> entries;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (isEntry(function) && !function->hasAttr(queryAttrName) &&
          !hasQueries(function) && function.getBody().hasOneBlock())
        entries.push_back(function);
    for (func::FuncOp entry : entries) {
      SmallVector<LossOpInterface> scanned;
      if (valueChecks == "error")
        scanned = findUncheckedTargets(entry);
      if (failed(insertTargets(entry, scanned)) ||
          failed(insertShapes(entry)) || failed(insertCheck(entry, scanned)))
        return signalPassFailure();
    }
  }

private:
  /// Whether an earlier run has been there.
  bool hasQueries(func::FuncOp entry) {
    Operation *query =
        getOperation().lookupSymbol((entry.getName() + checkSuffix).str());
    return query && query->hasAttr(queryAttrName);
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

  /// The first target that is out of range, as its row and its value.
  LogicalResult insertTargets(func::FuncOp entry,
                              ArrayRef<LossOpInterface> scanned) {
    if (scanned.empty())
      return success();
    Query query(entry, "__act_bad_target");
    OpBuilder &builder = query.builder;
    BadTarget bad = noBadTarget(builder, entry.getLoc());
    for (LossOpInterface op : scanned) {
      auto branch = scf::IfOp::create(
          builder, op.getLoc(),
          TypeRange({bad.row.getType(), bad.value.getType()}),
          isGood(builder, op.getLoc(), bad), /*withElseRegion=*/true);
      builder.setInsertionPointToStart(branch.elseBlock());
      scf::YieldOp::create(builder, op.getLoc(),
                           ValueRange({bad.row, bad.value}));
      builder.setInsertionPointToStart(branch.thenBlock());
      FailureOr<BadTarget> found =
          scanTarget(builder, op, query.sizeOf(op.getLoc(), getClasses(op)),
                     entry.getArguments(), query.function.getArguments());
      if (failed(found))
        return failure();
      scf::YieldOp::create(builder, op.getLoc(),
                           ValueRange({found->row, found->value}));
      builder.setInsertionPointAfter(branch);
      bad = {branch.getResult(0), branch.getResult(1)};
    }
    query.finish({bad.row, bad.value});
    return success();
  }

  static Dimension getClasses(LossOpInterface op) {
    return traceDimension(op.getX(), op.getRowDim());
  }

  /// The status after `op` has been scanned, if it is 0 before: nothing may be
  /// read while sizes do not match.
  static FailureOr<Value> scan(Query &query, LossOpInterface op, Value status,
                               int64_t code) {
    OpBuilder &builder = query.builder;
    Location loc = op.getLoc();
    auto number = [&](int64_t value) -> Value {
      return arith::ConstantOp::create(builder, loc,
                                       builder.getI64IntegerAttr(value));
    };
    Value isFine = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         status, number(0));
    auto branch = scf::IfOp::create(builder, loc, TypeRange(status.getType()),
                                    isFine, /*withElseRegion=*/true);
    builder.setInsertionPointToStart(branch.elseBlock());
    scf::YieldOp::create(builder, loc, status);
    builder.setInsertionPointToStart(branch.thenBlock());
    FailureOr<BadTarget> bad =
        scanTarget(builder, op, query.sizeOf(loc, getClasses(op)),
                   query.entry.getArguments(), query.function.getArguments());
    if (failed(bad))
      return failure();
    Value result = arith::SelectOp::create(
        builder, loc, isGood(builder, loc, *bad), number(0), number(code));
    scf::YieldOp::create(builder, loc, result);
    builder.setInsertionPointAfter(branch);
    return branch.getResult(0);
  }

  LogicalResult insertCheck(func::FuncOp entry,
                            ArrayRef<LossOpInterface> scanned) {
    Query query(entry, checkSuffix);
    OpBuilder &builder = query.builder;
    Value status = arith::ConstantOp::create(builder, entry.getLoc(),
                                             builder.getI64IntegerAttr(0));
    Requirements requirements(query);
    WalkResult walk = entry.getBody().walk(
        [&](Operation *op) { return WalkResult(requirements.add(op)); });
    if (walk.wasInterrupted())
      return failure();
    requirements.eraseAssertions();
    // The first failure wins: it is selected last.
    for (auto [fails, code] : llvm::reverse(requirements.failures)) {
      Value number = arith::ConstantOp::create(builder, entry.getLoc(),
                                               builder.getI64IntegerAttr(code));
      status = arith::SelectOp::create(builder, entry.getLoc(), fails, number,
                                       status);
    }
    for (LossOpInterface op : scanned) {
      int64_t site = requirements.addSite(op, describeScan(op));
      FailureOr<Value> after = scan(
          query, op, status, checkStatus(site, CheckCode::TargetOutOfRange));
      if (failed(after))
        return failure();
      status = *after;
    }
    query.finish(status);
    query.function->setAttr("act.check_sites",
                            builder.getArrayAttr(requirements.sites));
    return success();
  }
};

} // namespace
