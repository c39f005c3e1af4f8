//===- LoopChecks.cpp - Steps of kernels with loops -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file has the turns of loops counted, so that kernels that never end are
// found out.
//
//===----------------------------------------------------------------------===//

#include "RuntimeCalls.h"
#include "ToHost.h"

#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace act::simt;

/// The ends of blocks that lead back. Each cycle of blocks has one: the first
/// block of it that a depth-first search comes to is left last.
static SmallVector<Operation *> backEdges(LLVM::LLVMFuncOp function) {
  struct Visit {
    mlir::Block *block;
    unsigned nextSuccessor = 0;
  };
  SmallVector<Operation *> found;
  DenseSet<mlir::Block *> seen, open;
  SmallVector<Visit> path;
  auto enter = [&](mlir::Block *block) {
    seen.insert(block);
    open.insert(block);
    path.push_back({block});
  };
  enter(&function.getBody().front());
  while (!path.empty()) {
    Visit &visit = path.back();
    Operation *end = visit.block->getTerminator();
    if (visit.nextSuccessor == end->getNumSuccessors()) {
      open.erase(visit.block);
      path.pop_back();
      continue;
    }
    mlir::Block *successor = end->getSuccessor(visit.nextSuccessor++);
    if (!seen.contains(successor))
      enter(successor);
    else if (open.contains(successor) && !llvm::is_contained(found, end))
      found.push_back(end);
  }
  return found;
}

void act::simt::insertLoopChecks(ModuleOp module, Program &program) {
  RuntimeCalls calls(module);
  for (const KernelInfo &info : program.kernels) {
    auto function = module.lookupSymbol<LLVM::LLVMFuncOp>(info.symbol);
    for (Operation *end : backEdges(function)) {
      OpBuilder builder(end);
      Location loc = end->getLoc();
      calls.call(builder, loc, "step",
                 {function.getArgument(0),
                  RuntimeCalls::i32(builder, loc, program.siteOf(loc))});
    }
  }
}
