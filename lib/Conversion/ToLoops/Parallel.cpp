//===- Parallel.cpp - Blocks of a loop on threads -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the distribution of kernels by OpenMP. The loops stand
// once, in a function of their own: called with everything, or by threads with
// blocks. Where blocks begin cannot change bits, as all elements are computed
// alike.
//
//===----------------------------------------------------------------------===//

#include "Parallel.h"

#include "Staging.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/OpenMP/OpenMPDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using namespace act;

/// Elements of a block: enough to pay for handing it out, few enough to share
/// the work evenly.
static constexpr int64_t blockElements = 16384;

namespace {

class ParallelEmitter {
public:
  ParallelEmitter(OpBuilder &builder, Operation *kernel,
                  const IterationSpace &space, ArrayRef<Value> outside,
                  const KernelOptions &options, int64_t granularity)
      : builder(builder), kernel(kernel), loc(kernel->getLoc()), space(space),
        outside(outside), options(options), granularity(granularity) {}

  /// On one thread.
  void emitCall(EmitRange emitRange) {
    makeFunction(emitRange);
    call(index(0), asValue(space.sizes.front()));
  }

  void emit(EmitRange emitRange) {
    makeFunction(emitRange);
    Value inner = asValue(
        product(builder, ArrayRef<OpFoldResult>(space.sizes).drop_front()));
    Value size = asValue(space.sizes.front());
    Value total = arith::MulIOp::create(builder, loc, inner, size);
    Value many = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::sgt,
                                       total, index(options.parallelThreshold));
    auto branch = scf::IfOp::create(builder, loc, many, /*withElse=*/true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(branch.thenBlock()->getTerminator());
    emitTeam(size, inner);
    builder.setInsertionPoint(branch.elseBlock()->getTerminator());
    call(index(0), size);
  }

private:
  Value asValue(OpFoldResult folded) {
    return getValueOrCreateConstantIndexOp(builder, loc, folded);
  }
  Value index(int64_t number) {
    return arith::ConstantIndexOp::create(builder, loc, number);
  }

  OpFoldResult product(OpBuilder &builder, ArrayRef<OpFoldResult> factors) {
    OpFoldResult result = builder.getIndexAttr(1);
    for (OpFoldResult factor : factors)
      result =
          multiplyAdd(builder, loc, builder.getIndexAttr(0), result, factor);
    return result;
  }

  /// Makes the function of a range, and collects what it is called with.
  void makeFunction(EmitRange emitRange) {
    auto parent = kernel->getParentOfType<func::FuncOp>();
    OpBuilder outer(parent);
    auto function =
        func::FuncOp::create(outer, loc, (parent.getName() + "__block").str(),
                             outer.getFunctionType({}, {}));
    function.setPrivate();
    // What the operations of the kernel had around them.
    if (StringRef accuracy = getAccuracy(kernel, ""); !accuracy.empty())
      function->setAttr(accuracyAttrName, builder.getStringAttr(accuracy));
    Block *body = function.addEntryBlock();
    IRMapping mapping;
    auto pass = [&](Value value) -> Value {
      if (mapping.contains(value))
        return mapping.lookup(value);
      Value bits = bitsOf16(builder, value);
      arguments.push_back(bits ? bits : value);
      Value argument = body->addArgument(arguments.back().getType(), loc);
      if (bits) {
        OpBuilder inside = OpBuilder::atBlockEnd(body);
        argument =
            arith::BitcastOp::create(inside, loc, value.getType(), argument);
      }
      mapping.map(value, argument);
      return argument;
    };
    auto passFolded = [&](OpFoldResult folded) -> OpFoldResult {
      if (auto value = dyn_cast<Value>(folded))
        return pass(value);
      return folded;
    };
    IterationSpace local = space;
    for (OpFoldResult &size : local.sizes)
      size = passFolded(size);
    for (Access &access : local.accesses) {
      if (access.base)
        access.base = pass(access.base);
      access.offset = passFolded(access.offset);
      for (OpFoldResult &stride : access.strides)
        stride = passFolded(stride);
    }
    IRMapping values;
    for (Value value : outside)
      values.map(value, pass(value));
    Value begin = body->addArgument(builder.getIndexType(), loc);
    Value end = body->addArgument(builder.getIndexType(), loc);
    function.setType(
        outer.getFunctionType(body->getArgumentTypes(), TypeRange()));

    OpBuilder inside = OpBuilder::atBlockEnd(body);
    inside.setInsertionPoint(func::ReturnOp::create(inside, loc));
    emitRange(inside, local, values, begin, end);

    name = insert(function);
  }

  /// Inserts `function` into the module. Several kernels of one entry: a number
  /// makes the name unique.
  StringAttr insert(func::FuncOp function) {
    auto parent = kernel->getParentOfType<func::FuncOp>();
    SymbolTable symbols(parent->getParentOfType<ModuleOp>());
    function->remove();
    return symbols.insert(function, Block::iterator(parent));
  }

  void call(Value begin, Value end) {
    SmallVector<Value> operands(arguments);
    operands.push_back(begin);
    operands.push_back(end);
    func::CallOp::create(builder, loc, name, TypeRange(), operands);
  }

  /// Steps of the outermost loop in a block: at least one.
  Value emitSteps(Value inner) {
    Value divisor = arith::MaxSIOp::create(builder, loc, inner, index(1));
    Value steps =
        arith::DivSIOp::create(builder, loc, index(blockElements), divisor);
    steps = arith::MaxSIOp::create(builder, loc, steps, index(1));
    if (granularity == 1)
      return steps;
    steps = arith::AddIOp::create(builder, loc, steps, index(granularity - 1));
    steps = arith::DivSIOp::create(builder, loc, steps, index(granularity));
    return arith::MulIOp::create(builder, loc, steps, index(granularity));
  }

  /// The threads of a team have a function of their own: kernels that are the
  /// same share it, and taking the body of a parallel region out of a function,
  /// which LLVM does, takes the time that the function is long.
  void emitTeam(Value size, Value inner) {
    SmallVector<Value> operands(arguments);
    operands.push_back(size);
    operands.push_back(emitSteps(inner));
    auto parent = kernel->getParentOfType<func::FuncOp>();
    OpBuilder outer(parent);
    auto function = func::FuncOp::create(
        outer, loc, (parent.getName() + "__team").str(),
        outer.getFunctionType(TypeRange(ValueRange(operands)), {}));
    function.setPrivate();
    Block *body = function.addEntryBlock();
    OpBuilder inside = OpBuilder::atBlockEnd(body);
    inside.setInsertionPoint(func::ReturnOp::create(inside, loc));
    emitParallelLoop(inside, body->getArguments());
    func::CallOp::create(builder, loc, insert(function), TypeRange(), operands);
  }

  /// Calls the function of a range for each block; `given` is what emitTeam()
  /// passes.
  void emitParallelLoop(OpBuilder &inside, ValueRange given) {
    Value steps = given.back(), size = given.drop_back().back();
    Value zero = arith::ConstantIndexOp::create(inside, loc, 0);
    auto parallel = omp::ParallelOp::create(inside, loc);
    inside.createBlock(&parallel.getRegion());
    auto loop = omp::WsloopOp::create(inside, loc);
    omp::TerminatorOp::create(inside, loc);
    inside.createBlock(&loop.getRegion());
    omp::LoopNestOperands clauses;
    clauses.loopLowerBounds.push_back(zero);
    clauses.loopUpperBounds.push_back(size);
    clauses.loopSteps.push_back(steps);
    auto nest = omp::LoopNestOp::create(inside, loc, clauses);
    Block *body = inside.createBlock(&nest.getRegion(), {},
                                     {inside.getIndexType()}, {loc});
    Value begin = body->getArgument(0);
    Value end = arith::AddIOp::create(inside, loc, begin, steps);
    end = arith::MinSIOp::create(inside, loc, end, size);
    SmallVector<Value> operands(given.drop_back(2));
    operands.push_back(begin);
    operands.push_back(end);
    func::CallOp::create(inside, loc, name, TypeRange(), operands);
    omp::YieldOp::create(inside, loc, ValueRange());
  }

  OpBuilder &builder;
  Operation *kernel;
  Location loc;
  const IterationSpace &space;
  ArrayRef<Value> outside;
  const KernelOptions &options;
  int64_t granularity;
  SmallVector<Value> arguments;
  StringAttr name;
};

} // namespace

/// Whether the kernel is known to have no more elements than a thread takes.
static bool isKnownSmall(const IterationSpace &space, int64_t threshold) {
  int64_t total = 1;
  for (OpFoldResult size : space.sizes) {
    std::optional<int64_t> number = getConstantIntValue(size);
    if (!number)
      return false;
    total *= *number;
  }
  return total <= threshold;
}

void act::emitBlocksOfLoop(OpBuilder &builder, Operation *kernel,
                           const IterationSpace &space, ArrayRef<Value> outside,
                           const KernelOptions &options, EmitRange emit,
                           int64_t granularity) {
  ParallelEmitter functions(builder, kernel, space, outside, options,
                            granularity);
  if (options.parallel && !isKnownSmall(space, options.parallelThreshold))
    return functions.emit(emit);
  if (options.outline)
    return functions.emitCall(emit);
  IRMapping values;
  for (Value value : outside)
    values.map(value, value);
  emitWithStack(builder, kernel->getLoc(), [&] {
    emit(builder, space, values, builder.getIndexAttr(0), space.sizes.front());
  });
}
