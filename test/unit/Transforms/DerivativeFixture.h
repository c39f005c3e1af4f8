//===- DerivativeFixture.h - Derivatives for tests --------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what the tests of derivatives share: a context, and
// functions without their results.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_UNITTEST_TRANSFORMS_DERIVATIVEFIXTURE_H
#define ACT_UNITTEST_TRANSFORMS_DERIVATIVEFIXTURE_H

#include "Act/InitAct.h"
#include "Act/Transforms/Differentiation.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include "gtest/gtest.h"

class DerivativeTest : public testing::Test {
protected:
  DerivativeTest() {
    mlir::DialectRegistry registry;
    act::registerDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  /// The derivative by the first arguments; the others are cotangents. Null
  /// where there is none, which fails the test.
  mlir::func::FuncOp derive(mlir::func::FuncOp function, unsigned numArguments,
                            bool forward = false) {
    act::DerivativeOptions options;
    options.forward = forward;
    options.withResults = false;
    options.suffix = forward ? "_jvp" : "_vjp";
    llvm::BitVector selected(function.getNumArguments());
    selected.set(0, numArguments);
    mlir::FailureOr<mlir::func::FuncOp> made =
        act::differentiate(function, selected, options);
    EXPECT_TRUE(succeeded(made));
    return succeeded(made) ? *made : mlir::func::FuncOp();
  }

  mlir::MLIRContext context;
};

#endif // ACT_UNITTEST_TRANSFORMS_DERIVATIVEFIXTURE_H
