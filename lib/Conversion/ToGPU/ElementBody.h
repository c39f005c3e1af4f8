//===- ElementBody.h - One element of an elementwise kernel -----*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the body of a structured operation for one element.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_ELEMENTBODY_H
#define ACT_LIB_CONVERSION_TOGPU_ELEMENTBODY_H

#include "DeviceKernel.h"

namespace act {

/// Whether the body of a structured operation can stand in a kernel for one
/// element: pure operations, and loads from memrefs.
bool isElementBody(mlir::Block &body);

/// Whether the body needs to know where its element is.
bool asksForIndices(mlir::Block &body);

/// A number from another block of the code. One of 16 bits travels as an
/// integer, as code generation for CPUs, on which kernels are tested, needs it.
mlir::Value bringHere(mlir::OpBuilder &builder, mlir::Value value);

/// Emits the operations of `body` but the terminator, `skip`, and those whose
/// result is known. `values` maps the arguments; what comes from outside is
/// imported. `indices` are those that
/// linalg.index asks for.
void emitElementBody(DeviceKernel &kernel, mlir::Block &body,
                     mlir::IRMapping &values, mlir::ValueRange indices,
                     mlir::Operation *skip = nullptr);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ELEMENTBODY_H
