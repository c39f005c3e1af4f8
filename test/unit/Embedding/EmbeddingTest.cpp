//===- EmbeddingTest.cpp - Act inside of another program ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests the code that docs/Embedding.md shows.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/Kernel.h"
#include "Act/InitAct.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace mlir;

namespace {

class EmbeddingTest : public testing::Test {
protected:
  EmbeddingTest() {
    mlir::DialectRegistry registry;
    act::registerDialects(registry);
    context.appendDialectRegistry(registry);
  }

  mlir::OwningOpRef<mlir::ModuleOp> parse(llvm::StringRef ir) {
    return mlir::parseSourceString<mlir::ModuleOp>(ir, &context);
  }

  mlir::MLIRContext context;
};

const char forward[] = R"(
func.func @forward(%x: tensor<?xf32> {act.name = "x"})
    -> (tensor<?xf32> {act.name = "y"}) {
  %y = act.gelu %x : tensor<?xf32>
  return %y : tensor<?xf32>
}
)";

const char gated[] = R"(
func.func @forward(%g: tensor<?xf32>, %u: tensor<?xf32>) -> tensor<?xf32> {
  %a = act.silu %g : tensor<?xf32>
  %y = arith.mulf %a, %u : tensor<?xf32>
  return %y : tensor<?xf32>
}
)";

const char scalars[] = R"(
func.func @element(%x: vector<8xf32>) -> vector<8xf32> {
  %y = act.gelu %x : vector<8xf32>
  return %y : vector<8xf32>
}
)";

double gelu(double x) { return 0.5 * x * std::erfc(-x / std::sqrt(2.0)); }

/// Whether an operation of the dialect is left.
bool contains(ModuleOp module, StringRef dialect) {
  return module
      .walk([&](Operation *op) {
        return op->getName().getDialectNamespace() == dialect
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

//===----------------------------------------------------------------------===//
// Compile and call
//===----------------------------------------------------------------------===//

llvm::Expected<std::unique_ptr<act::Kernel>> compile(mlir::ModuleOp module) {
  act::CompileOptions options;
  options.entry = "forward";
  options.accuracy = "exact";
  return act::Kernel::compile(module, options);
}

llvm::Error call(const act::Kernel &kernel, std::vector<float> &x,
                 std::vector<float> &y) {
  auto input = act::TensorView::contiguous(act::ElementType::F32, x.data(),
                                           {int64_t(x.size())});
  auto shapes = kernel.outputShapes({input});
  if (!shapes)
    return shapes.takeError();
  y.resize(shapes->front().front());
  auto output = act::TensorView::contiguous(act::ElementType::F32, y.data(),
                                            shapes->front());
  return kernel.invoke({input}, {output});
}

TEST_F(EmbeddingTest, CompilesAndCalls) {
  auto module = parse(forward);
  ASSERT_TRUE(module);
  auto kernel = compile(*module);
  ASSERT_TRUE(bool(kernel)) << llvm::toString(kernel.takeError());
  std::vector<float> x{-3, -1, 0.5, 2}, y;
  ASSERT_EQ(llvm::toString(call(**kernel, x, y)), "");
  for (size_t i = 0; i != x.size(); ++i)
    EXPECT_NEAR(y[i], gelu(x[i]), 2e-7);
}

TEST_F(EmbeddingTest, WritesInPlace) {
  auto module = parse(forward);
  auto kernel = compile(*module);
  ASSERT_TRUE(bool(kernel)) << llvm::toString(kernel.takeError());
  std::vector<float> x(100, 1.0f);
  auto view =
      act::TensorView::contiguous(act::ElementType::F32, x.data(), {100});
  ASSERT_EQ(llvm::toString((*kernel)->invoke({view}, {view})), "");
  EXPECT_NEAR(x[99], gelu(1), 2e-7);
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

TEST_F(EmbeddingTest, ReportsErrors) {
  auto module = parse(forward);
  std::string log;
  mlir::ScopedDiagnosticHandler handler(
      module->getContext(), [&](mlir::Diagnostic &diagnostic) {
        llvm::raw_string_ostream(log)
            << diagnostic.getLocation() << ": " << diagnostic << "\n";
      });
  act::CompileOptions options;
  options.entry = "backward";
  auto kernel = act::Kernel::compile(*module, options);
  ASSERT_FALSE(bool(kernel));
  EXPECT_NE(llvm::toString(kernel.takeError()).find("backward"),
            std::string::npos);
}

//===----------------------------------------------------------------------===//
// Gradients
//===----------------------------------------------------------------------===//

TEST_F(EmbeddingTest, Differentiates) {
  auto module = parse(forward);
  auto function = module->lookupSymbol<mlir::func::FuncOp>("forward");
  llvm::BitVector all = act::differentiableArguments(function);
  act::DerivativeOptions derivative;
  derivative.withResults = false;
  auto gradient = act::differentiate(function, all, derivative);
  ASSERT_TRUE(succeeded(gradient));

  act::CompileOptions options;
  options.entry = gradient->getName().str();
  auto kernel = act::Kernel::compile(*module, options);
  ASSERT_TRUE(bool(kernel)) << llvm::toString(kernel.takeError());
  float x = 0.75f, dy = 1, dx = 0;
  auto view = [](float &value) {
    return act::TensorView::contiguous(act::ElementType::F32, &value, {1});
  };
  ASSERT_EQ(llvm::toString((*kernel)->invoke({view(x), view(dy)}, {view(dx)})),
            "");
  double pdf = std::exp(-0.5 * x * x) / std::sqrt(2 * M_PI);
  EXPECT_NEAR(dx, gelu(x) / x + x * pdf, 3e-7);
}

/// What cannot be differentiated by is an error, not a gradient of integers.
TEST_F(EmbeddingTest, DifferentiatesByNumbersOnly) {
  auto module = parse(R"(
    func.func @loss(%x: tensor<?x8xf32>, %t: tensor<?xi64>) -> tensor<f32> {
      %l = act.cross_entropy %x, %t
        : tensor<?x8xf32>, tensor<?xi64> -> tensor<f32>
      return %l : tensor<f32>
    })");
  auto function = module->lookupSymbol<mlir::func::FuncOp>("loss");
  std::string log;
  mlir::ScopedDiagnosticHandler handler(
      module->getContext(), [&](mlir::Diagnostic &diagnostic) {
        llvm::raw_string_ostream(log) << diagnostic << "\n";
      });
  for (const llvm::BitVector &selected :
       {llvm::BitVector(2, true), llvm::BitVector(2), llvm::BitVector(3, true)})
    EXPECT_TRUE(failed(act::differentiate(function, selected, {})));
  EXPECT_EQ(log,
            "argument 'arg1' cannot be differentiated by: it has type "
            "'tensor<?xi64>', which is not floating point\n"
            "function 'loss' has no floating-point argument to differentiate "
            "by\n"
            "function 'loss' has 2 arguments, and 3 are selected from\n");
  EXPECT_FALSE(module->lookupSymbol("loss_vjp"));
  llvm::BitVector all = act::differentiableArguments(function);
  EXPECT_TRUE(all[0]);
  EXPECT_FALSE(all[1]);
  EXPECT_TRUE(succeeded(act::differentiate(function, all, {})));
  EXPECT_TRUE(succeeded(mlir::verify(*module)));
}

//===----------------------------------------------------------------------===//
// Parts of the pipeline
//===----------------------------------------------------------------------===//

mlir::LogicalResult lowerToKernels(mlir::ModuleOp module) {
  mlir::PassManager manager(module.getContext());
  act::CPUPipelineOptions options;
  options.accuracy = "exact";
  options.vectorBits = 512;
  for (act::Stage stage : {act::Stage::Fuse, act::Stage::Linalg})
    act::addCPUStage(manager, stage, options);
  return manager.run(module);
}

TEST_F(EmbeddingTest, LeavesThePipeline) {
  auto module = parse(gated);
  ASSERT_TRUE(succeeded(lowerToKernels(*module)));
  EXPECT_TRUE(contains(*module, "linalg"));
  EXPECT_TRUE(contains(*module, "act"));
  EXPECT_FALSE(contains(*module, "memref"));
}

// A pass keeps nothing between runs.
TEST_F(EmbeddingTest, RunsAPassAgain) {
  auto module = parse("func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {\n"
                      "  %y = act.relu %x : tensor<4xf32>\n"
                      "  return %y : tensor<4xf32>\n"
                      "}\n"
                      "func.func @g(%x: tensor<4xf32>) {\n"
                      "  return\n"
                      "}\n");
  mlir::PassManager manager(module->getContext());
  manager.addPass(act::createActInline());
  auto f = module->lookupSymbol<mlir::func::FuncOp>("f");
  auto g = module->lookupSymbol<mlir::func::FuncOp>("g");
  for (int run = 0; run != 2; ++run) {
    mlir::OpBuilder builder(&g.getBody().front().front());
    mlir::func::CallOp::create(builder, g.getLoc(), f, g.getArguments());
    ASSERT_TRUE(succeeded(manager.run(*module)));
    int calls = 0;
    module->walk([&](mlir::func::CallOp) { ++calls; });
    EXPECT_EQ(calls, 0);
  }
}

TEST_F(EmbeddingTest, Fuses) {
  auto module = parse(gated);
  mlir::RewritePatternSet patterns(module->getContext());
  act::FuseOptions options;
  options.strict = true; // every bit of the results stays
  act::populateActFusePatterns(patterns, options);
  ASSERT_TRUE(
      succeeded(mlir::applyPatternsGreedily(*module, std::move(patterns))));
  EXPECT_TRUE(module
                  ->walk([](mlir::Operation *op) {
                    return op->getName().getStringRef() == "act.gate"
                               ? WalkResult::interrupt()
                               : WalkResult::advance();
                  })
                  .wasInterrupted());
}

//===----------------------------------------------------------------------===//
// Scalars and vectors alone
//===----------------------------------------------------------------------===//

mlir::LogicalResult expandScalars(mlir::Operation *kernel) {
  mlir::RewritePatternSet patterns(kernel->getContext());
  act::ExpandOptions options;
  options.hasFMA = true; // else math.fma is expanded too
  act::populateActExpandRulePatterns(patterns, options);
  act::populateActExpandGatePatterns(patterns, options);
  act::populateActExpandMathPatterns(patterns, options);
  act::populateActExpandConversionPatterns(patterns, options);
  return mlir::applyPatternsGreedily(kernel, std::move(patterns));
}

TEST_F(EmbeddingTest, ExpandsScalars) {
  // What the patterns make must be loaded; passes do it by their dependent
  // dialects.
  context.loadDialect<arith::ArithDialect, math::MathDialect>();
  auto module = parse(scalars);
  ASSERT_TRUE(succeeded(expandScalars(*module)));
  EXPECT_FALSE(contains(*module, "act"));
  EXPECT_TRUE(contains(*module, "arith"));
}

TEST_F(EmbeddingTest, Decomposes) {
  auto module = parse(gated);
  mlir::PassManager manager(module->getContext());
  manager.addNestedPass<mlir::func::FuncOp>(act::createActDecompose());
  ASSERT_TRUE(succeeded(manager.run(*module)));
  EXPECT_FALSE(contains(*module, "act"));
  EXPECT_TRUE(contains(*module, "linalg"));
}

//===----------------------------------------------------------------------===//
// GPUs
//===----------------------------------------------------------------------===//

TEST_F(EmbeddingTest, RunsGPUKernels) {
  auto module = parse(forward);
  act::CompileOptions options;
  options.entry = "forward";
  options.device = act::Device::SIMT; // CUDA where there is a GPU
  options.chip = "sm_90";
  auto kernel = act::Kernel::compile(*module, options);
  ASSERT_TRUE(bool(kernel)) << llvm::toString(kernel.takeError());
  std::vector<float> x{-3, -1, 0.5, 2}, y;
  ASSERT_EQ(llvm::toString(call(**kernel, x, y)), "");
  for (size_t i = 0; i != x.size(); ++i)
    EXPECT_NEAR(y[i], gelu(x[i]), 5e-7);
}

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
compileAhead(mlir::ModuleOp module) {
  act::CompileOptions options;
  options.entry = "forward";
  options.targetCPU = "x86-64-v3"; // not this machine's
  options.threads = 1;             // no OpenMP
  options.matrixProducts = act::MatrixProducts::Loops;
  return act::compileObject(module, options);
}

TEST_F(EmbeddingTest, CompilesAhead) {
  auto module = parse(forward);
  auto object = compileAhead(*module);
  ASSERT_TRUE(bool(object)) << llvm::toString(object.takeError());
  auto symbols = act::undefinedSymbols((*object)->getMemBufferRef());
  ASSERT_TRUE(bool(symbols));
  EXPECT_TRUE(symbols->empty());
}

} // namespace
