//===- Accuracy.cpp - The accuracy tier of an op --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the attribute `act.accuracy`.
//
//===----------------------------------------------------------------------===//

#include "Act/IR/Act.h"

using namespace mlir;
using namespace act;

bool act::isAccuracy(StringRef name) {
  return name == "exact" || name == "default" || name == "fast";
}

StringRef act::getAccuracy(Operation *op, StringRef fallback) {
  for (; op; op = op->getParentOp())
    if (auto accuracy = op->getAttrOfType<StringAttr>(accuracyAttrName))
      return accuracy.getValue();
  return fallback;
}

static LogicalResult verifyAccuracy(Operation *op, Attribute value) {
  auto accuracy = dyn_cast<StringAttr>(value);
  if (accuracy && isAccuracy(accuracy.getValue()))
    return success();
  return op->emitError() << "'" << accuracyAttrName
                         << "' must be \"exact\", \"default\" or \"fast\", "
                            "found "
                         << value;
}

LogicalResult ActDialect::verifyOperationAttribute(Operation *op,
                                                   NamedAttribute attribute) {
  StringRef name = attribute.getName();
  if (name == accuracyAttrName)
    return verifyAccuracy(op, attribute.getValue());
  // Other attributes belong to other layers; a misspelt tier would be lost.
  if (name.edit_distance(accuracyAttrName) <= 2)
    return op->emitError() << "unknown attribute '" << name
                           << "'; did you mean '" << accuracyAttrName << "'?";
  return success();
}
