//===- Limits.cpp - What a GPU has ----------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file checks launches against the limits of GPUs, which are those of the
// CUDA C++ Programming Guide, table "Technical Specifications per Compute
// Capability".
//
//===----------------------------------------------------------------------===//

#include "Limits.h"

#include "Act/Conversion/Chip.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

using namespace act::simt;

/// Shared memory that can be declared, whatever there is.
static constexpr int64_t declaredKiB = 48;

static constexpr int64_t maxThreads = 1024;
static constexpr int64_t maxBlockSize[] = {1024, 1024, 64};
static constexpr int64_t maxGridSize[] = {2147483647, 65535, 65535};

static int capabilityOf(llvm::StringRef chip) {
  return act::computeCapability(chip).value_or(0);
}

/// What a block can have.
static int64_t sharedBytesOf(int capability) {
  return act::sharedMemory(capability) - act::sharedMemoryOfBlock(capability);
}

static std::string sizeText(llvm::ArrayRef<int64_t> size) {
  return std::to_string(size[0]) + " x " + std::to_string(size[1]) + " x " +
         std::to_string(size[2]);
}

/// Whether each size is at least 1 and within its limit.
static bool isWithin(llvm::ArrayRef<int64_t> size,
                     llvm::ArrayRef<int64_t> limits) {
  for (unsigned i = 0; i != 3; ++i)
    if (size[i] < 1 || size[i] > limits[i])
      return false;
  return true;
}

static std::optional<std::string> checkCluster(const KernelInfo &kernel,
                                               const BlockNumbers &numbers) {
  llvm::ArrayRef<int64_t> size(numbers.clusterSize);
  int capability = capabilityOf(kernel.chip);
  // A GPU before sm_90 has no clusters at all, which is said below.
  int64_t most = act::mostClusterBlocks(std::max(capability, 90));
  const int64_t limits[] = {most, most, most};
  if (!isWithin(size, limits) || size[0] * size[1] * size[2] > most)
    return "a cluster of " + sizeText(size) +
           " blocks; a GPU has clusters of 1 to " + std::to_string(most);
  for (unsigned i = 0; i != 3; ++i)
    if (numbers.gridSize[i] % size[i])
      return "a grid of " + sizeText(numbers.gridSize) +
             " blocks, which are no whole clusters of " + sizeText(size);
  if (size[0] * size[1] * size[2] > 1 && capability < 90)
    return "clusters, which " + kernel.chip + " does not have; sm_90 does";
  return std::nullopt;
}

static std::optional<std::string> checkShared(const KernelInfo &kernel,
                                              int64_t dynamic) {
  int64_t available = sharedBytesOf(capabilityOf(kernel.chip));
  if (kernel.sharedBytes > declaredKiB * 1024)
    return "a kernel that declares " + std::to_string(kernel.sharedBytes) +
           " bytes of shared memory; more than " +
           std::to_string(declaredKiB * 1024) + " must be dynamic";
  if (dynamic < 0 || kernel.sharedBytes + dynamic > available)
    return std::to_string(kernel.sharedBytes) + " + " +
           std::to_string(dynamic) +
           " bytes of shared memory (declared + dynamic); a block of " +
           kernel.chip + " has " + std::to_string(available);
  return std::nullopt;
}

std::optional<std::string> act::simt::checkLimits(const KernelInfo &kernel,
                                                  const BlockNumbers &numbers) {
  llvm::ArrayRef<int64_t> block(numbers.blockSize), grid(numbers.gridSize),
      cluster(numbers.clusterSize);
  if (!isWithin(block, maxBlockSize) ||
      block[0] * block[1] * block[2] > maxThreads)
    return "blocks of " + sizeText(block) +
           " threads; a GPU has blocks of 1 to " + std::to_string(maxThreads) +
           ", in z up to " + std::to_string(maxBlockSize[2]);
  if (!isWithin(grid, maxGridSize))
    return "a grid of " + sizeText(grid) +
           " blocks; a GPU has grids of at least 1 x 1 x 1 and up to " +
           sizeText(maxGridSize);
  if (auto message = checkCluster(kernel, numbers))
    return message;
  if (auto message = checkShared(kernel, numbers.dynamicShared))
    return message;
  if (kernel.blockSize && block != llvm::ArrayRef<int64_t>(*kernel.blockSize))
    return "blocks of " + sizeText(block) +
           " threads, and the kernel has known_block_size " +
           sizeText(*kernel.blockSize);
  if (kernel.maxThreads && block[0] * block[1] * block[2] > *kernel.maxThreads)
    return "blocks of " + sizeText(block) +
           " threads, and the kernel has nvvm.maxntid for " +
           std::to_string(*kernel.maxThreads);
  if (kernel.clusterSize &&
      cluster != llvm::ArrayRef<int64_t>(*kernel.clusterSize))
    return "clusters of " + sizeText(cluster) +
           " blocks, and the kernel has known_cluster_size " +
           sizeText(*kernel.clusterSize);
  return std::nullopt;
}
