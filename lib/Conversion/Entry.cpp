//===- Entry.cpp - Functions that the host calls --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the recognition of entries.
//
//===----------------------------------------------------------------------===//

#include "Entry.h"

#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;

bool act::isEntryType(Type type) {
  return isa<RankedTensorType>(type) || type.isIntOrIndexOrFloat();
}

bool act::isEntry(func::FuncOp function) {
  return function.isPublic() && !function.isExternal() &&
         llvm::all_of(function.getArgumentTypes(), isEntryType) &&
         llvm::all_of(function.getResultTypes(), isEntryType);
}

unsigned act::countInputs(func::FuncOp entry) {
  unsigned number = 0;
  while (number < entry.getNumArguments() &&
         !entry.getArgAttr(number, resultAttrName))
    ++number;
  return number;
}
