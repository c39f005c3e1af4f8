//===- Inline.cpp - The pass act-inline -----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the inlining of calls on tensors, so that kernels form
// across functions. It asks no dialect for permission, which would leave a call
// of a function with an operation of a foreign dialect in place.
//
//===----------------------------------------------------------------------===//

#include "Entry.h"

#include "Act/Conversion/Passes.h"
#include "Act/IR/Act.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/SymbolTable.h"

namespace act {
#define GEN_PASS_DEF_ACTINLINE
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

namespace {

struct InlinePass : public act::impl::ActInlineBase<InlinePass> {
  void runOnOperation() override {
    done.clear();
    SymbolTable symbols(getOperation());
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      SmallVector<func::FuncOp> stack;
      if (failed(inlineInto(function, symbols, stack)))
        return signalPassFailure();
    }
    eraseUnused();
  }

private:
  /// Inlines into the callees first: a body is then copied with nothing left
  /// to inline in it. `stack` holds the callers.
  LogicalResult inlineInto(func::FuncOp function, SymbolTable &symbols,
                           SmallVectorImpl<func::FuncOp> &stack) {
    if (!done.insert(function).second)
      return success();
    SmallVector<func::CallOp> calls;
    function.walk([&](func::CallOp call) { calls.push_back(call); });
    if (calls.empty())
      return success();
    stack.push_back(function);
    for (func::CallOp call : calls) {
      auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
      if (!callee || callee.isExternal())
        return call.emitError()
               << "calls '" << call.getCallee()
               << "', which has no body; define it in this module";
      if (llvm::is_contained(stack, callee))
        return call.emitError() << "calls '" << call.getCallee()
                                << "' recursively; kernels must not recurse";
      if (!callee.getBody().hasOneBlock())
        return call.emitError()
               << "calls '" << call.getCallee()
               << "', which branches; use scf.if and scf.for instead";
      if (failed(inlineInto(callee, symbols, stack)))
        return failure();
      inlineCall(call, callee);
    }
    stack.pop_back();
    return success();
  }

  void inlineCall(func::CallOp call, func::FuncOp callee) {
    OpBuilder builder(call);
    IRMapping mapping;
    Block &body = callee.getBody().front();
    mapping.map(body.getArguments(), call.getOperands());
    auto accuracy = callee->getAttrOfType<StringAttr>(accuracyAttrName);
    for (Operation &op : body.without_terminator()) {
      Operation *copy = builder.clone(op, mapping);
      if (accuracy)
        keepAccuracy(copy, accuracy);
    }
    for (auto [result, value] :
         llvm::zip(call.getResults(), body.getTerminator()->getOperands()))
      result.replaceAllUsesWith(mapping.lookup(value));
    call.erase();
    ++numInlined;
  }

  /// Lets what has a tier have that of its function, unless it names one.
  void keepAccuracy(Operation *copy, StringAttr accuracy) {
    copy->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (op->hasAttr(accuracyAttrName))
        return WalkResult::skip();
      if (isa_and_present<ActDialect, math::MathDialect, linalg::LinalgDialect>(
              op->getDialect()))
        op->setAttr(accuracyAttrName, accuracy);
      return WalkResult::advance();
    });
  }

  void eraseUnused() {
    ModuleOp module = getOperation();
    for (auto function :
         llvm::make_early_inc_range(module.getOps<func::FuncOp>()))
      if (!function.isPublic() &&
          SymbolTable::symbolKnownUseEmpty(function, module))
        function.erase();
  }

  /// The functions of this run that have nothing left to inline.
  llvm::SmallPtrSet<Operation *, 8> done;
};

} // namespace
