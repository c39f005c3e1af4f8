//===- LinearMap.h - What a formula does to tangents ------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the linear map from the tangents of a formula's inputs to
// those of its outputs, recorded while dual numbers evaluate the formula. Read
// forward it emits tangents, read backward gradients: each derivative is
// written once.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_LINEARMAP_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_LINEARMAP_H

#include "RealEmitter.h"

#include "Act/Rules/DualAlgebra.h"

namespace act {

class LinearMap {
public:
  using Number = RealEmitter::Value;
  /// A node, or nothing for zero.
  using Tangent = std::optional<unsigned>;

  /// The tangents of dual numbers: they record what is done to them.
  class Recorder {
  public:
    using Tangent = LinearMap::Tangent;
    using Factor = Number;
    using Bool = RealEmitter::Bool;

    explicit Recorder(LinearMap &map) : map(&map) {}

    Tangent zero() { return std::nullopt; }
    Tangent add(Tangent x, Tangent y);
    Tangent sub(Tangent x, Tangent y) { return add(x, neg(y)); }
    Tangent neg(Tangent x);
    Tangent scale(Tangent x, const Factor &factor);
    Tangent divide(Tangent x, const Factor &factor);
    Tangent select(const Bool &condition, Tangent x, Tangent y);

  private:
    LinearMap *map;
  };

  /// The tangent of input `index`.
  Tangent addInput(unsigned index);

  /// The tangents of outputs, given those of the inputs; a missing one is zero.
  llvm::SmallVector<std::optional<Number>>
  pushForward(RealEmitter &emitter,
              llvm::ArrayRef<std::optional<Number>> inputs,
              llvm::ArrayRef<Tangent> outputs) const;

  /// The gradients of `numInputs` inputs, given those of the outputs.
  llvm::SmallVector<std::optional<Number>>
  pullBack(RealEmitter &emitter,
           llvm::ArrayRef<std::optional<Number>> cotangents,
           llvm::ArrayRef<Tangent> outputs, unsigned numInputs) const;

private:
  enum class Kind { Input, Add, Neg, Scale, Divide, Select };

  /// x and y come before the node.
  struct Node {
    Kind kind;
    Tangent x = std::nullopt, y = std::nullopt;
    Number factor = {};
    RealEmitter::Bool condition = {};
    unsigned input = 0;
  };

  Tangent append(Node node);

  llvm::SmallVector<Node> nodes;
};

/// Numbers with derivatives, emitted.
using EmittedDuals = DualAlgebra<RealEmitter, LinearMap::Recorder>;
using EmittedDual = EmittedDuals::Value;

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_LINEARMAP_H
