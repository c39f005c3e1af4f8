//===- Bufferization.h - From tensors to memory -----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the registration of how act operations on tensors become
// operations on memory.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_BUFFERIZATION_H
#define ACT_IR_BUFFERIZATION_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace act {

void registerBufferizableOpInterfaceExternalModels(
    mlir::DialectRegistry &registry);

} // namespace act

#endif // ACT_IR_BUFFERIZATION_H
