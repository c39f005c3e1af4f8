//===- LaunchPlan.cpp - Host code of kernels as data ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file writes the host function of kernels as JSON. A value that is used
// once stands where it is used; others are named by a step before.
//
//===----------------------------------------------------------------------===//

#include "LaunchPlan.h"

#include "HostExpression.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace act;
using namespace mlir;
namespace json = llvm::json;

namespace {
class PlanBuilder {
public:
  PlanBuilder(func::FuncOp host, ArrayRef<std::string> names)
      : expressions(host, names) {}

  LogicalResult addBlock(Block &block, json::Array &steps);
  LaunchPlan plan;

private:
  LogicalResult addOp(Operation *op, json::Array &steps);
  LogicalResult addIf(scf::IfOp branch, json::Array &steps);
  LogicalResult addFor(scf::ForOp loop, json::Array &steps);
  LogicalResult addLaunch(gpu::LaunchFuncOp launch, json::Array &steps);
  void noteLaunch(gpu::LaunchFuncOp launch);

  /// Steps that give `names` the values at the end of `block`.
  LogicalResult addYield(Block &block, ArrayRef<std::string> names,
                         json::Array &steps);

  std::string newName() { return "v" + std::to_string(numNames++); }

  /// {"let": name, "be": value}
  static json::Object let(StringRef name, json::Value value) {
    return json::Object{{"let", name.str()}, {"be", std::move(value)}};
  }

  FailureOr<json::Array> valuesOf(ValueRange values) {
    json::Array result;
    for (Value value : values) {
      FailureOr<json::Value> expression = expressions.get(value);
      if (failed(expression))
        return failure();
      result.push_back(std::move(*expression));
    }
    return result;
  }

  HostExpressions expressions;
  unsigned numNames = 0;
};
} // namespace

LogicalResult PlanBuilder::addBlock(Block &block, json::Array &steps) {
  for (Operation &op : block.without_terminator())
    if (failed(addOp(&op, steps)))
      return failure();
  return success();
}

LogicalResult PlanBuilder::addOp(Operation *op, json::Array &steps) {
  if (auto branch = dyn_cast<scf::IfOp>(op))
    return addIf(branch, steps);
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return addFor(loop, steps);
  if (auto launch = dyn_cast<gpu::LaunchFuncOp>(op))
    return addLaunch(launch, steps);
  if (auto allocation = dyn_cast<memref::AllocOp>(op)) {
    FailureOr<json::Value> bytes = expressions.bytesOf(allocation);
    if (failed(bytes))
      return failure();
    std::string name = newName();
    expressions.nameMemory(allocation, name);
    steps.push_back(
        json::Object{{"allocate", name}, {"bytes", std::move(*bytes)}});
    return success();
  }
  if (auto release = dyn_cast<memref::DeallocOp>(op)) {
    FailureOr<json::Value> name = expressions.get(release.getMemref());
    if (failed(name))
      return failure();
    steps.push_back(json::Object{{"free", std::move(*name)}});
    return success();
  }
  if (!expressions.isExpression(op))
    return op->emitError("'") << op->getName()
                              << "' cannot be said in a launch plan; host code "
                                 "computes sizes and launches kernels";
  for (Value result : op->getResults()) {
    if (result.hasOneUse() || result.use_empty() || expressions.isShort(result))
      continue;
    FailureOr<json::Value> value = expressions.get(result);
    if (failed(value))
      return failure();
    std::string name = newName();
    steps.push_back(let(name, std::move(*value)));
    expressions.name(result, name);
  }
  return success();
}

LogicalResult PlanBuilder::addYield(Block &block, ArrayRef<std::string> names,
                                    json::Array &steps) {
  FailureOr<json::Array> values =
      valuesOf(block.getTerminator()->getOperands());
  if (failed(values))
    return failure();
  for (auto [name, value] : llvm::zip_equal(names, *values))
    steps.push_back(let(name, std::move(value)));
  return success();
}

LogicalResult PlanBuilder::addIf(scf::IfOp branch, json::Array &steps) {
  FailureOr<json::Value> condition = expressions.get(branch.getCondition());
  if (failed(condition))
    return failure();
  SmallVector<std::string> names;
  for (unsigned i = 0; i != branch.getNumResults(); ++i)
    names.push_back(newName());
  json::Array thenSteps, elseSteps;
  if (failed(addBlock(*branch.thenBlock(), thenSteps)) ||
      failed(addYield(*branch.thenBlock(), names, thenSteps)))
    return failure();
  if (Block *otherwise = branch.elseBlock())
    if (failed(addBlock(*otherwise, elseSteps)) ||
        failed(addYield(*otherwise, names, elseSteps)))
      return failure();
  for (auto [result, name] : llvm::zip_equal(branch.getResults(), names))
    expressions.name(result, name);
  steps.push_back(json::Object{{"if", std::move(*condition)},
                               {"then", std::move(thenSteps)},
                               {"else", std::move(elseSteps)}});
  return success();
}

LogicalResult PlanBuilder::addFor(scf::ForOp loop, json::Array &steps) {
  if (loop.getNumRegionIterArgs() != 0)
    return loop.emitError("a loop that carries values cannot be said in a "
                          "launch plan");
  FailureOr<json::Array> bounds =
      valuesOf({loop.getLowerBound(), loop.getUpperBound(), loop.getStep()});
  if (failed(bounds))
    return failure();
  std::string name = newName();
  expressions.name(loop.getInductionVar(), name);
  json::Array body;
  if (failed(addBlock(*loop.getBody(), body)))
    return failure();
  steps.push_back(json::Object{{"for", name},
                               {"from", std::move((*bounds)[0])},
                               {"to", std::move((*bounds)[1])},
                               {"step", std::move((*bounds)[2])},
                               {"do", std::move(body)}});
  return success();
}

LogicalResult PlanBuilder::addLaunch(gpu::LaunchFuncOp launch,
                                     json::Array &steps) {
  auto grid = launch.getGridSizeOperandValues();
  auto block = launch.getBlockSizeOperandValues();
  FailureOr<json::Array> gridSizes = valuesOf({grid.x, grid.y, grid.z});
  FailureOr<json::Array> blockSizes = valuesOf({block.x, block.y, block.z});
  FailureOr<json::Array> arguments = valuesOf(launch.getKernelOperands());
  if (failed(gridSizes) || failed(blockSizes) || failed(arguments))
    return failure();
  json::Object step{{"launch", launch.getKernelName().getValue()},
                    {"grid", std::move(*gridSizes)},
                    {"block", std::move(*blockSizes)},
                    {"arguments", std::move(*arguments)},
                    {"cluster", nullptr},
                    {"shared", 0}};
  if (launch.hasClusterSize()) {
    auto cluster = launch.getClusterSizeOperandValues();
    FailureOr<json::Array> sizes = valuesOf({cluster.x, cluster.y, cluster.z});
    if (failed(sizes))
      return failure();
    step["cluster"] = std::move(*sizes);
  }
  if (Value size = launch.getDynamicSharedMemorySize()) {
    FailureOr<json::Value> bytes = expressions.get(size);
    if (failed(bytes))
      return failure();
    step["shared"] = std::move(*bytes);
  }
  steps.push_back(std::move(step));
  noteLaunch(launch);
  return success();
}

void PlanBuilder::noteLaunch(gpu::LaunchFuncOp launch) {
  auto full = [&](Value value) { return expressions.getFull(value); };
  auto grid = launch.getGridSizeOperandValues();
  LaunchPlan::Launch noted;
  for (Value size : {grid.x, grid.y, grid.z})
    noted.grid.push_back(full(size));
  noted.dynamicShared = launch.getDynamicSharedMemorySize()
                            ? full(launch.getDynamicSharedMemorySize())
                            : json::Value(0);
  for (Value argument : launch.getKernelOperands())
    noted.arguments.push_back(full(argument));

  auto [place, isNew] = plan.kernels.try_emplace(
      launch.getKernelName().getValue(), std::move(noted));
  if (isNew)
    return;
  // What differs between two launches is only in the steps.
  LaunchPlan::Launch &before = place->second;
  auto merge = [](json::Value &value, const json::Value &other) {
    if (value != other)
      value = nullptr;
  };
  for (auto [value, other] : llvm::zip(before.grid, noted.grid))
    merge(value, other);
  merge(before.dynamicShared, noted.dynamicShared);
  for (auto [value, other] : llvm::zip(before.arguments, noted.arguments))
    merge(value, other);
}

llvm::Expected<LaunchPlan> act::makeLaunchPlan(func::FuncOp host,
                                               ArrayRef<std::string> names) {
  PlanBuilder builder(host, names);
  if (!host.getBody().hasOneBlock()) {
    host.emitError("host code with branches cannot be said in a launch plan");
    return llvm::createStringError("'" + host.getName() +
                                   "' could not be described");
  }
  if (failed(builder.addBlock(host.getBody().front(), builder.plan.steps)))
    return llvm::createStringError("'" + host.getName() +
                                   "' could not be described");
  return std::move(builder.plan);
}
