//===- Accesses.cpp - Accesses of memory ----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file checks what threads read and write.
//
//===----------------------------------------------------------------------===//

#include "Cluster.h"

using namespace act::simt;

/// Bits of the flags of an access of shared memory.
static constexpr unsigned isWriteFlag = 1, isClusterFlag = 2;

bool Cluster::checkAlignment(const Thread &thread, uintptr_t address,
                             uint32_t alignment, unsigned site) {
  // A power of two.
  if ((address & (alignment - 1)) == 0)
    return true;
  return fail(thread, site,
              "misaligned access: the address is " +
                  llvm::Twine(address % alignment) +
                  " bytes above a multiple of " + llvm::Twine(alignment));
}

bool Cluster::checkGlobal(const Thread &thread, uintptr_t address, int64_t size,
                          bool isWrite, unsigned site) {
  std::optional<std::string> problem =
      launch.memory.check(address, size, isWrite, memoryHint);
  return !problem || fail(thread, site, *problem);
}

bool Cluster::checkRace(Thread &thread, uintptr_t address, int64_t size,
                        bool isWrite, unsigned site) {
  std::optional<Access> other = launch.shadow.record(
      scratch.intervals, thread, address, size, isWrite, site);
  if (!other)
    return true;
  return fail(thread, site,
              "race in global memory, near " + launch.memory.nameOf(address) +
                  ": " + raceText(*other));
}

void Cluster::accessGlobal(Thread &thread, uintptr_t address, int64_t size,
                           uint32_t alignment, bool isWrite, unsigned site) {
  if (!checkGlobal(thread, address, size, isWrite, site) ||
      !checkAlignment(thread, address, alignment, site) ||
      !checkRace(thread, address, size, isWrite, site))
    abandon();
}

bool Cluster::isDeclared(int64_t offset, int64_t size) const {
  const KernelInfo &kernel = launch.kernel;
  for (const SharedRange &range : kernel.shared)
    if (offset >= range.offset && offset + size <= range.offset + range.size)
      return true;
  return offset >= kernel.dynamicOffset &&
         offset + size <= kernel.dynamicOffset + launch.numbers.dynamicShared;
}

/// An access to the memory of another block: that must run.
bool Cluster::checkForeign(const Thread &thread, Block &block, unsigned site) {
  if (thread.clusterWaits == 0)
    return fail(thread, site,
                "the block whose shared memory is accessed may not have begun; "
                "a cluster barrier is missing before");
  if (block.numLeft == block.size)
    return fail(thread, site,
                "the block whose shared memory is accessed has ended; a "
                "cluster barrier is missing before its end");
  uint32_t before = thread.clusterOrders + 1 + thread.hasReleased;
  if (before > block.foreignBefore) {
    block.foreignBefore = before;
    block.foreignThread = &thread;
    block.foreignSite = site;
  }
  return true;
}

bool Cluster::checkShared(Thread &thread, uintptr_t address, int64_t size,
                          unsigned flags, unsigned site) {
  int64_t base = thread.block->shared - sharedBase;
  int64_t offset = int64_t(address - reinterpret_cast<uintptr_t>(sharedBase));
  Block *block = thread.block;
  if ((flags & isClusterFlag) && offset >= 0 &&
      offset < int64_t(blocks.size()) * sharedStride) {
    block = &blocks[offset / sharedStride];
    base = block->shared - sharedBase;
  }
  if (!isDeclared(offset - base, size))
    return fail(thread, site,
                "out-of-bounds access of " + llvm::Twine(size) +
                    " bytes of shared memory" + nearestText(offset - base));
  if (block != thread.block && !checkForeign(thread, *block, site))
    return false;
  std::optional<Access> other = scratch.shadow.record(
      scratch.intervals, thread, offset, size, flags & isWriteFlag, site);
  return !other ||
         fail(thread, site, "race in shared memory: " + raceText(*other));
}

void Cluster::accessShared(Thread &thread, uintptr_t address, int64_t size,
                           uint32_t alignment, unsigned flags, unsigned site) {
  if (!checkAlignment(thread, address, alignment, site) ||
      !checkShared(thread, address, size, flags, site))
    abandon();
}

bool Cluster::checkMap(const Thread &thread, const char *address, uint32_t rank,
                       unsigned site) {
  if (rank >= blocks.size())
    return fail(thread, site,
                "the cluster has no block " + llvm::Twine(rank) + "; it has " +
                    llvm::Twine(blocks.size()));
  int64_t offset = address - thread.block->shared;
  if (offset >= 0 && offset < sharedStride)
    return true;
  return fail(thread, site, "the address is none of shared memory");
}

char *Cluster::map(Thread &thread, char *address, uint32_t rank,
                   unsigned site) {
  if (!checkMap(thread, address, rank, site))
    abandon();
  return blocks[rank].shared + (address - thread.block->shared);
}
