//===- StructuredDerivative.cpp - Derivatives of linalg bodies ------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file differentiates the body of a structured operation and puts the
// result into a linalg.generic. Values of the body are computed again from the
// inputs: reading them from memory would cost more.
//
//===----------------------------------------------------------------------===//

#include "StructuredDerivative.h"

#include "BlockDerivative.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace act;
using utils::IteratorType;

/// A copy of the body with derivatives of operands or results as further
/// arguments.
struct StructuredDerivative::Body {
  std::unique_ptr<Block> block;
  /// The arguments of the inputs, then those of the derivatives.
  SmallVector<Value> inputs, derivatives;
  /// What each output is, or adds.
  SmallVector<Value> terms;
};

StructuredDerivative::StructuredDerivative(linalg::LinalgOp op,
                                           DerivativeBuilder &builder)
    : op(op), builder(builder), loc(op.getLoc()),
      numInputs(op.getNumDpsInputs()) {}

//===----------------------------------------------------------------------===//
// What can be differentiated
//===----------------------------------------------------------------------===//

/// The addition of a term to `argument` that gives `value`, if that is all that
/// `argument` is used for.
static Operation *findAddition(Value argument, Value value) {
  auto addition = value.getDefiningOp<arith::AddFOp>();
  bool isSum =
      addition && argument.hasOneUse() && addition->hasOneUse() &&
      (addition.getLhs() == argument) != (addition.getRhs() == argument);
  return isSum ? addition.getOperation() : nullptr;
}

/// Loops in the order in which `map` has them, then the others.
static AffineMap loopOrder(AffineMap map) {
  SmallVector<AffineExpr> order(map.getResults());
  for (unsigned loop = 0; loop != map.getNumDims(); ++loop) {
    AffineExpr expr = getAffineDimExpr(loop, map.getContext());
    if (!llvm::is_contained(order, expr))
      order.push_back(expr);
  }
  return AffineMap::get(map.getNumDims(), 0, order, map.getContext());
}

LogicalResult StructuredDerivative::analyze() {
  auto refuse = [&]() {
    return op->emitError() << "'" << op->getName()
                           << "' cannot be differentiated: ";
  };
  if (!op.hasPureTensorSemantics())
    return refuse() << "it works on memory";
  for (AffineMap map : op.getIndexingMapsArray())
    if (!map.isProjectedPermutation())
      return refuse() << "an indexing map is no projected permutation: "
                      << AffineMapAttr::get(map);
  Block *block = op.getBlock();
  // Elements are numbered by the loops, whose order emit() chooses, unless they
  // have their position.
  bool countsLoops =
      llvm::any_of(block->getOps<ElementIndexOp>(),
                   [](ElementIndexOp op) { return op.getIndices().empty(); });
  if (countsLoops &&
      !llvm::all_of(op.getIndexingMapsArray(),
                    [](AffineMap map) { return loopOrder(map).isIdentity(); }))
    return refuse() << "its body numbers the elements, and an operand has its "
                       "dimensions in another order";
  Operation *yield = block->getTerminator();
  for (auto [index, value] : llvm::enumerate(yield->getOperands())) {
    unsigned position = numInputs + index;
    Value argument = position < block->getNumArguments()
                         ? Value(block->getArgument(position))
                         : Value();
    bool isRead = argument && !argument.use_empty();
    additions.push_back(isRead ? findAddition(argument, value) : nullptr);
    if (!isDifferentiable(value.getType()))
      continue;
    if (isRead && !additions.back())
      return refuse() << "result #" << index
                      << " reads its destination other than to add to it";
    AffineMap map = op.getIndexingMapsArray()[position];
    if (!isRead && !map.isPermutation())
      return refuse() << "result #" << index
                      << " has a reduction that does not add";
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

StructuredDerivative::Body
StructuredDerivative::cloneBody(ArrayRef<Value> derivatives) {
  Body body;
  body.block = std::make_unique<Block>();
  Block *original = op.getBlock();
  auto addArgument = [&](Type type) {
    return body.block->addArgument(getElementTypeOrSelf(type), loc);
  };
  IRMapping mapping;
  for (unsigned index = 0; index != numInputs; ++index) {
    body.inputs.push_back(addArgument(original->getArgument(index).getType()));
    mapping.map(original->getArgument(index), body.inputs.back());
  }
  for (Value derivative : derivatives)
    body.derivatives.push_back(addArgument(derivative.getType()));

  OpBuilder inner(builder.getContext());
  inner.setInsertionPointToEnd(body.block.get());
  for (Operation &inside : original->without_terminator())
    if (!llvm::is_contained(additions, &inside))
      inner.clone(inside, mapping);
  Operation *yield = original->getTerminator();
  for (auto [index, value] : llvm::enumerate(yield->getOperands())) {
    Value term = value;
    if (auto addition = cast_or_null<arith::AddFOp>(additions[index])) {
      Value argument = original->getArgument(numInputs + index);
      term =
          addition.getLhs() == argument ? addition.getRhs() : addition.getLhs();
    }
    body.terms.push_back(mapping.lookupOrDefault(term));
  }
  return body;
}

/// The inputs that the body reads, and those that give a loop its size.
static llvm::BitVector neededInputs(Block &block, ArrayRef<AffineMap> inputs,
                                    ArrayRef<AffineMap> outputs) {
  unsigned numLoops = outputs.front().getNumDims();
  llvm::BitVector covered(numLoops), needed(inputs.size());
  auto cover = [&](AffineMap map) {
    for (unsigned loop = 0; loop != numLoops; ++loop)
      if (map.isFunctionOfDim(loop))
        covered.set(loop);
  };
  llvm::for_each(outputs, cover);
  for (auto [index, map] : llvm::enumerate(inputs))
    if (!block.getArgument(index).use_empty()) {
      needed.set(index);
      cover(map);
    }
  for (auto [index, map] : llvm::enumerate(inputs)) {
    llvm::BitVector before = covered;
    cover(map);
    if (covered != before)
      needed.set(index);
  }
  return needed;
}

/// A linalg.generic with `body`. The inputs are those of the operation and
/// `derivatives`, which have `derivativeMaps`; all outputs have equal maps but
/// for the order of loops.
SmallVector<Value>
StructuredDerivative::emit(Body &body, ArrayRef<Value> derivatives,
                           ArrayRef<AffineMap> derivativeMaps,
                           ArrayRef<Output> outputs) {
  SmallVector<Value> inputs(op.getDpsInputs()), destinations, yielded;
  inputs.append(derivatives.begin(), derivatives.end());
  SmallVector<AffineMap> maps(op.getIndexingMapsArray()), outputMaps;
  maps.truncate(numInputs);
  maps.append(derivativeMaps.begin(), derivativeMaps.end());

  OpBuilder inner(builder.getContext());
  inner.setInsertionPointToEnd(body.block.get());
  for (const Output &output : outputs) {
    Value destination = body.block->addArgument(
        getElementTypeOrSelf(output.destination.getType()), loc);
    Value value = output.value;
    if (output.adds) {
      if (value.getType() != destination.getType())
        value = arith::ExtFOp::create(inner, loc, destination.getType(), value);
      value = arith::AddFOp::create(inner, loc, destination, value);
    }
    yielded.push_back(value);
    destinations.push_back(output.destination);
    outputMaps.push_back(output.map);
  }
  linalg::YieldOp::create(inner, loc, yielded);
  eraseDeadOperations(*body.block);

  llvm::BitVector needed = neededInputs(*body.block, maps, outputMaps);
  for (unsigned index = inputs.size(); index-- > 0;)
    if (!needed[index]) {
      body.block->eraseArgument(index);
      inputs.erase(inputs.begin() + index);
      maps.erase(maps.begin() + index);
    }
  maps.append(outputMaps);
  // Loops are numbered so that the first output is written in order.
  AffineMap reorder = inversePermutation(loopOrder(outputMaps.front()));
  for (AffineMap &map : maps)
    map = map.compose(reorder);
  body.block->walk([&](linalg::IndexOp index) {
    index.setDim(reorder.getDimPosition(index.getDim()));
  });
  SmallVector<IteratorType> iterators(reorder.getNumDims(),
                                      IteratorType::reduction);
  for (unsigned loop = 0; loop != outputMaps.front().getNumResults(); ++loop)
    iterators[loop] = IteratorType::parallel;
  auto generic = linalg::GenericOp::create(
      builder, loc, TypeRange(ValueRange(destinations)), inputs, destinations,
      maps, iterators);
  generic.getRegion().push_back(body.block.release());
  return SmallVector<Value>(generic.getResults());
}

//===----------------------------------------------------------------------===//
// Gradients
//===----------------------------------------------------------------------===//

/// The gradients of `inputs`, which have one map, or one input.
LogicalResult
StructuredDerivative::emitGradients(ArrayRef<unsigned> inputs,
                                    ArrayRef<Value> cotangents,
                                    MutableArrayRef<Value> gradients) {
  SmallVector<Value> given;
  SmallVector<AffineMap> givenMaps;
  SmallVector<unsigned> results;
  for (auto [index, cotangent] : llvm::enumerate(cotangents))
    if (cotangent) {
      given.push_back(cotangent);
      givenMaps.push_back(op.getIndexingMapsArray()[numInputs + index]);
      results.push_back(index);
    }
  Body body = cloneBody(given);
  SmallVector<Value> variables, terms;
  for (unsigned input : inputs)
    variables.push_back(body.inputs[input]);
  for (unsigned result : results)
    terms.push_back(body.terms[result]);
  DerivativeBuilder inner(builder.getContext(), *body.block);
  for (Operation &inside : *body.block)
    inner.remember(&inside);
  Activity activity(*body.block, variables, terms);
  if (failed(activity.verify()))
    return failure();
  Derivatives derivatives;
  for (auto [term, cotangent] : llvm::zip(terms, body.derivatives)) {
    Value &sum = derivatives[term];
    sum = inner.add(loc, sum, cotangent);
  }
  if (failed(pullBackBlock(inner, activity, derivatives)))
    return failure();

  SmallVector<Output> outputs;
  SmallVector<unsigned> written;
  for (auto [input, variable] : llvm::zip(inputs, variables)) {
    Value derivative = derivatives.lookup(variable);
    if (!derivative)
      continue;
    written.push_back(input);
    AffineMap map = op.getIndexingMapsArray()[input];
    outputs.push_back(
        {makeDestination(input, map), map, derivative, !map.isPermutation()});
  }
  if (outputs.empty())
    return success();
  SmallVector<Value> made = emit(body, given, givenMaps, outputs);
  for (auto [input, result] : llvm::zip(written, made))
    gradients[input] = finish(result, op->getOperand(input));
  return success();
}

/// Where the gradient of `input` is written: sums start from zero.
Value StructuredDerivative::makeDestination(unsigned input, AffineMap map) {
  Value operand = op->getOperand(input);
  Type element = getElementTypeOrSelf(operand.getType());
  bool isSum = !map.isPermutation();
  if (isSum && !element.isF64())
    element = builder.getF32Type();
  auto type = dyn_cast<RankedTensorType>(operand.getType());
  SmallVector<OpFoldResult> sizes;
  if (type)
    sizes = builder.dimensions(loc, operand);
  type = type ? type.clone(element) : RankedTensorType::get({}, element);
  Value empty = builder.emptyTensor(loc, type, sizes);
  if (!isSum)
    return empty;
  Value zero = builder.emit<arith::ConstantOp>(
      loc, cast<TypedAttr>(builder.getZeroAttr(element)));
  return linalg::FillOp::create(builder, loc, zero, empty).getResult(0);
}

/// `gradient` in the type of `operand`.
Value StructuredDerivative::finish(Value gradient, Value operand) {
  if (!isa<RankedTensorType>(operand.getType()))
    gradient = builder.emit<tensor::ExtractOp>(loc, gradient, ValueRange());
  return builder.convert(loc, gradient,
                         getElementTypeOrSelf(operand.getType()));
}

LogicalResult StructuredDerivative::pullBack(ArrayRef<Value> cotangents,
                                             const llvm::BitVector &wanted,
                                             MutableArrayRef<Value> gradients) {
  if (failed(analyze()))
    return failure();
  // Inputs that are read alike are done in one pass.
  llvm::MapVector<AffineMap, SmallVector<unsigned>> together;
  for (unsigned index : wanted.set_bits()) {
    if (index >= numInputs) {
      // What a term is added to has the gradient of the sum.
      if (additions[index - numInputs])
        gradients[index] = cotangents[index - numInputs];
      continue;
    }
    AffineMap map = op.getIndexingMapsArray()[index];
    if (map.isPermutation()) {
      together[map].push_back(index);
      continue;
    }
    if (failed(emitGradients(index, cotangents, gradients)))
      return failure();
  }
  for (auto &[map, inputs] : together)
    if (failed(emitGradients(inputs, cotangents, gradients)))
      return failure();
  return success();
}

//===----------------------------------------------------------------------===//
// Tangents
//===----------------------------------------------------------------------===//

LogicalResult
StructuredDerivative::pushForward(ArrayRef<Value> tangents,
                                  MutableArrayRef<Value> results) {
  if (failed(analyze()))
    return failure();
  SmallVector<Value> given;
  SmallVector<AffineMap> givenMaps;
  SmallVector<unsigned> active;
  for (unsigned index = 0; index != numInputs; ++index)
    if (tangents[index]) {
      given.push_back(tangents[index]);
      givenMaps.push_back(op.getIndexingMapsArray()[index]);
      active.push_back(index);
    }
  for (auto [index, result] : llvm::enumerate(results)) {
    // One operation each: maps of results may differ.
    Body body = cloneBody(given);
    Value term = body.terms[index];
    if (!isDifferentiable(term.getType()))
      continue;
    SmallVector<Value> variables;
    for (unsigned input : active)
      variables.push_back(body.inputs[input]);
    DerivativeBuilder inner(builder.getContext(), *body.block);
    for (Operation &inside : *body.block)
      inner.remember(&inside);
    Activity activity(*body.block, variables, term);
    if (failed(activity.verify()))
      return failure();
    Derivatives derivatives;
    for (auto [variable, tangent] : llvm::zip(variables, body.derivatives))
      derivatives[variable] = tangent;
    if (failed(pushForwardBlock(inner, activity, derivatives)))
      return failure();

    unsigned position = numInputs + index;
    Value before = additions[index] ? tangents[position] : Value();
    Value tangent = derivatives.lookup(term);
    if (!tangent) {
      result = before;
      continue;
    }
    Value destination = op->getOperand(position);
    if (before)
      destination = before;
    else if (additions[index])
      destination = builder.zerosLike(loc, destination);
    else
      destination = builder.emptyTensor(
          loc, cast<RankedTensorType>(destination.getType()),
          builder.dimensions(loc, destination));
    result = emit(body, given, givenMaps,
                  Output{destination, op.getIndexingMapsArray()[position],
                         tangent, additions[index] != nullptr})
                 .front();
  }
  return success();
}
