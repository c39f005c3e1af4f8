//===- act-plot.cpp - Charts of activations -------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file draws f and f' of the rules, evaluated in f64 from their
// definitions.
//
//===----------------------------------------------------------------------===//

#include "SvgChart.h"

#include "Act/CommandLine.h"
#include "Act/Rules/HostAlgebra.h"
#include "Act/Rules/RuleInfo.h"
#include "Act/Rules/Rules.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace llvm;
using namespace act;

static cl::OptionCategory category("act-plot options");
static cl::list<std::string> functions(cl::Positional, cl::OneOrMore,
                                       cl::desc("FUNCTION..."),
                                       cl::cat(category));
static cl::opt<std::string> output("o", cl::desc("Where the chart goes"),
                                   cl::value_desc("FILE.svg|-"), cl::init("-"),
                                   cl::cat(category));
static cl::opt<std::string> range("range", cl::desc("Values of x"),
                                  cl::value_desc("a:b"), cl::init("-5:5"),
                                  cl::cat(category));
static cl::opt<unsigned>
    derivatives("derivatives", cl::desc("0: f alone; 1: f and f' (default)"),
                cl::init(1), cl::cat(category));
static cl::list<std::string> parameterValues("params",
                                             cl::desc("Values of parameters"),
                                             cl::value_desc("name=value,..."),
                                             cl::CommaSeparated,
                                             cl::cat(category));

static const char overview[] =
    "draws activations and their derivatives\n\n"
    "Examples:\n"
    "  act-plot gelu -o gelu.svg\n"
    "  act-plot relu leaky_relu gelu silu tanh sigmoid -o six.svg\n"
    "  act-plot elu --params=alpha=0.5 --range=-3:3 -o elu.svg\n";

/// Reports a usage error; the exit status of the tool.
static int usage(const Twine &message) {
  errs() << "act-plot: error: " << message << "\n";
  return 2;
}

/// The rule's parameters in order: given ones, else defaults. An operand
/// parameter without a default is drawn at its first test value.
static std::vector<double> parametersOf(const rules::RuleInfo &info,
                                        const StringMap<double> &given) {
  std::vector<double> values;
  for (const rules::ParameterInfo &parameter : info.parameters) {
    auto it = given.find(parameter.name);
    if (it != given.end())
      values.push_back(it->second);
    else if (parameter.hasDefault)
      values.push_back(parameter.defaultValue());
    else
      values.push_back(parameter.testValues.front().asDouble());
  }
  return values;
}

static Chart makeChart(rules::RuleId rule, double low, double high,
                       const std::vector<double> &parameters) {
  constexpr int count = 401;
  const rules::RuleInfo &info = rules::ruleInfo(rule);
  HostAlgebra<double> algebra;
  Chart chart{std::string(info.name), low, high, {}};
  chart.curves.push_back({"f", {}, false});
  if (derivatives)
    chart.curves.push_back({"f'", {}, true});
  for (int i = 0; i != count; ++i) {
    double x = low + i * (high - low) / (count - 1);
    chart.curves[0].points.push_back(
        {x, rules::define(algebra, rule, x, parameters.data())});
    if (derivatives)
      chart.curves[1].points.push_back(
          {x, rules::textbookDerivative(algebra, rule, x, parameters.data())});
  }
  return chart;
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  if (std::optional<std::string> wrong =
          parseCommandLine(argc, argv, overview, category))
    return usage(*wrong);

  auto [lowText, highText] = StringRef(range).split(':');
  double low, high;
  if (lowText.getAsDouble(low) || highText.getAsDouble(high) || !(low < high))
    return usage("--range: expected a:b with a < b, got '" + range + "'");
  if (derivatives > 1)
    return usage("--derivatives: expected 0 or 1");

  StringMap<double> given;
  for (const std::string &entry : parameterValues) {
    auto [name, text] = StringRef(entry).split('=');
    double value;
    if (text.getAsDouble(value))
      return usage("--params: expected name=value, got '" + entry + "'");
    given[name] = value;
  }

  std::vector<Chart> charts;
  StringSet<> used;
  for (const std::string &name : functions) {
    std::optional<rules::RuleId> rule = rules::findRule(name);
    if (!rule) {
      std::string known;
      for (rules::RuleId id : rules::allRules())
        known +=
            (known.empty() ? "" : ", ") + std::string(rules::ruleInfo(id).name);
      return usage("unknown function '" + name + "'; known are " + known);
    }
    const rules::RuleInfo &info = rules::ruleInfo(*rule);
    for (const rules::ParameterInfo &parameter : info.parameters)
      used.insert(parameter.name);
    charts.push_back(makeChart(*rule, low, high, parametersOf(info, given)));
  }
  for (const auto &entry : given)
    if (!used.contains(entry.getKey()))
      return usage("--params: no drawn function has a parameter '" +
                   entry.getKey() + "'");

  std::error_code error;
  ToolOutputFile file(output, error, sys::fs::OF_Text);
  if (error) {
    errs() << "act-plot: error: cannot write '" << output
           << "': " << error.message() << "\n";
    return 1;
  }
  file.os() << renderSvg(charts, 3);
  file.keep();
  return 0;
}
