//===- RandomProgramsTest.cpp - Derivatives of random programs ------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file differentiates random programs of 2 to 12 operations in f64, and
// compares gradients, tangents and second derivatives with dual numbers and
// with central differences.
//
//===----------------------------------------------------------------------===//

#include "DerivativeFixture.h"
#include "Interpreter.h"

#include "Act/Rules/DualAlgebra.h"
#include "Act/Rules/HostAlgebra.h"

#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"

#include <cmath>
#include <random>

using namespace act;
using namespace mlir;

using Host = HostAlgebra<double>;
using Dual = DualAlgebra<Host>;
using SecondDual = DualAlgebra<Dual>;

namespace {

/// One program: a function of x and y with a single result.
class Generator {
public:
  explicit Generator(unsigned seed) : random(seed) {}

  std::string text() {
    body = "func.func @f(%v0: f64, %v1: f64) -> f64 {\n";
    unsigned length = 2 + random() % 11;
    for (unsigned i = 0; i != length; ++i)
      append();
    return body + "  return %v" + std::to_string(count - 1) + " : f64\n}\n";
  }

private:
  /// Any value, the last one most of the time.
  std::string operand() {
    unsigned index = random() % 3 ? count - 1 : random() % count;
    return "%v" + std::to_string(index);
  }

  void append() {
    static const char *const unary[] = {
        "act.sigmoid",     "act.tanh",      "act.relu",       "act.relu6",
        "act.elu",         "act.selu",      "act.gelu",       "act.silu",
        "act.mish",        "act.softplus",  "act.softsign",   "act.logsigmoid",
        "act.hardsigmoid", "act.hardswish", "act.leaky_relu", "math.tanh",
        "math.erf",        "math.absf",     "arith.negf",     "math.exp",
        "math.expm1",      "math.exp2",     "math.floor"};
    static const char *const binary[] = {
        "arith.addf",     "arith.subf",    "arith.mulf",    "arith.maximumf",
        "arith.minimumf", "arith.maxnumf", "arith.minnumf", "act.prelu",
        "act.swish",      "math.copysign"};
    // Functions with a domain, of an operand that is within it.
    static const char *const positive[] = {"math.log", "math.log2", "math.sqrt",
                                           "math.rsqrt", "math.log1p"};
    std::string x = operand(), y = operand();
    switch (random() % 8) {
    case 0: {
      // 1.5 + x^2 as an argument or a divisor.
      std::string one = add("arith.constant 1.5");
      std::string square = add("arith.mulf " + x + ", " + x);
      std::string sum = add("arith.addf " + square + ", " + one);
      if (random() % 2)
        add("arith.divf " + y + ", " + sum);
      else
        add(std::string(positive[random() % std::size(positive)]) + " " + sum);
      return;
    }
    case 1: {
      std::string less = "%c" + std::to_string(count);
      body += "  " + less + " = arith.cmpf olt, " + x + ", " + y + " : f64\n";
      add("arith.select " + less + ", " + y + ", " + operand());
      return;
    }
    case 2:
      add("math.fma " + x + ", " + y + ", " + operand());
      return;
    case 3:
    case 4: {
      std::string name = binary[random() % std::size(binary)];
      bool isAct = name.substr(0, 4) == "act.";
      body += "  %v" + std::to_string(count++) + " = " + name + " " + x + ", " +
              y + (isAct ? " : f64, f64\n" : " : f64\n");
      return;
    }
    default: {
      std::string name = unary[random() % std::size(unary)];
      if (name == "act.gelu") {
        static const char *const forms[] = {"none", "tanh", "sigmoid"};
        x += std::string(" approximate(") + forms[random() % 3] + ")";
      }
      add(name + " " + x);
    }
    }
  }

  std::string add(const std::string &operation) {
    std::string name = "%v" + std::to_string(count++);
    body += "  " + name + " = " + operation + " : f64\n";
    return name;
  }

  std::mt19937 random;
  std::string body;
  unsigned count = 2;
};

using RandomProgramsTest = DerivativeTest;

} // namespace

static double value(func::FuncOp f, double x, double y) {
  Host host;
  return Interpreter<Host>(host).run(f, {x, y})[0];
}

static void expectNear(double found, double wanted, double bound,
                       const char *what, const std::string &program) {
  EXPECT_LE(std::fabs(found - wanted), bound * std::max(1.0, std::fabs(wanted)))
      << what << ": " << found << ", expected " << wanted << " of\n"
      << program;
}

TEST_F(RandomProgramsTest, AgreeWithDualNumbersAndDifferences) {
  unsigned numCompared = 0, numDifferences = 0;
  for (unsigned seed = 0; seed != 500; ++seed) {
    std::string text = Generator(seed).text();
    auto module = parseSourceString<ModuleOp>(text, &context);
    ASSERT_TRUE(module) << text;
    auto f = module->lookupSymbol<func::FuncOp>("f");
    func::FuncOp vjp = derive(f, /*numArguments=*/2);
    func::FuncOp jvp = derive(f, /*numArguments=*/2, /*forward=*/true);
    ASSERT_TRUE(vjp && jvp) << text;
    func::FuncOp second = derive(vjp, /*numArguments=*/2);
    ASSERT_TRUE(second) << text;
    ASSERT_TRUE(succeeded(verify(*module))) << text;

    std::mt19937 random(seed + 1000);
    std::uniform_real_distribution<double> uniform(-2, 2);
    double x = uniform(random), y = uniform(random);
    if (!(std::fabs(value(f, x, y)) < 1e3))
      continue;
    ++numCompared;

    Host host;
    Dual dual(host);
    Interpreter<Dual> duals(dual);
    double dx = duals.run(f, {dual.variable(x), dual.still(y)})[0].tangent;
    double dy = duals.run(f, {dual.still(x), dual.variable(y)})[0].tangent;
    Interpreter<Host> numbers(host);
    std::vector<double> gradients = numbers.run(vjp, {x, y, 1});
    expectNear(gradients[0], dx, 1e-12, "gradient of x", text);
    expectNear(gradients[1], dy, 1e-12, "gradient of y", text);
    double tangent = numbers.run(jvp, {x, y, 0.5, -2})[0];
    expectNear(tangent, 0.5 * dx - 2 * dy, 1e-12, "tangent", text);

    // The gradients, contracted with ones, differentiated by x.
    SecondDual secondDual(dual);
    Interpreter<SecondDual> secondDuals(secondDual);
    auto mixed = [&](bool first, bool other) {
      Dual::Value vx = first ? dual.variable(x) : dual.still(x);
      Dual::Value vy = first ? dual.still(y) : dual.variable(y);
      SecondDual::Value sx{vx, dual.constant(other ? 1.0 : 0.0)};
      SecondDual::Value sy{vy, dual.constant(other ? 0.0 : 1.0)};
      return secondDuals.run(f, {sx, sy})[0].tangent.tangent;
    };
    std::vector<double> twice = numbers.run(second, {x, y, 1, 1, 1});
    double dxx = mixed(true, true), dxy = mixed(true, false),
           dyy = mixed(false, false);
    if (std::isfinite(dxx + dxy + dyy) && std::fabs(dxx) < 1e4 &&
        std::fabs(dxy) < 1e4 && std::fabs(dyy) < 1e4) {
      expectNear(twice[0], dxx + dxy, 1e-10, "second derivative by x", text);
      expectNear(twice[1], dxy + dyy, 1e-10, "second derivative by y", text);
    }

    // Differences, where the function is smooth and moderate.
    double h = 1e-5;
    double middle = value(f, x, y);
    for (bool byX : {true, false}) {
      double above = byX ? value(f, x + h, y) : value(f, x, y + h);
      double below = byX ? value(f, x - h, y) : value(f, x, y - h);
      double right = (above - middle) / h, left = (middle - below) / h;
      double gradient = byX ? dx : dy;
      if (std::fabs(gradient) > 1e2 ||
          std::fabs(right - left) > 1e-2 * std::max(1.0, std::fabs(right)))
        continue; // A kink is nearer than h, or it bends too much.
      ++numDifferences;
      expectNear(gradients[byX ? 0 : 1], (above - below) / (2 * h), 1e-6,
                 byX ? "difference by x" : "difference by y", text);
    }
  }
  EXPECT_GE(numCompared, 400u);
  EXPECT_GE(numDifferences, 700u);
}
