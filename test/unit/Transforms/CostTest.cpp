//===- CostTest.cpp - What differentiation costs --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file measures the time that differentiating long functions takes. It
// must grow as their length does.
//
//===----------------------------------------------------------------------===//

#include "Act/InitAct.h"
#include "Act/Transforms/Differentiation.h"

#include "mlir/Parser/Parser.h"

#include "gtest/gtest.h"

#include <ctime>

using namespace act;
using namespace mlir;

/// A function of `length` operations on tensors.
static std::string program(unsigned length) {
  static const char *const operations[] = {"act.gelu", "math.exp", "act.silu",
                                           "arith.negf", "math.tanh"};
  std::string text = "func.func @f(%v0: tensor<?xf32>, %w: tensor<?xf32>) -> "
                     "tensor<?xf32> {\n";
  for (unsigned i = 0; i != length; ++i) {
    std::string from = "%v" + std::to_string(i);
    text += "  %v" + std::to_string(i + 1) + " = " +
            (i % 2 ? "arith.mulf " + from + ", %w"
                   : operations[i / 2 % 5] + (" " + from)) +
            " : tensor<?xf32>\n";
  }
  return text + "  return %v" + std::to_string(length) +
         " : tensor<?xf32>\n}\n";
}

/// Milliseconds that this thread has computed, whatever else runs beside it.
static double computedTime() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1e3 + time.tv_nsec * 1e-6;
}

/// Milliseconds, the least of several runs.
static double measure(MLIRContext &context, unsigned length) {
  double least = 1e9;
  for (int run = 0; run != 15; ++run) {
    auto module = parseSourceString<ModuleOp>(program(length), &context);
    auto function = module->lookupSymbol<func::FuncOp>("f");
    double start = computedTime();
    EXPECT_TRUE(succeeded(differentiate(function, llvm::BitVector(2, true),
                                        DerivativeOptions())));
    least = std::min(least, computedTime() - start);
  }
  return least;
}

TEST(CostTest, GrowsLinearly) {
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry);
  measure(context, 100); // Dialects are loaded.
  double times[3];
  unsigned lengths[] = {500, 1000, 2000};
  for (int i = 0; i != 3; ++i) {
    times[i] = measure(context, lengths[i]);
    printf("differentiating %u operations takes %.2f ms\n", lengths[i],
           times[i]);
  }
  // Four times as long. A quadratic part would take sixteen times the time.
  EXPECT_LT(times[2], 10 * times[0]);
}
