//===- Transform.cpp - The transform dialect ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file registers the transform dialect and what its schedules create.
//
//===----------------------------------------------------------------------===//

#include "Transform.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/TransformOps/DialectExtension.h"
#include "mlir/Dialect/Transform/IR/TransformDialect.h"
#include "mlir/Dialect/Transform/Transforms/Passes.h"

using namespace mlir;

void act::registerTransform(DialectRegistry &registry) {
  registry.insert<affine::AffineDialect, transform::TransformDialect>();
  linalg::registerTransformDialectExtension(registry);
  transform::registerInterpreterPass();
}
