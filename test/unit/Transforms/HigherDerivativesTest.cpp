//===- HigherDerivativesTest.cpp - The pass on its own output -------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file differentiates activations three times and compares the result, in
// f64, with nested dual numbers over MPFR.
//
//===----------------------------------------------------------------------===//

#include "DerivativeFixture.h"
#include "Interpreter.h"

#include "Act/Rules/DualAlgebra.h"
#include "Act/Rules/HostAlgebra.h"
#include "Act/Rules/MPFRAlgebra.h"

#include "mlir/Parser/Parser.h"

#include <cmath>

using namespace act;
using namespace mlir;

using Dual1 = DualAlgebra<MPFRAlgebra>;
using Dual2 = DualAlgebra<Dual1>;
using Dual3 = DualAlgebra<Dual2>;

namespace {
class HigherDerivativesTest : public DerivativeTest,
                              public testing::WithParamInterface<const char *> {
};
} // namespace

TEST_P(HigherDerivativesTest, ThirdAgreesWithMPFR) {
  std::string text = std::string("func.func @f(%x: f64) -> f64 {\n  %y = ") +
                     GetParam() + " : f64\n  return %y : f64\n}\n";
  auto module = parseSourceString<ModuleOp>(text, &context);
  ASSERT_TRUE(module);
  auto f = module->lookupSymbol<func::FuncOp>("f");
  func::FuncOp third = f;
  for (int order = 0; order != 3 && third; ++order)
    third = derive(third, /*numArguments=*/1);
  ASSERT_TRUE(third);

  MPFRAlgebra base(256);
  Dual1 d1(base);
  Dual2 d2(d1);
  Dual3 d3(d2);
  HostAlgebra<double> host;
  for (double x = -8; x <= 8; x += 0.171875) {
    Dual3::Value point =
        d3.variable(d2.variable(d1.variable(base.constant(x))));
    double wanted = Interpreter<Dual3>(d3)
                        .run(f, {point})[0]
                        .tangent.tangent.tangent.toDouble();
    double found =
        Interpreter<HostAlgebra<double>>(host).run(third, {x, 1, 1, 1})[0];
    EXPECT_LE(std::fabs(found - wanted),
              1e-10 * std::max(1.0, std::fabs(wanted)))
        << "at " << x << ": " << found << ", expected " << wanted;
  }
}

INSTANTIATE_TEST_SUITE_P(Activations, HigherDerivativesTest,
                         ::testing::Values("act.tanh %x", "act.gelu %x",
                                           "act.softplus %x",
                                           "act.gelu %x approximate(tanh)",
                                           "act.mish %x", "act.silu %x"));
