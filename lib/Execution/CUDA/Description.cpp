//===- Description.cpp - What a launcher must know, as JSON ---------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file writes the description of kernels and of their launches.
//
//===----------------------------------------------------------------------===//

#include "KernelInfo.h"
#include "Kernels.h"
#include "LaunchPlan.h"

#include "Act/Execution/CompileGPU.h"
#include "Act/Execution/Signature.h"
#include "Act/Version.h"

#include "mlir/IR/BuiltinAttributes.h"

using namespace act;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
namespace json = llvm::json;

/// Changes of the form that a launcher has to know of.
static constexpr int schemaVersion = 1;

static json::Value toJSON(mlir::Attribute attribute) {
  if (auto text = llvm::dyn_cast<mlir::StringAttr>(attribute))
    return text.getValue();
  if (auto flag = llvm::dyn_cast<mlir::BoolAttr>(attribute))
    return flag.getValue();
  if (auto number = llvm::dyn_cast<mlir::IntegerAttr>(attribute))
    return number.getValue().getSExtValue();
  if (auto list = llvm::dyn_cast<mlir::ArrayAttr>(attribute))
    return json::Array(llvm::map_range(list, toJSON));
  if (auto list = llvm::dyn_cast<mlir::DenseI64ArrayAttr>(attribute))
    return json::Array(list.asArrayRef());
  if (auto fields = llvm::dyn_cast<mlir::DictionaryAttr>(attribute)) {
    json::Object object;
    for (mlir::NamedAttribute field : fields)
      object[field.getName().getValue()] = toJSON(field.getValue());
    return object;
  }
  std::string text;
  llvm::raw_string_ostream(text) << attribute;
  return text;
}

static json::Value toJSON(const std::optional<std::array<unsigned, 3>> &sizes) {
  return sizes ? json::Value(json::Array(*sizes)) : json::Value(nullptr);
}

/// Writes a value on one line.
static void writeShort(json::OStream &os, const json::Value &value) {
  os.rawValue([&](llvm::raw_ostream &stream) { stream << value; });
}

static void writeShort(json::OStream &os, StringRef name,
                       const json::Value &value) {
  os.attributeBegin(name);
  writeShort(os, value);
  os.attributeEnd();
}

/// Writes steps, a line each, with those inside of others below them.
static void writeSteps(json::OStream &os, StringRef name,
                       const json::Array &steps) {
  os.attributeArray(name, [&] {
    for (const json::Value &value : steps) {
      const json::Object &step = *value.getAsObject();
      if (!step.get("if") && !step.get("for")) {
        writeShort(os, value);
        continue;
      }
      os.object([&] {
        for (StringRef key : {"if", "for", "from", "to", "step"})
          if (const json::Value *field = step.get(key))
            writeShort(os, key, *field);
        for (StringRef key : {"then", "else", "do"})
          if (const json::Array *inner = step.getArray(key))
            writeSteps(os, key, *inner);
      });
    }
  });
}

static void writeArgument(json::OStream &os, const ArgumentInfo &info,
                          StringRef role) {
  os.object([&] {
    os.attribute("name", info.name);
    os.attribute("role", info.isScalar ? "number" : role);
    os.attribute("type", elementTypeName(info.type));
    json::Array shape;
    for (int64_t size : info.shape)
      shape.push_back(size < 0 ? json::Value(nullptr) : json::Value(size));
    writeShort(os, "shape", std::move(shape));
  });
}

namespace {
/// What the assembler says of the kernels, or why it says nothing.
struct Report {
  std::optional<Cubin> cubin;
  std::string missing;
};
} // namespace

static void writeResources(json::OStream &os, const KernelInfo &info,
                           const Report &report) {
  const KernelResources *resources = nullptr;
  if (report.cubin)
    if (auto found = report.cubin->kernels.find(info.name);
        found != report.cubin->kernels.end())
      resources = &found->second;
  auto attribute = [&](StringRef name, unsigned KernelResources::*field) {
    os.attribute(name, resources ? json::Value(resources->*field)
                                 : json::Value(nullptr));
  };
  attribute("registers", &KernelResources::registers);
  attribute("stack", &KernelResources::stack);
  attribute("spill_stores", &KernelResources::spillStores);
  attribute("spill_loads", &KernelResources::spillLoads);
}

static void writeKernel(json::OStream &os, const KernelInfo &info,
                        const LaunchPlan::Launch *launch,
                        const Report &report) {
  os.object([&] {
    os.attribute("name", info.name);
    os.attributeArray("parameters", [&] {
      for (auto [index, parameter] : llvm::enumerate(info.parameters))
        writeShort(os, json::Object{{"name", info.name + "_param_" +
                                                 std::to_string(index)},
                                    {"type", parameter.type},
                                    {"size", parameter.size},
                                    {"offset", parameter.offset},
                                    {"value", launch ? launch->arguments[index]
                                                     : json::Value(nullptr)}});
    });
    writeShort(os, "grid",
               launch ? json::Value(json::Array(launch->grid))
                      : json::Value(nullptr));
    writeShort(os, "block", toJSON(info.block));
    writeShort(os, "cluster", toJSON(info.cluster));
    writeShort(os, "shared",
               json::Object{{"static", int64_t(info.staticShared)},
                            {"dynamic", launch ? launch->dynamicShared
                                               : json::Value(nullptr)}});
    writeResources(os, info, report);
    writeShort(os, "schedule",
               info.schedule ? toJSON(info.schedule) : json::Value(nullptr));
  });
}

/// The names of the arguments of host code: inputs, then outputs. An output
/// that is called as an input gets another name.
static std::vector<std::string> argumentNames(Signature &signature) {
  std::vector<std::string> names;
  for (const ArgumentInfo &info : signature.inputs)
    names.push_back(info.name);
  for (ArgumentInfo &info : signature.outputs) {
    while (llvm::is_contained(names, info.name))
      info.name += "_out";
    names.push_back(info.name);
  }
  return names;
}

Error GPUProgram::describe(llvm::raw_ostream &stream) const {
  Expected<Signature> signature = getSignature(module.get(), entry);
  if (!signature)
    return signature.takeError();
  std::vector<std::string> names = argumentNames(*signature);
  auto host = module.get().lookupSymbol<mlir::func::FuncOp>(entry);
  Expected<LaunchPlan> plan = makeLaunchPlan(host, names);
  if (!plan)
    return plan.takeError();
  Expected<mlir::gpu::GPUModuleOp> kernels = findKernels(module.get(), entry);
  if (!kernels)
    return kernels.takeError();
  std::vector<KernelInfo> infos;
  for (auto kernel : kernels->getOps<mlir::gpu::GPUFuncOp>()) {
    if (!kernel.isKernel())
      continue;
    Expected<KernelInfo> info = describeKernel(kernel);
    if (!info)
      return info.takeError();
    infos.push_back(std::move(*info));
  }
  Report report;
  if (Expected<Cubin> cubin = assemble())
    report.cubin = std::move(*cubin);
  else if (!cubin.errorIsA<NoAssembler>())
    return cubin.takeError();
  else
    report.missing = toString(cubin.takeError());

  json::OStream os(stream, /*IndentSize=*/2);
  os.object([&] {
    os.attribute("schema", schemaVersion);
    os.attribute("act", getVersion());
    os.attribute("chip", target.name);
    os.attribute("ptx_version", target.ptxVersionText());
    os.attribute("assembler", report.cubin
                                  ? json::Value(report.cubin->assembler)
                                  : json::Value(nullptr));
    if (!report.cubin)
      os.attribute("resources_missing", report.missing);
    os.attribute("entry", entry);
    os.attributeArray("arguments", [&] {
      for (const ArgumentInfo &info : signature->inputs)
        writeArgument(os, info, "input");
      for (const ArgumentInfo &info : signature->outputs)
        writeArgument(os, info, "output");
    });
    os.attributeArray("kernels", [&] {
      for (const KernelInfo &info : infos) {
        auto launch = plan->kernels.find(info.name);
        writeKernel(os, info,
                    launch == plan->kernels.end() ? nullptr : &launch->second,
                    report);
      }
    });
    writeSteps(os, "steps", plan->steps);
  });
  stream << "\n";
  return Error::success();
}
