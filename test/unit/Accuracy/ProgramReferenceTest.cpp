//===- ProgramReferenceTest.cpp - Tests of exact entries ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests the exact results of entries.
//
//===----------------------------------------------------------------------===//

#include "Act/Accuracy/ProgramReference.h"
#include "Act/InitAct.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Parser/Parser.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace act;
using namespace mlir;

namespace {

class ProgramReferenceTest : public ::testing::Test {
protected:
  ProgramReferenceTest() {
    DialectRegistry registry;
    registerDialects(registry);
    context.appendDialectRegistry(registry);
  }

  /// The figures of the first output of the only function of `source`.
  llvm::Expected<OutputAccuracy>
  check(const char *source, std::vector<TensorView> inputs, TensorView output) {
    module = parseSourceString<ModuleOp>(source, &context, "entry.mlir");
    EXPECT_TRUE(module);
    auto results =
        checkProgram(*module->getOps<func::FuncOp>().begin(), inputs, output);
    if (!results)
      return results.takeError();
    return results->front();
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

static TensorView view(std::vector<float> &data, std::vector<int64_t> shape) {
  return TensorView::contiguous(ElementType::F32, data.data(), shape);
}

TEST_F(ProgramReferenceTest, NothingIsRoundedOnTheWay) {
  // (x + 2^24) - 2^24 is x over the reals.
  const char *source = R"(func.func @f(%x: tensor<?xf32>) -> tensor<?xf32> {
    %c = arith.constant 16777216.0 : f32
    %z = arith.constant 0 : index
    %n = tensor.dim %x, %z : tensor<?xf32>
    %e = tensor.empty(%n) : tensor<?xf32>
    %r = linalg.generic {
        indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
        iterator_types = ["parallel"]}
        ins(%x : tensor<?xf32>) outs(%e : tensor<?xf32>) {
    ^bb0(%a: f32, %o: f32):
      %s = arith.addf %a, %c : f32
      %t = arith.subf %s, %c : f32
      linalg.yield %t : f32
    } -> tensor<?xf32>
    return %r : tensor<?xf32>
  })";
  std::vector<float> x = {0.25f, 3.0f}, y = {0.25f, 4.0f};
  auto accuracy = check(source, {view(x, {2})}, view(y, {2}));
  ASSERT_TRUE(bool(accuracy));
  EXPECT_EQ(accuracy->count, 2u);
  EXPECT_NEAR(accuracy->maxUlps, 0x1p22, 1);
  EXPECT_NEAR(accuracy->meanUlps, 0x1p21, 1);
  EXPECT_EQ(accuracy->worstIndex, std::vector<int64_t>{1});
  EXPECT_EQ(accuracy->worstExact, 3.0);
  EXPECT_EQ(accuracy->worstResult, 4.0);
}

TEST_F(ProgramReferenceTest, BroadcastsParametersAndSumsTheirGradients) {
  const char *source = R"(
    func.func @f(%dy: tensor<2x2xf32>, %x: tensor<2x2xf32>, %w: tensor<2xf32>)
        -> tensor<2xf32> {
      %dx, %dw = act.prelu_backward %dy, %x, %w
          : tensor<2x2xf32>, tensor<2xf32>
      return %dw : tensor<2xf32>
    })";
  std::vector<float> dy = {1, 2, 3, 4}, x = {-1, 5, -2, -3}, w = {2, 7};
  std::vector<float> y = {-7, -12};
  auto accuracy = check(
      source, {view(dy, {2, 2}), view(x, {2, 2}), view(w, {2})}, view(y, {2}));
  ASSERT_TRUE(bool(accuracy));
  EXPECT_NEAR(accuracy->maxUlps, 0, 1e-6);
  y = {-7, -13};
  accuracy = check(source, {view(dy, {2, 2}), view(x, {2, 2}), view(w, {2})},
                   view(y, {2}));
  ASSERT_TRUE(bool(accuracy));
  EXPECT_GT(accuracy->maxUlps, 1e6);
}

TEST_F(ProgramReferenceTest, ZeroRuleAndNonFiniteNumbers) {
  const char *source = R"(
    func.func @f(%dy: tensor<4xf32>, %x: tensor<4xf32>) -> tensor<4xf32> {
      %dx = act.relu_backward %dy, %x : tensor<4xf32>
      return %dx : tensor<4xf32>
    })";
  float inf = INFINITY;
  std::vector<float> dy = {inf, NAN, inf, 1}, x = {-1, -inf, 2, NAN};
  std::vector<float> y = {0, 0, inf, NAN};
  auto accuracy = check(source, {view(dy, {4}), view(x, {4})}, view(y, {4}));
  ASSERT_TRUE(bool(accuracy));
  EXPECT_EQ(accuracy->nanMismatches, 0u);
  EXPECT_NEAR(accuracy->maxUlps, 0, 1e-6);
}

TEST_F(ProgramReferenceTest, NamesWhatHasNoReference) {
  const char *source = R"(func.func @f(%x: tensor<4xf32>) -> tensor<2x2xf32> {
    %y = act.silu %x : tensor<4xf32>
    %z = tensor.expand_shape %y [[0, 1]] output_shape [2, 2]
        : tensor<4xf32> into tensor<2x2xf32>
    return %z : tensor<2x2xf32>
  })";
  std::vector<float> x(4), y(4);
  auto accuracy = check(source, {view(x, {4})}, view(y, {2, 2}));
  ASSERT_FALSE(bool(accuracy));
  EXPECT_EQ(llvm::toString(accuracy.takeError()),
            "entry.mlir:3:10: 'tensor.expand_shape' has no exact reference: "
            "only elementwise functions have one");
}

} // namespace
