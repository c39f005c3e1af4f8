//===- KernelRun.cpp - Rules through the product --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file writes the operation of a subject as MLIR, compiles and runs it.
//
//===----------------------------------------------------------------------===//

#include "KernelRun.h"

#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cstring>

using namespace llvm;
using namespace act;
using rules::Part;
using rules::Tier;

std::string KernelSetup::label() const {
  std::string text = tier == Tier::Exact     ? "exact"
                     : tier == Tier::Default ? "default"
                                             : "fast";
  if (tier == Tier::Fast)
    text += ", " + std::string(approximations.name);
  text += ", " + (cpu.empty() ? "this CPU" : cpu);
  if (threads != 1)
    text += ", " + std::to_string(threads) + " threads";
  if (operandParameters)
    text += ", operand";
  if (sums)
    text += ", summed";
  return text;
}

namespace {

/// The text of a module with one function.
class ModuleText {
public:
  ModuleText(const Subject &subject, const KernelSetup &setup)
      : subject(subject), setup(setup), type(setup.format->name) {}

  bool hasOperand() const { return operand() != nullptr; }
  bool isPerElement() const {
    return subject.part == Part::ParameterDerivative && !setup.sums;
  }

  std::string write() const {
    bool forward = subject.part == Part::Forward;
    std::string data = isPerElement() ? "tensor<1x?x" : "tensor<?x";
    data += type + ">";
    std::string parameter = isPerElement() ? "tensor<?x" + type + ">" : type;
    std::string parameters = hasOperand() ? ", %p: " + parameter : "";
    std::string operands = hasOperand() ? ", %p" : "";
    std::string types = data + (hasOperand() ? ", " + parameter : "");
    std::string inputs = forward ? "%x: " + data
                                 : "%dy: " + data + ", %x: " + data;
    std::string result =
        subject.part == Part::ParameterDerivative ? parameter : data;
    std::string results = forward || !hasOperand() ? "%r" : "%r, %s";
    StringRef returned =
        subject.part == Part::ParameterDerivative ? "%s" : "%r";
    return formatv("func.func @f({0}{1}) -> {2} {{\n"
                   "  {3} = {4}{5}{6} : {7}\n"
                   "  return {8} : {2}\n}\n",
                   inputs, parameters, result, results, operation(), operands,
                   suffix(), types, returned)
        .str();
  }

private:
  /// The parameter that is an operand, or null.
  const rules::ParameterInfo *operand() const {
    for (const rules::ParameterInfo &info : subject.info().parameters)
      if (info.operand &&
          (!info.hasDefault || setup.operandParameters ||
           subject.part == Part::ParameterDerivative))
        return &info;
    return nullptr;
  }

  std::string operation() const {
    StringRef name = subject.info().name;
    if (!subject.info().isActivation)
      return "math." + name.str() + " %x";
    if (name.starts_with("gelu"))
      name = "gelu";
    return subject.part == Part::Forward
               ? "act." + name.str() + " %x"
               : "act." + name.str() + "_backward %dy, %x";
  }

  /// What follows the operands.
  std::string suffix() const {
    std::string text;
    StringRef name = subject.info().name;
    if (name.consume_front("gelu_"))
      text += " approximate(" + name.str() + ")";
    if (subject.part == Part::OutputDerivative)
      text += " saved(output)";
    SmallVector<std::string> attributes;
    for (size_t i = 0; i != subject.parameters.size(); ++i) {
      const rules::ParameterInfo &info = subject.info().parameters[i];
      if (!subject.parameters[i] || &info == operand() ||
          std::isinf(*subject.parameters[i]))
        continue;
      attributes.push_back(
          formatv("{0} = {1:x} : f64", info.name,
                  Format::F64.encode(*subject.parameters[i]))
              .str());
    }
    if (!attributes.empty())
      text += " {" + join(attributes, ", ") + "}";
    return text;
  }

  const Subject &subject;
  const KernelSetup &setup;
  std::string type;
};

/// Patterns as they lie in memory.
class Buffer {
public:
  Buffer(const Format &format, ArrayRef<uint64_t> patterns)
      : Buffer(format, patterns.size()) {
    for (size_t i = 0; i != patterns.size(); ++i)
      std::memcpy(&bytes[i * width], &patterns[i], width);
  }
  Buffer(const Format &format, size_t count)
      : format(format), width(format.bits / 8), bytes(count * width + 1) {}

  TensorView view(ArrayRef<int64_t> shape) {
    return TensorView::contiguous(*findElementType(format.name), bytes.data(),
                                  shape);
  }

  std::vector<uint64_t> patterns() const {
    std::vector<uint64_t> result((bytes.size() - 1) / width);
    for (size_t i = 0; i != result.size(); ++i)
      std::memcpy(&result[i], &bytes[i * width], width);
    return result;
  }

private:
  Format format;
  size_t width;
  std::vector<char> bytes;
};

} // namespace

Expected<KernelRun> KernelRun::create(mlir::MLIRContext &context,
                                      const Subject &subject,
                                      const KernelSetup &setup) {
  ModuleText text(subject, setup);
  KernelRun run;
  run.format = *setup.format;
  run.sums = setup.sums;
  run.perElement = text.isPerElement();
  if (text.hasOperand())
    for (size_t i = 0; i != subject.parameters.size(); ++i)
      if (subject.info().parameters[i].operand)
        run.parameter = run.format.encode(*subject.parameters[i]);

  std::string source = text.write();
  auto module =
      mlir::parseSourceString<mlir::ModuleOp>(source, &context, "kernel.mlir");
  if (!module)
    return createStringError("cannot parse\n" + source);
  CompileOptions options;
  options.accuracy = setup.tier == Tier::Exact     ? "exact"
                     : setup.tier == Tier::Default ? "default"
                                                   : "fast";
  if (setup.tier == Tier::Fast)
    options.device = Device::SIMT;
  options.approximations = setup.approximations.model;
  options.targetCPU = setup.cpu;
  options.threads = setup.threads;
  Expected<std::unique_ptr<Kernel>> kernel =
      Kernel::compile(*module, options);
  if (!kernel)
    return joinErrors(createStringError("cannot compile\n" + source),
                      kernel.takeError());
  run.kernel = std::move(*kernel);
  return run;
}

Expected<std::vector<uint64_t>>
KernelRun::run(ArrayRef<uint64_t> cotangents,
               ArrayRef<uint64_t> inputs) const {
  int64_t count = static_cast<int64_t>(inputs.size());
  SmallVector<int64_t> shape = {count};
  if (perElement)
    shape = {1, count};
  Buffer dy(format, cotangents), x(format, inputs);
  Buffer p(format, std::vector<uint64_t>(perElement ? inputs.size() : 1,
                                         parameter.value_or(0)));
  Buffer out(format, sums ? 1 : inputs.size());
  std::vector<TensorView> arguments;
  if (!cotangents.empty() || kernel->signature().inputs.size() ==
                                 (parameter ? 3u : 2u))
    arguments.push_back(dy.view(shape));
  arguments.push_back(x.view(shape));
  if (parameter)
    arguments.push_back(perElement ? p.view({count}) : p.view({}));
  TensorView result = sums         ? out.view({})
                      : perElement ? out.view({count})
                                   : out.view(shape);
  if (Error error = kernel->invoke(arguments, result))
    return std::move(error);
  return out.patterns();
}
