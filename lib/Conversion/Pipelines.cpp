//===- Pipelines.cpp - Passes in order ------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pipelines.
//
//===----------------------------------------------------------------------===//

#include "Act/Conversion/Pipelines.h"

#include "Act/Conversion/Passes.h"
#include "Act/Transforms/Passes.h"

#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace act;

static constexpr Stage allStages[] = {Stage::Fuse,      Stage::Linalg,
                                      Stage::Bufferize, Stage::Loops,
                                      Stage::Expand,    Stage::LLVM};

ArrayRef<Stage> act::getStages() { return allStages; }

StringRef act::stageName(Stage stage) {
  switch (stage) {
  case Stage::Fuse:
    return "fuse";
  case Stage::Linalg:
    return "linalg";
  case Stage::Bufferize:
    return "bufferize";
  case Stage::Loops:
    return "loops";
  case Stage::Expand:
    return "expand";
  case Stage::LLVM:
    return "llvm";
  }
  llvm_unreachable("all stages have a name");
}

std::optional<Stage> act::findStage(StringRef name) {
  for (Stage stage : allStages)
    if (stageName(stage) == name)
      return stage;
  return std::nullopt;
}

static void addBufferization(OpPassManager &manager,
                             const CPUPipelineOptions &options) {
  ActOutlineResultsOptions outline;
  outline.strided = options.strided;
  manager.addPass(createActOutlineResults(outline));
  manager.addPass(bufferization::createEmptyTensorEliminationPass());
  manager.addPass(bufferization::createOneShotBufferizePass());
  // Copies of results onto themselves fold.
  manager.addNestedPass<func::FuncOp>(createCanonicalizerPass());
  manager.addPass(createActFreeTemporaries());
}

void act::addCPUStage(OpPassManager &manager, Stage stage,
                      const CPUPipelineOptions &options) {
  switch (stage) {
  case Stage::Fuse:
    manager.addPass(createActInline());
    if (options.fuse)
      manager.addNestedPass<func::FuncOp>(createActFuse());
    return;
  case Stage::Linalg:
    manager.addPass(createActInsertChecks({options.valueChecks}));
    manager.addNestedPass<func::FuncOp>(createActToLinalg());
    // What stood in several bodies stands in one now.
    if (options.fuse)
      manager.addNestedPass<func::FuncOp>(createActFuse());
    return;
  case Stage::Bufferize:
    addBufferization(manager, options);
    return;
  case Stage::Loops: {
    ActToLoopsOptions loops;
    loops.vectorBits = options.vectorBits;
    loops.interleave = options.interleave;
    loops.accuracy = options.accuracy;
    loops.masks = options.masks;
    loops.parallel = options.parallel;
    loops.parallelThreshold = options.parallelThreshold;
    loops.blas = options.blas;
    manager.addPass(createActToLoops(loops));
    return;
  }
  case Stage::Expand: {
    ActExpandOptions expand;
    expand.accuracy = options.accuracy;
    expand.targetHasFMA = options.hasFMA;
    expand.targetHasF16C = options.hasF16C;
    expand.allowLibm = options.allowLibm;
    manager.addPass(createActExpand(expand));
    return;
  }
  case Stage::LLVM:
    manager.addPass(createActSetFPEnvironment());
    manager.addPass(createActToLLVM());
    return;
  }
}

void act::buildCPUPipeline(OpPassManager &manager,
                           const CPUPipelineOptions &options) {
  for (Stage stage : allStages)
    addCPUStage(manager, stage, options);
}

void act::registerPipelines() {
  PassPipelineRegistration<CPUPipelineOptions>(
      "act-cpu-pipeline",
      "From act operations on tensors to the LLVM dialect, for the CPU",
      buildCPUPipeline);
}
