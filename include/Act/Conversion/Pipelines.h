//===- Pipelines.h - Passes in order ----------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the pipelines from act operations on tensors to the LLVM
// dialect and to GPU kernels, and what they may assume of the target.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_CONVERSION_PIPELINES_H
#define ACT_CONVERSION_PIPELINES_H

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"

#include <string>

namespace act {

/// The stages at which a pipeline can be left. The names are those of
/// `act-run --stop-after`.
enum class Stage { Fuse, Linalg, Bufferize, Loops, GPU, Expand, LLVM };

/// Those of the CPU pipeline, in order.
llvm::ArrayRef<Stage> getStages();
/// Those of the GPU pipeline.
llvm::ArrayRef<Stage> getGPUStages();

/// "fuse", "linalg", "bufferize", "loops", "gpu", "expand", "llvm".
llvm::StringRef stageName(Stage stage);
/// The stage of this name among `stages`.
std::optional<Stage> findStage(llvm::StringRef name,
                               llvm::ArrayRef<Stage> stages = getStages());

/// Options that all pipelines have.
template <typename Derived>
struct CommonPipelineOptions : mlir::PassPipelineOptions<Derived> {
  template <typename T> using Option = mlir::detail::PassOptions::Option<T>;

  Option<std::string> accuracy{
      *this, "accuracy",
      llvm::cl::desc(
          "Tier of operations that do not name one: exact, default, fast"),
      llvm::cl::init("default")};
  Option<bool> fuse{
      *this, "fuse",
      llvm::cl::desc("Put operations together that one kernel computes better"),
      llvm::cl::init(true)};
  Option<bool> strided{
      *this, "strided",
      llvm::cl::desc("Entries take strided memrefs instead of contiguous ones"),
      llvm::cl::init(false)};
  Option<std::string> valueChecks{
      *this, "value-checks",
      llvm::cl::desc("What a target that is no class does: error, nan"),
      llvm::cl::init("error")};
};

/// Options of `act-cpu-pipeline`.
struct CPUPipelineOptions : CommonPipelineOptions<CPUPipelineOptions> {
  Option<unsigned> vectorBits{
      *this, "vector-bits",
      llvm::cl::desc("Width of a native vector register: 128, 256 or 512"),
      llvm::cl::init(256)};
  Option<unsigned> interleave{
      *this, "interleave",
      llvm::cl::desc("Native vectors in flight; 0: what the rules say"),
      llvm::cl::init(0)};
  Option<unsigned> sideBySide{
      *this, "side-by-side",
      llvm::cl::desc("Native vectors of rows whose exponentials are computed "
                     "side by side; 0: those in flight"),
      llvm::cl::init(0)};
  Option<bool> masks{
      *this, "masks",
      llvm::cl::desc("Whether the target has masked loads and stores"),
      llvm::cl::init(true)};
  Option<bool> hasFMA{*this, "has-fma",
                      llvm::cl::desc("Whether the target fuses a*b+c"),
                      llvm::cl::init(true)};
  Option<bool> hasF16C{
      *this, "has-f16c",
      llvm::cl::desc("Whether the target converts between f16 and f32"),
      llvm::cl::init(true)};
  Option<bool> hasWordShuffle{
      *this, "has-word-shuffle",
      llvm::cl::desc("Whether the target shuffles 16-bit elements of two "
                     "registers in one instruction"),
      llvm::cl::init(false)};
  Option<bool> parallel{*this, "parallel",
                        llvm::cl::desc("Distribute large loops over threads"),
                        llvm::cl::init(false)};
  Option<int64_t> parallelThreshold{
      *this, "parallel-threshold",
      llvm::cl::desc("Elements up to which a loop runs on one thread"),
      llvm::cl::init(65536)};
  Option<bool> blas{
      *this, "blas",
      llvm::cl::desc("Products of matrices call cblas_sgemm and cblas_dgemm"),
      llvm::cl::init(false)};
  Option<bool> allowLibm{
      *this, "allow-libm",
      llvm::cl::desc("Leave math operations without an expansion to libm"),
      llvm::cl::init(false)};
};

/// Adds the passes of one stage, given that the stages before it have run.
void addCPUStage(mlir::OpPassManager &manager, Stage stage,
                 const CPUPipelineOptions &options);

/// Adds all passes from act operations on tensors to the LLVM dialect.
void buildCPUPipeline(mlir::OpPassManager &manager,
                      const CPUPipelineOptions &options);

/// Options of `act-gpu-pipeline`.
struct GPUPipelineOptions : CommonPipelineOptions<GPUPipelineOptions> {
  Option<std::string> chip{*this, "chip",
                           llvm::cl::desc("The GPU: sm_75, sm_80, sm_90, ..."),
                           llvm::cl::init("sm_90")};
  Option<std::string> schedule{
      *this, "schedule",
      llvm::cl::desc("Numbers of schedules to set, as in threads=128")};
};

/// What is wrong with a text for `schedule`, whichever the chip; empty if
/// nothing is.
std::string findScheduleProblem(llvm::StringRef schedule);

/// Adds the passes of one stage of the GPU pipeline.
void addGPUStage(mlir::OpPassManager &manager, Stage stage,
                 const GPUPipelineOptions &options);

/// Adds all passes from act operations on tensors to GPU kernels of arithmetic
/// and the launches of them.
void buildGPUPipeline(mlir::OpPassManager &manager,
                      const GPUPipelineOptions &options);

/// Registers `act-cpu-pipeline` and `act-gpu-pipeline` with the command line of
/// act-opt.
void registerPipelines();

} // namespace act

#endif // ACT_CONVERSION_PIPELINES_H
