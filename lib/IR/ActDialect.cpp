//===- ActDialect.cpp - The act dialect -----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file registers the contents of the dialect.
//
//===----------------------------------------------------------------------===//

#include "Act/IR/Act.h"

#include "Bytecode.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace act;

#include "Act/IR/ActDialect.cpp.inc"
#include "Act/IR/ActEnums.cpp.inc"
#include "Act/IR/ActInterfaces.cpp.inc"
#include "Act/IR/RowwiseInterfaces.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "Act/IR/ActAttrs.cpp.inc"

void ActDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "Act/IR/ActAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "Act/IR/ActOps.cpp.inc"
      >();
  addBytecodeInterface(*this);
}

Operation *ActDialect::materializeConstant(OpBuilder &builder, Attribute value,
                                           Type type, Location loc) {
  return arith::ConstantOp::materialize(builder, value, type, loc);
}
