//===- consumer.cpp - A program that embeds Act ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file compiles an activation just in time and calls it, through public
// headers alone.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/Kernel.h"
#include "Act/InitAct.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>

static const char source[] = R"(
func.func @block(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = act.gelu %x : tensor<?xf32>
  return %y : tensor<?xf32>
}
)";

/// Prints an error and gives the exit status.
static int fail(llvm::Error error) {
  llvm::errs() << "consumer: error: " << llvm::toString(std::move(error))
               << "\n";
  return 1;
}

int main() {
  mlir::DialectRegistry registry;
  act::registerDialects(registry);
  mlir::MLIRContext context(registry);
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceString<mlir::ModuleOp>(source, &context);
  if (!module)
    return 1;

  act::CompileOptions options;
  options.entry = "block";
  auto kernel = act::Kernel::compile(*module, options);
  if (!kernel)
    return fail(kernel.takeError());

  float x[100], y[100];
  for (int i = 0; i != 100; ++i)
    x[i] = (i - 50) * 0.1f;
  act::TensorView input = act::TensorView::contiguous(
      act::ElementType::F32, x, /*shape=*/{100});
  act::TensorView output = act::TensorView::contiguous(
      act::ElementType::F32, y, /*shape=*/{100});
  if (llvm::Error error = (*kernel)->invoke({input}, {output}))
    return fail(std::move(error));

  double worst = 0;
  for (int i = 0; i != 100; ++i) {
    double exact = 0.5 * x[i] * std::erfc(-x[i] / std::sqrt(2.0));
    worst = std::fmax(worst, std::fabs(y[i] - exact));
  }
  llvm::outs() << "gelu of 100 numbers, largest error " << worst << "\n";
  return worst < 1e-6 ? 0 : 1;
}
