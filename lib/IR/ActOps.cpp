//===- ActOps.cpp - Operations of the dialect -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the generated operations and what their definitions call.
//
//===----------------------------------------------------------------------===//

#include "Act/IR/Act.h"

#include "AttributeSyntax.h"
#include "Dropout.h"
#include "RowwiseOp.h"
#include "RuleFolding.h"
#include "RuleVerifier.h"
#include "TypeSyntax.h"

#include "mlir/IR/Builders.h"

using namespace mlir;

namespace act {

static rules::RuleId geluRule(Approximate approximate) {
  switch (approximate) {
  case Approximate::None:
    return rules::RuleId::Gelu;
  case Approximate::Tanh:
    return rules::RuleId::GeluTanh;
  case Approximate::Sigmoid:
    return rules::RuleId::GeluSigmoid;
  }
  llvm_unreachable("an approximation of gelu");
}

} // namespace act

#define GET_OP_CLASSES
#include "Act/IR/ActOps.cpp.inc"
