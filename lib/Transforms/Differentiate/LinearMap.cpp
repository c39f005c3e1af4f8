//===- LinearMap.cpp - What a formula does to tangents --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the recording of linear maps and their two readings.
//
//===----------------------------------------------------------------------===//

#include "LinearMap.h"

using namespace act;
using Number = LinearMap::Number;
using Tangent = LinearMap::Tangent;
using Numbers = llvm::SmallVector<std::optional<Number>>;

//===----------------------------------------------------------------------===//
// Recording
//===----------------------------------------------------------------------===//

Tangent LinearMap::append(Node node) {
  nodes.push_back(node);
  return nodes.size() - 1;
}

Tangent LinearMap::addInput(unsigned index) {
  Node node{Kind::Input};
  node.input = index;
  return append(node);
}

Tangent LinearMap::Recorder::add(Tangent x, Tangent y) {
  if (!x || !y)
    return x ? x : y;
  return map->append({Kind::Add, x, y});
}

Tangent LinearMap::Recorder::neg(Tangent x) {
  if (!x)
    return x;
  return map->append({Kind::Neg, x});
}

Tangent LinearMap::Recorder::scale(Tangent x, const Factor &factor) {
  if (!x || factor.is(1))
    return x;
  return map->append({Kind::Scale, x, std::nullopt, factor});
}

Tangent LinearMap::Recorder::divide(Tangent x, const Factor &factor) {
  if (!x || factor.is(1))
    return x;
  return map->append({Kind::Divide, x, std::nullopt, factor});
}

Tangent LinearMap::Recorder::select(const Bool &condition, Tangent x,
                                    Tangent y) {
  if (!condition.value)
    return condition.truth ? x : y;
  if (!x && !y)
    return std::nullopt;
  return map->append({Kind::Select, x, y, {}, condition});
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

Numbers LinearMap::pushForward(RealEmitter &emitter,
                               llvm::ArrayRef<std::optional<Number>> inputs,
                               llvm::ArrayRef<Tangent> outputs) const {
  // Only what the outputs need.
  llvm::SmallVector<bool> needed(nodes.size(), false);
  for (Tangent output : outputs)
    if (output)
      needed[*output] = true;
  for (size_t i = nodes.size(); i-- > 0;)
    if (needed[i])
      for (Tangent source : {nodes[i].x, nodes[i].y})
        if (source)
          needed[*source] = true;

  Numbers values(nodes.size());
  auto valueOf = [&](Tangent tangent) {
    return tangent ? values[*tangent] : std::optional<Number>();
  };
  for (auto [node, value, isNeeded] : llvm::zip(nodes, values, needed)) {
    if (!isNeeded)
      continue;
    std::optional<Number> x = valueOf(node.x), y = valueOf(node.y);
    if (node.kind == Kind::Input) {
      value = inputs[node.input];
    } else if (node.kind == Kind::Add) {
      value = x && y ? emitter.add(*x, *y) : (x ? x : y);
    } else if (node.kind == Kind::Select) {
      Number zero = emitter.constant(0.0);
      if (x || y)
        value =
            emitter.select(node.condition, x.value_or(zero), y.value_or(zero));
    } else if (x) {
      value = node.kind == Kind::Neg     ? emitter.neg(*x)
              : node.kind == Kind::Scale ? emitter.mul(*x, node.factor)
                                         : emitter.div(*x, node.factor);
    }
  }
  Numbers results;
  for (Tangent output : outputs)
    results.push_back(valueOf(output));
  return results;
}

Numbers LinearMap::pullBack(RealEmitter &emitter,
                            llvm::ArrayRef<std::optional<Number>> cotangents,
                            llvm::ArrayRef<Tangent> outputs,
                            unsigned numInputs) const {
  Numbers sums(nodes.size()), gradients(numInputs);
  auto addTo = [&](std::optional<Number> &sum, const Number &term) {
    sum = sum ? emitter.add(*sum, term) : term;
  };
  for (auto [output, cotangent] : llvm::zip(outputs, cotangents))
    if (output && cotangent)
      addTo(sums[*output], *cotangent);
  for (size_t i = nodes.size(); i-- > 0;) {
    if (!sums[i])
      continue;
    const Node &node = nodes[i];
    Number sum = *sums[i], zero = emitter.constant(0.0);
    switch (node.kind) {
    case Kind::Input:
      addTo(gradients[node.input], sum);
      break;
    case Kind::Add:
      addTo(sums[*node.x], sum);
      addTo(sums[*node.y], sum);
      break;
    case Kind::Neg:
      addTo(sums[*node.x], emitter.neg(sum));
      break;
    case Kind::Scale:
      addTo(sums[*node.x], emitter.mul(sum, node.factor));
      break;
    case Kind::Divide:
      addTo(sums[*node.x], emitter.div(sum, node.factor));
      break;
    case Kind::Select:
      if (node.x)
        addTo(sums[*node.x], emitter.select(node.condition, sum, zero));
      if (node.y)
        addTo(sums[*node.y], emitter.select(node.condition, zero, sum));
      break;
    }
  }
  return gradients;
}
