//===- Bytecode.h - The version of the dialect ------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the version of the dialect in bytecode.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_BYTECODE_H
#define ACT_LIB_IR_BYTECODE_H

namespace act {

class ActDialect;

/// Adds the interface that writes the version and checks the one read.
void addBytecodeInterface(ActDialect &dialect);

} // namespace act

#endif // ACT_LIB_IR_BYTECODE_H
