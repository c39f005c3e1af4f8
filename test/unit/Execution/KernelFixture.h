//===- KernelFixture.h - Kernels for tests -------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what the tests of kernels share: a context, and vectors of
// f32 as tensors.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_UNITTEST_EXECUTION_KERNELFIXTURE_H
#define ACT_UNITTEST_EXECUTION_KERNELFIXTURE_H

#include "Act/Execution/Kernel.h"
#include "Act/InitAct.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"

#include "gtest/gtest.h"

class KernelTest : public testing::Test {
protected:
  KernelTest() : context(makeRegistry()) {}

  static mlir::DialectRegistry makeRegistry() {
    mlir::DialectRegistry registry;
    act::registerDialects(registry);
    return registry;
  }

  mlir::OwningOpRef<mlir::ModuleOp> parse(llvm::StringRef source) {
    return mlir::parseSourceString<mlir::ModuleOp>(source, &context);
  }

  /// Compiles the only function of `source`; a failure ends the test.
  std::unique_ptr<act::Kernel> compile(llvm::StringRef source,
                                       act::CompileOptions options = {}) {
    mlir::OwningOpRef<mlir::ModuleOp> module = parse(source);
    if (!module) {
      ADD_FAILURE() << "the program does not parse";
      return nullptr;
    }
    auto kernel = act::Kernel::compile(*module, options);
    if (!kernel) {
      ADD_FAILURE() << llvm::toString(kernel.takeError());
      return nullptr;
    }
    return std::move(*kernel);
  }

  mlir::MLIRContext context;
};

/// A tensor in C order over the elements of a vector.
inline act::TensorView view(std::vector<float> &values,
                            llvm::ArrayRef<int64_t> shape) {
  return act::TensorView::contiguous(act::ElementType::F32, values.data(),
                                     shape);
}

inline act::TensorView view(std::vector<float> &values) {
  return view(values, {int64_t(values.size())});
}

/// The message of an error; empty for success.
inline std::string message(llvm::Error error) {
  return llvm::toString(std::move(error));
}

#endif // ACT_UNITTEST_EXECUTION_KERNELFIXTURE_H
