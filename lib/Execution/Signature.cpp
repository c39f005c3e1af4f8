//===- Signature.cpp - What an entry takes and gives ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file reads the signature of an entry off its function.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/Signature.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace act;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using mlir::func::FuncOp;

static_assert(mlir::ShapedType::kDynamic < 0, "dynamic sizes are negative");

std::optional<ElementType> act::elementTypeOf(mlir::Type type) {
  if (type.isF16())
    return ElementType::F16;
  if (type.isBF16())
    return ElementType::BF16;
  if (type.isF32())
    return ElementType::F32;
  if (type.isF64())
    return ElementType::F64;
  if (type.isIndex())
    return ElementType::Index;
  if (type.isSignlessInteger())
    return findElementType("i" + std::to_string(type.getIntOrFloatBitWidth()));
  return std::nullopt;
}

std::string ArgumentInfo::typeText() const {
  std::string text = shapedTypeText(type, shape);
  return isScalar ? text : "tensor<" + text + ">";
}

bool ArgumentInfo::accepts(llvm::ArrayRef<int64_t> actual) const {
  return actual.size() == shape.size() &&
         llvm::all_of(llvm::zip_equal(shape, actual), [](auto sizes) {
           auto [declared, given] = sizes;
           return declared < 0 || declared == given;
         });
}

/// Describes one argument or result; nothing if it cannot be passed.
static std::optional<ArgumentInfo> describe(mlir::Type type,
                                            mlir::Attribute name,
                                            StringRef prefix, unsigned index) {
  ArgumentInfo info;
  auto named = llvm::dyn_cast_or_null<mlir::StringAttr>(name);
  info.name = named ? named.str() : (prefix + llvm::Twine(index)).str();
  mlir::Type element = type;
  if (auto tensor = mlir::dyn_cast<mlir::RankedTensorType>(type)) {
    if (tensor.getEncoding())
      return std::nullopt;
    element = tensor.getElementType();
    info.shape = tensor.getShape().vec();
  } else if (auto memory = mlir::dyn_cast<mlir::MemRefType>(type)) {
    if (!memory.getLayout().isIdentity() || memory.getMemorySpace())
      return std::nullopt;
    element = memory.getElementType();
    info.shape = memory.getShape().vec();
  } else {
    info.isScalar = true;
  }
  std::optional<ElementType> elementType = elementTypeOf(element);
  if (!elementType)
    return std::nullopt;
  info.type = *elementType;
  return info;
}

namespace {
/// An argument or result of a function.
struct Port {
  unsigned index;
  mlir::Type type;
  mlir::Attribute name;
  bool isArgument;
};
} // namespace

/// What goes into `function`, or what comes out. In a module with kernels,
/// results are arguments already.
static mlir::FailureOr<std::vector<Port>> findPorts(FuncOp function,
                                                    bool isInput) {
  std::vector<Port> ports;
  bool hasOutput = false;
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes())) {
    bool isOutput = mlir::isa<mlir::MemRefType>(type) &&
                    function.getArgAttr(index, "act.result");
    if (hasOutput && !isOutput)
      return function.emitError("argument #")
             << index << " comes after one with 'act.result'; results are last";
    hasOutput |= isOutput;
    if (isOutput != isInput)
      ports.push_back({unsigned(index), type,
                       function.getArgAttr(index, "act.name"), true});
  }
  if (!isInput)
    for (auto [index, type] : llvm::enumerate(function.getResultTypes()))
      ports.push_back({unsigned(index), type,
                       function.getResultAttr(index, "act.name"), false});
  return ports;
}

/// Collects the arguments or the results of a function, or diagnoses why they
/// cannot be passed.
static mlir::FailureOr<std::vector<ArgumentInfo>> collect(FuncOp function,
                                                          bool isInput) {
  mlir::FailureOr<std::vector<Port>> ports = findPorts(function, isInput);
  if (mlir::failed(ports))
    return mlir::failure();
  bool takesMemory = function->getParentOp()->hasAttr("gpu.container_module");
  std::vector<ArgumentInfo> infos;
  llvm::StringSet<> names;
  for (const Port &port : *ports) {
    llvm::StringRef kind = port.isArgument ? "argument" : "result";
    if (port.name && !mlir::isa<mlir::StringAttr>(port.name))
      return function.emitError("'act.name' of ")
             << kind << " #" << port.index << " must be a string";
    std::optional<ArgumentInfo> info;
    if (takesMemory || !mlir::isa<mlir::MemRefType>(port.type))
      info =
          describe(port.type, port.name, isInput ? "arg" : "res", infos.size());
    if (!info)
      return function.emitError()
             << kind << " #" << port.index << " of an entry has type "
             << port.type
             << "; expected a number or a ranked tensor of f16, bf16, f32, "
                "f64, i1, i8, i16, i32, i64 or index";
    if (!names.insert(info->name).second)
      return function.emitError("two ")
             << kind << "s of the entry are named '" << info->name
             << "'; change 'act.name' of " << kind << " #" << port.index;
    infos.push_back(std::move(*info));
  }
  return infos;
}

static std::string quotedList(llvm::ArrayRef<FuncOp> functions) {
  return llvm::join(llvm::map_range(functions,
                                    [](FuncOp function) {
                                      return "'" + function.getName().str() +
                                             "'";
                                    }),
                    ", ");
}

/// The function named `entry`, or the only one that can be meant.
static Expected<FuncOp> findEntry(mlir::ModuleOp module, StringRef entry) {
  llvm::SmallVector<FuncOp> candidates;
  for (FuncOp function : module.getOps<FuncOp>()) {
    if (function.getName() == entry && function.isDeclaration())
      return createStringError("function '" + entry + "' has no body");
    if (function.getName() == entry)
      return function;
    // Conditions of an entry stand beside it where it launches kernels.
    if (function.isPublic() && !function.isDeclaration() &&
        !function->hasAttr("act.query"))
      candidates.push_back(function);
  }
  if (candidates.empty())
    return createStringError(
        "the module has no public function with a body" +
        (entry.empty() ? "" : " and none named '" + entry + "'"));
  if (!entry.empty())
    return createStringError("there is no function '" + entry +
                             "'; there are " + quotedList(candidates));
  if (candidates.size() > 1)
    return createStringError("the module has several functions; name one as "
                             "the entry: " +
                             quotedList(candidates));
  return candidates.front();
}

Expected<Signature> act::getSignature(mlir::ModuleOp module, StringRef entry) {
  Expected<FuncOp> function = findEntry(module, entry);
  if (!function)
    return function.takeError();
  mlir::FailureOr<std::vector<ArgumentInfo>> inputs = collect(*function,
                                                              /*isInput=*/true),
                                             outputs = collect(
                                                 *function, /*isInput=*/false);
  if (mlir::failed(inputs) || mlir::failed(outputs))
    return createStringError("'" + function->getName() +
                             "' cannot be called from outside");
  return Signature{function->getName().str(), std::move(*inputs),
                   std::move(*outputs)};
}
