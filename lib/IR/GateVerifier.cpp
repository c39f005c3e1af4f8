//===- GateVerifier.cpp - Attributes of gates -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the verification of gates: each number belongs to one
// kind and has a range.
//
//===----------------------------------------------------------------------===//

#include "RuleVerifier.h"

#include "Act/IR/Act.h"

using namespace mlir;
using namespace act;
using rules::Constraint;

namespace {

/// A number of a gate, or the absence of one.
struct GateNumber {
  StringRef name;
  GateKind kind;
  Constraint constraint;
};

} // namespace

static constexpr GateNumber gateNumbers[] = {
    {"beta", GateKind::SwiGLU, Constraint::None},
    {"limit", GateKind::SwiGLUOAI, Constraint::Positive},
    {"no_limit", GateKind::SwiGLUOAI, Constraint::None},
    {"alpha", GateKind::SwiGLUOAI, Constraint::None},
    {"offset", GateKind::SwiGLUOAI, Constraint::None},
};

LogicalResult act::verifyGate(Operation *op) {
  if (failed(verifyAttributeNames(op)))
    return failure();
  GateKind kind = cast<GateOpInterface>(op).getKind();
  for (const GateNumber &number : gateNumbers) {
    Attribute attribute = op->getAttr(number.name);
    if (!attribute)
      continue;
    if (kind != number.kind)
      return op->emitOpError("attribute '")
             << number.name << "' belongs to the kind "
             << stringifyGateKind(number.kind) << ", found the kind "
             << stringifyGateKind(kind);
    if (auto value = dyn_cast<FloatAttr>(attribute))
      if (failed(verifyNumber(op, number.name, value, number.constraint)))
        return failure();
  }
  if (op->getAttr("limit") && op->getAttr("no_limit"))
    return op->emitOpError(
        "takes 'limit' or 'no_limit', not both; remove one of them");
  return success();
}
