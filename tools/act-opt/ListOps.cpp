//===- ListOps.cpp - The functions as a list ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements `--act-list-ops`: the operations as the dialect has
// them, with what their rules know.
//
//===----------------------------------------------------------------------===//

#include "ListOps.h"

#include "Act/IR/Act.h"
#include "Act/Rules/RuleInfo.h"

#include "mlir/IR/Builders.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace act;
using rules::Constraint;
using rules::EvaluationInfo;
using rules::ParameterInfo;
using rules::RuleInfo;
using rules::Tier;

namespace {

/// An operation, with the keywords that choose the rule where it has several.
struct Function {
  std::string spelling;
  const RuleInfo *info;
  bool savesOutput;
};

} // namespace

/// The rule of the operation of this name with these attributes.
static const RuleInfo &ruleOf(OpBuilder &builder, Block &block,
                              OperationName name,
                              ArrayRef<NamedAttribute> attributes) {
  OperationState state(builder.getUnknownLoc(), name);
  // A rule is known without its parameters: x serves as each of them.
  size_t operands = name.hasTrait<OpTrait::OneOperand>() ? 1 : 2;
  state.operands.assign(operands, block.getArgument(0));
  state.addTypes(builder.getF32Type());
  state.addAttributes(attributes);
  Operation *op = builder.create(state);
  const RuleInfo &info =
      rules::ruleInfo(cast<ElementwiseRuleOpInterface>(op).getRule());
  op->erase();
  return info;
}

/// All forward operations, in alphabetic order.
static std::vector<Function> findFunctions(MLIRContext &context) {
  context.loadDialect<ActDialect>();
  OpBuilder builder(&context);
  Block block;
  block.addArgument(builder.getF32Type(), builder.getUnknownLoc());
  builder.setInsertionPointToStart(&block);

  auto hasAttribute = [](RegisteredOperationName name, StringRef attribute) {
    return llvm::is_contained(name.getAttributeNames(), attribute);
  };
  SmallVector<RegisteredOperationName> names(context.getRegisteredOperations());
  llvm::sort(names,
             [](RegisteredOperationName lhs, RegisteredOperationName rhs) {
               return lhs.getStringRef() < rhs.getStringRef();
             });
  std::vector<Function> functions;
  for (RegisteredOperationName name : names) {
    if (name.getDialectNamespace() != "act")
      continue;
    std::string spelling = name.getStringRef().str();
    auto backward =
        RegisteredOperationName::lookup(spelling + "_backward", &context);
    if (!name.hasInterface<ElementwiseRuleOpInterface>() || !backward)
      continue;
    bool savesOutput = hasAttribute(*backward, "saved");
    if (!hasAttribute(name, "approximate")) {
      functions.push_back(
          {spelling, &ruleOf(builder, block, name, {}), savesOutput});
      continue;
    }
    for (uint32_t i = 0; i <= getMaxEnumValForApproximate(); ++i) {
      auto choice = *symbolizeApproximate(i);
      NamedAttribute attribute = builder.getNamedAttr(
          "approximate", ApproximateAttr::get(&context, choice));
      functions.push_back({spelling + " approximate(" +
                               stringifyApproximate(choice).str() + ")",
                           &ruleOf(builder, block, name, attribute),
                           savesOutput});
    }
  }
  return functions;
}

static StringRef describe(Constraint constraint) {
  switch (constraint) {
  case Constraint::None:
    return "";
  case Constraint::Positive:
    return "> 0";
  case Constraint::NonNegative:
    return ">= 0";
  }
  llvm_unreachable("a constraint");
}

/// A fraction as it is, else a decimal.
static std::string describeDefault(const ParameterInfo &parameter) {
  StringRef text = parameter.defaultLiteral.text;
  if (text.contains('/'))
    return text.str();
  std::string decimal;
  llvm::raw_string_ostream(decimal)
      << llvm::format("%g", parameter.defaultValue());
  return decimal;
}

/// f(-inf) or f(inf); empty where the rule promises none.
static StringRef limitOf(const RuleInfo &info, unsigned index) {
  if (index >= info.specialValues.size())
    return "";
  StringRef value = info.specialValues[index];
  return value == "?" ? "" : value;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

static void printParameter(const ParameterInfo &parameter, raw_ostream &os) {
  os << "  " << parameter.name;
  if (parameter.hasDefault)
    os << " = " << describeDefault(parameter);
  StringRef constraint = describe(parameter.constraint);
  if (!constraint.empty())
    os << " (" << constraint << ")";
  os << ": " << parameter.description;
  if (parameter.operand)
    os << (parameter.hasDefault ? "; may be an operand" : "; an operand");
  os << "\n";
}

/// The evaluation of f in a fast tier; null where that is as the default.
static const EvaluationInfo *findFast(const RuleInfo &info, Tier tier) {
  const EvaluationInfo *evaluation = rules::findEvaluation(
      info.id, rules::Part::Forward, tier, rules::Width::F32);
  return evaluation && rules::isFast(evaluation->tier) ? evaluation : nullptr;
}

void act::listOps(MLIRContext &context, raw_ostream &os) {
  for (const Function &function : findFunctions(context)) {
    const RuleInfo &info = *function.info;
    os << function.spelling << ": " << info.summary << "\n"
       << "  " << info.latex << "\n"
       << "  " << info.derivativeLatex << "\n";
    for (const ParameterInfo &parameter : info.parameters)
      printParameter(parameter, os);
    StringRef low = limitOf(info, 0), high = limitOf(info, 1);
    if (!low.empty() && !high.empty())
      os << "  f(-inf) = " << low << ", f(inf) = " << high << "\n";
    os << llvm::formatv("  at most {0:f2} ulp (exact), {1:f2} (default)",
                        info.exactBound, info.defaultBound);
    if (const EvaluationInfo *fast = findFast(info, Tier::Fast))
      os << llvm::formatv(", {0:f2} (fast)", fast->bound);
    os << "\n";
    if (function.savesOutput)
      os << "  saved(output)\n";
    os << "\n";
  }
}

//===----------------------------------------------------------------------===//
// JSON
//===----------------------------------------------------------------------===//

static llvm::json::Object toJSON(const ParameterInfo &parameter) {
  llvm::json::Object object{{"name", parameter.name},
                            {"description", parameter.description},
                            {"operand", parameter.operand}};
  if (parameter.hasDefault)
    object["default"] = describeDefault(parameter);
  StringRef constraint = describe(parameter.constraint);
  if (!constraint.empty())
    object["constraint"] = constraint;
  return object;
}

/// In f32; in the fast tier, where there is one, in ulp of each type.
static llvm::json::Object boundsOf(const RuleInfo &info) {
  llvm::json::Object bounds{{"exact", info.exactBound},
                            {"default", info.defaultBound}};
  llvm::json::Object fast;
  if (const EvaluationInfo *evaluation = findFast(info, Tier::Fast))
    fast["f32"] = evaluation->bound;
  if (const EvaluationInfo *evaluation = findFast(info, Tier::FastHalf)) {
    // One rounding, and what an ulp of f32 is of one of the type.
    fast["f16"] = 0.5 + evaluation->bound * 0x1p-13;
    fast["bf16"] = 0.5 + evaluation->bound * 0x1p-16;
  }
  if (!fast.empty())
    bounds["fast"] = std::move(fast);
  return bounds;
}

void act::listOpsAsJSON(MLIRContext &context, raw_ostream &os) {
  llvm::json::Array list;
  for (const Function &function : findFunctions(context)) {
    const RuleInfo &info = *function.info;
    llvm::json::Array parameters;
    for (const ParameterInfo &parameter : info.parameters)
      parameters.push_back(toJSON(parameter));
    llvm::json::Object limits;
    for (unsigned index : {0, 1}) {
      StringRef limit = limitOf(info, index);
      if (!limit.empty())
        limits[index == 0 ? "-inf" : "inf"] = limit;
    }
    list.push_back(llvm::json::Object{{"op", function.spelling},
                                      {"rule", info.name},
                                      {"summary", info.summary},
                                      {"formula", info.latex},
                                      {"gradient", info.derivativeLatex},
                                      {"parameters", std::move(parameters)},
                                      {"limits", std::move(limits)},
                                      {"max_ulp", boundsOf(info)},
                                      {"saved_output", function.savesOutput}});
  }
  os << llvm::formatv("{0:2}", llvm::json::Value(std::move(list))) << "\n";
}
