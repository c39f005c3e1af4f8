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

#include "ToGPU/Chip.h"

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
static constexpr Stage allGPUStages[] = {
    Stage::Fuse, Stage::Linalg, Stage::Bufferize, Stage::GPU, Stage::Expand};

ArrayRef<Stage> act::getStages() { return allStages; }
ArrayRef<Stage> act::getGPUStages() { return allGPUStages; }

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
  case Stage::GPU:
    return "gpu";
  case Stage::Expand:
    return "expand";
  case Stage::LLVM:
    return "llvm";
  }
  llvm_unreachable("all stages have a name");
}

std::optional<Stage> act::findStage(StringRef name, ArrayRef<Stage> stages) {
  for (Stage stage : stages)
    if (stageName(stage) == name)
      return stage;
  return std::nullopt;
}

static void addBufferization(OpPassManager &manager, bool strided) {
  ActOutlineResultsOptions outline;
  outline.strided = strided;
  manager.addPass(createActOutlineResults(outline));
  manager.addNestedPass<func::FuncOp>(createActCarryInPlace());
  manager.addPass(bufferization::createEmptyTensorEliminationPass());
  // Of loops, those that change the size of what they carry.
  bufferization::OneShotBufferizePassOptions bufferize;
  bufferize.allowReturnAllocsFromLoops = true;
  manager.addPass(bufferization::createOneShotBufferizePass(bufferize));
  // Copies of results onto themselves fold.
  manager.addNestedPass<func::FuncOp>(createCanonicalizerPass());
  manager.addPass(createActFreeTemporaries());
}

/// The stages before kernels are written, which are the same on all targets.
template <typename Options>
static void addTensorStage(OpPassManager &manager, Stage stage,
                           const Options &options) {
  switch (stage) {
  case Stage::Fuse:
    manager.addPass(createActInline());
    if (options.fuse)
      manager.addNestedPass<func::FuncOp>(createActFuse());
    return;
  case Stage::Linalg:
    manager.addPass(createActInsertChecks({options.valueChecks}));
    // Here sizes show what they come from; after kernels are written, less.
    manager.addNestedPass<func::FuncOp>(createActCarryInPlace());
    manager.addNestedPass<func::FuncOp>(createActToLinalg());
    // What stood in several bodies stands in one now.
    if (options.fuse)
      manager.addNestedPass<func::FuncOp>(createActFuse());
    return;
  case Stage::Bufferize:
    addBufferization(manager, options.strided);
    return;
  default:
    llvm_unreachable("a stage of one target only");
  }
}

void act::addCPUStage(OpPassManager &manager, Stage stage,
                      const CPUPipelineOptions &options) {
  switch (stage) {
  case Stage::Fuse:
  case Stage::Linalg:
  case Stage::Bufferize:
    return addTensorStage(manager, stage, options);
  case Stage::Loops: {
    ActToLoopsOptions loops;
    loops.vectorBits = options.vectorBits;
    loops.interleave = options.interleave;
    loops.sideBySide = options.sideBySide;
    loops.accuracy = options.accuracy;
    loops.masks = options.masks;
    loops.parallel = options.parallel;
    loops.parallelThreshold = options.parallelThreshold;
    loops.blas = options.blas;
    loops.outline = true;
    manager.addPass(createActToLoops(loops));
    manager.addPass(createActMergeKernels());
    return;
  }
  case Stage::Expand: {
    ActExpandOptions expand;
    expand.accuracy = options.accuracy;
    expand.targetHasFMA = options.hasFMA;
    expand.targetHasF16C = options.hasF16C;
    expand.targetHasWordShuffle = options.hasWordShuffle;
    expand.allowLibm = options.allowLibm;
    manager.addPass(createActExpand(expand));
    return;
  }
  case Stage::LLVM:
    manager.addPass(createActSetFPEnvironment());
    manager.addPass(createActToLLVM());
    return;
  case Stage::GPU:
    llvm_unreachable("no stage of the CPU pipeline");
  }
}

void act::buildCPUPipeline(OpPassManager &manager,
                           const CPUPipelineOptions &options) {
  for (Stage stage : allStages)
    addCPUStage(manager, stage, options);
}

void act::addGPUStage(OpPassManager &manager, Stage stage,
                      const GPUPipelineOptions &options) {
  switch (stage) {
  case Stage::Fuse:
  case Stage::Linalg:
  case Stage::Bufferize:
    return addTensorStage(manager, stage, options);
  case Stage::GPU: {
    ActToGPUOptions gpu;
    gpu.chip = options.chip;
    gpu.accuracy = options.accuracy;
    gpu.schedule = options.schedule;
    manager.addPass(createActToGPU(gpu));
    // Functions that the host asks before, about targets that are computed.
    ActToLoopsOptions loops;
    loops.accuracy = options.accuracy;
    manager.addPass(createActToLoops(loops));
    manager.addPass(createActMergeKernels());
    return;
  }
  case Stage::Expand: {
    ActExpandOptions expand;
    expand.accuracy = options.accuracy;
    std::optional<Chip> chip = findChip(options.chip);
    expand.targetHasBF16 = chip && chip->roundsToBF16();
    manager.addPass(createActExpand(expand));
    return;
  }
  case Stage::Loops:
  case Stage::LLVM:
    llvm_unreachable("no stage of the GPU pipeline");
  }
}

void act::buildGPUPipeline(OpPassManager &manager,
                           const GPUPipelineOptions &options) {
  for (Stage stage : allGPUStages)
    addGPUStage(manager, stage, options);
}

void act::registerPipelines() {
  PassPipelineRegistration<CPUPipelineOptions>(
      "act-cpu-pipeline",
      "From act operations on tensors to the LLVM dialect, for the CPU",
      buildCPUPipeline);
  PassPipelineRegistration<GPUPipelineOptions>(
      "act-gpu-pipeline",
      "From act operations on tensors to GPU kernels and their launches",
      buildGPUPipeline);
}
