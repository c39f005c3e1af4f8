//===- Transform.h - The transform dialect ----------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the registration of the transform dialect, with which
// tests and users tile operations.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACT_OPT_TRANSFORM_H
#define ACT_TOOLS_ACT_OPT_TRANSFORM_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace act {

/// Registers the dialect, its operations on structured ones, and its
/// interpreter.
void registerTransform(mlir::DialectRegistry &registry);

} // namespace act

#endif // ACT_TOOLS_ACT_OPT_TRANSFORM_H
