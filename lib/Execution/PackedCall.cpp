//===- PackedCall.cpp - One calling convention for all entries ------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file builds wrappers through which functions of any signature are called
// alike.
//
//===----------------------------------------------------------------------===//

#include "PackedCall.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringExtras.h"

using namespace act;
using namespace mlir;

/// The name in characters that assemblers take without quotes.
static std::string spellName(StringRef function) {
  std::string name;
  for (char c : function)
    if (llvm::isAlnum(c) || c == '_' || c == '.')
      name += c;
    else
      name += "$" + llvm::utohexstr(static_cast<unsigned char>(c),
                                    /*LowerCase=*/true, /*Width=*/2);
  return name;
}

std::string act::packedName(StringRef function) {
  return "act_packed." + spellName(function);
}

/// The address of the 8 bytes with the given number.
static Value slotAddress(OpBuilder &builder, Location loc, Value slots,
                         int32_t number) {
  return LLVM::GEPOp::create(builder, loc, slots.getType(),
                             builder.getI64Type(), slots,
                             ArrayRef<LLVM::GEPArg>{number});
}

LogicalResult act::addPackedCall(ModuleOp module, StringRef name) {
  auto callee = module.lookupSymbol<LLVM::LLVMFuncOp>(name);
  if (!callee)
    return module.emitError("function '")
           << name << "' was not lowered to the LLVM dialect";
  LLVM::LLVMFunctionType type = callee.getFunctionType();
  Location loc = callee.getLoc();
  // An object may be linked with a program that has a function of this name,
  // and compiled code may call one of a library.
  std::string inner = "act_body." + spellName(name);
  if (failed(SymbolTable::replaceAllSymbolUses(
          callee, StringAttr::get(module.getContext(), inner), module)))
    return module.emitError("function '") << name << "' cannot be renamed";
  callee.setName(inner);
  callee.setLinkage(LLVM::Linkage::Internal);
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());

  Type pointer = LLVM::LLVMPointerType::get(builder.getContext());
  Type nothing = LLVM::LLVMVoidType::get(builder.getContext());
  auto wrapper = LLVM::LLVMFuncOp::create(
      builder, loc, packedName(name),
      LLVM::LLVMFunctionType::get(nothing, {pointer, pointer}));
  Block *body = wrapper.addEntryBlock(builder);
  builder.setInsertionPointToStart(body);

  SmallVector<Value> arguments;
  for (auto [index, parameter] : llvm::enumerate(type.getParams()))
    arguments.push_back(LLVM::LoadOp::create(
        builder, loc, parameter,
        slotAddress(builder, loc, body->getArgument(0), index)));
  auto call = LLVM::CallOp::create(builder, loc, callee, arguments);

  auto store = [&](Value result, int32_t number) {
    LLVM::StoreOp::create(
        builder, loc, result,
        slotAddress(builder, loc, body->getArgument(1), number));
  };
  if (auto results = dyn_cast<LLVM::LLVMStructType>(type.getReturnType())) {
    for (int32_t i = 0, e = results.getBody().size(); i != e; ++i)
      store(LLVM::ExtractValueOp::create(builder, loc, call.getResult(), i), i);
  } else if (!isa<LLVM::LLVMVoidType>(type.getReturnType())) {
    store(call.getResult(), 0);
  }
  LLVM::ReturnOp::create(builder, loc, ValueRange());
  return success();
}
