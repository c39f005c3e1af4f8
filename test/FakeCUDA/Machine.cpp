//===- Machine.cpp - Runs kernels in PTX on the CPU -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Machine.h"

#include <algorithm>

using namespace ptx;

static constexpr unsigned warpSize = 32;

static unsigned product(std::array<unsigned, 3> sizes) {
  return sizes[0] * sizes[1] * sizes[2];
}

/// The place of number `index` in what has `sizes`, the first running fastest.
static std::array<unsigned, 3> place(unsigned index,
                                     std::array<unsigned, 3> sizes) {
  return {index % sizes[0], index / sizes[0] % sizes[1],
          index / sizes[0] / sizes[1]};
}

void Thread::fail(int status, std::string why) {
  if (machine->status != Success)
    return;
  machine->status = status;
  const Kernel &kernel = *machine->launch.kernel;
  size_t last = std::min(next, kernel.code.size() - 1);
  machine->reason = kernel.name + ", line " +
                    std::to_string(kernel.code[last].line) +
                    " of the PTX: " + why;
  wait = Wait::Ended;
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

const char *Machine::parameter(Thread &thread, uint64_t address,
                               unsigned bytes) {
  if (address + bytes <= launch.parameters.size())
    return launch.parameters.data() + address;
  thread.fail(IllegalAddress, "there is no such parameter");
  return nullptr;
}

char *Machine::global(Thread &thread, uint64_t address, unsigned bytes) {
  auto isInside = [&](const Range &range) {
    return address >= range.base && address + bytes <= range.base + range.bytes;
  };
  if (!isInside(found)) {
    auto range =
        std::find_if(launch.memory.begin(), launch.memory.end(), isInside);
    if (range == launch.memory.end()) {
      thread.fail(IllegalAddress, "the address is outside of all memory");
      return nullptr;
    }
    found = *range;
  }
  return reinterpret_cast<char *>(address);
}

char *Machine::shared(Thread &thread, uint64_t address, unsigned bytes) {
  Block *block = thread.block;
  if (uint64_t rank = address >> 32) {
    if (rank > blocks.size()) {
      thread.fail(IllegalAddress, "the cluster has no such block");
      return nullptr;
    }
    block = &blocks[rank - 1];
    address &= 0xffffffff;
  }
  if (address + bytes <= block->shared.size())
    return block->shared.data() + address;
  thread.fail(IllegalAddress, "the address is outside of shared memory");
  return nullptr;
}

void Machine::noteAccess(bool isShared, const Thread &thread, uint64_t address,
                         unsigned bytes) {
  if (!launch.profile)
    return;
  unsigned number = &thread - threads.data();
  unsigned warpsOfBlock = (threadsOfBlock + warpSize - 1) / warpSize;
  unsigned warp = number / threadsOfBlock * warpsOfBlock +
                  number % threadsOfBlock / warpSize;
  launch.profile->note(isShared, warp, number, thread.next, address, bytes);
}

/// Memory that is read as what nobody writes may not be written in the same
/// launch, by whichever thread.
void Machine::noteUse(Thread &thread, Use use, uint64_t address,
                      unsigned bytes) {
  if (!global(thread, address, bytes))
    return;
  std::vector<char> &all = uses[found.base];
  all.resize(found.bytes);
  for (unsigned i = 0; i != bytes; ++i) {
    char &byte = all[address - found.base + i];
    if (byte & ~use)
      return thread.fail(LaunchFailed, use == Written
                                           ? "what ld.global.nc read is written"
                                           : "ld.global.nc of what is written");
    byte |= use;
  }
}

//===----------------------------------------------------------------------===//
// Threads
//===----------------------------------------------------------------------===//

/// Runs until the thread waits or ends; `next` is then the instruction at which
/// it waits.
void Machine::runThread(Thread &thread) {
  const std::vector<Instruction> &code = launch.kernel->code;
  while (status == Success) {
    if (thread.next == code.size())
      return thread.fail(LaunchFailed, "the kernel goes on behind its end");
    const Instruction &instruction = code[thread.next];
    if (instruction.guard >= 0 &&
        bool(thread.registers[instruction.guard]) != instruction.guardValue) {
      ++thread.next;
      continue;
    }
    switch (instruction.operation.control) {
    case Control::None:
      instruction.operation.execute(thread, instruction);
      ++thread.next;
      continue;
    case Control::Branch:
      thread.next = instruction.target;
      continue;
    case Control::Return:
      thread.wait = Wait::Ended;
      return;
    case Control::BlockBarrier:
      thread.wait = Wait::Block;
      return;
    case Control::WarpBarrier:
    case Control::ShuffleUp:
    case Control::ShuffleDown:
    case Control::ShuffleButterfly:
    case Control::ShuffleIndex:
    case Control::Reduction:
      thread.wait = Wait::Warp;
      return;
    case Control::ClusterArrive:
      if (thread.arrived)
        return thread.fail(LaunchFailed, "a thread arrives twice");
      thread.arrived = true;
      ++thread.arrivals;
      ++thread.next;
      continue;
    case Control::ClusterWait:
      if (!thread.arrived)
        return thread.fail(LaunchFailed, "a thread waits and has not arrived");
      thread.wait = Wait::Cluster;
      return;
    }
  }
}

/// The lane that a lane reads from, and whether it is another's number that it
/// gets ("pval").
static std::pair<unsigned, bool> sourceLane(Control control, unsigned lane,
                                            unsigned b, unsigned c) {
  unsigned segment = c >> 8 & 31, clamp = c & 31;
  b &= 31;
  unsigned most = (lane & segment) | (clamp & ~segment);
  unsigned least = lane & segment;
  int source = control == Control::ShuffleUp     ? int(lane) - int(b)
               : control == Control::ShuffleDown ? int(lane + b)
               : control == Control::ShuffleButterfly
                   ? int(lane ^ b)
                   : int(least | (b & ~segment));
  bool inside =
      control == Control::ShuffleUp ? source >= int(most) : source <= int(most);
  return {inside ? unsigned(source) : lane, inside};
}

bool Machine::meetWarp(Thread *lanes, unsigned count) {
  const std::vector<Instruction> &code = launch.kernel->code;
  for (unsigned first = 0; first != count; ++first) {
    if (lanes[first].wait != Wait::Warp)
      continue;
    const Instruction &instruction = code[lanes[first].next];
    Control control = instruction.operation.control;
    auto mask = lanes[first].read<uint32_t>(instruction.operands.back());
    if (!(mask >> first & 1)) {
      lanes[first].fail(LaunchFailed, "the mask leaves out the thread itself");
      return false;
    }
    // Lanes of the mask that the block does not have take no part.
    bool complete = true;
    for (unsigned lane = 0; lane != count; ++lane)
      if (mask >> lane & 1)
        complete &= lanes[lane].wait == Wait::Warp &&
                    lanes[lane].next == lanes[first].next;
    if (!complete)
      continue;
    for (unsigned lane = 0; lane != count; ++lane)
      if (mask >> lane & 1 &&
          lanes[lane].read<uint32_t>(instruction.operands.back()) != mask) {
        lanes[lane].fail(LaunchFailed, "threads have different masks");
        return false;
      }

    uint32_t values[warpSize] = {};
    if (control != Control::WarpBarrier)
      for (unsigned lane = 0; lane != count; ++lane)
        if (mask >> lane & 1)
          values[lane] = lanes[lane].read<uint32_t>(instruction.operands[0]);
    uint32_t reduced = values[first];
    if (control == Control::Reduction)
      for (unsigned lane = first + 1; lane != count; ++lane)
        if (mask >> lane & 1)
          reduced = instruction.operation.combine(reduced, values[lane]);
    for (unsigned lane = 0; lane != count; ++lane) {
      if (!(mask >> lane & 1))
        continue;
      Thread &thread = lanes[lane];
      if (control == Control::Reduction) {
        thread.write(instruction.results[0], reduced);
      } else if (control != Control::WarpBarrier) {
        auto [source, inside] = sourceLane(
            control, lane, thread.read<uint32_t>(instruction.operands[1]),
            thread.read<uint32_t>(instruction.operands[2]));
        if (source >= count || !(mask >> source & 1)) {
          thread.fail(LaunchFailed, "a shuffle reads from a lane that is not "
                                    "there");
          return false;
        }
        thread.write(instruction.results[0], values[source]);
        if (instruction.results.size() > 1)
          thread.write(instruction.results[1], inside);
      }
      thread.wait = Wait::Nothing;
      ++thread.next;
    }
    return true;
  }
  return false;
}

bool Machine::runWarp(Thread *lanes, unsigned count) {
  bool progress = false;
  do {
    for (unsigned lane = 0; lane != count; ++lane)
      if (lanes[lane].wait == Wait::Nothing) {
        progress = true;
        runThread(lanes[lane]);
        if (status != Success)
          return false;
      }
  } while (meetWarp(lanes, count));
  return progress && status == Success;
}

/// All threads of a block meet at the same barrier.
bool Machine::meetBlock(Thread *threads, unsigned count) {
  for (unsigned i = 0; i != count; ++i)
    if (threads[i].wait != Wait::Block || threads[i].next != threads[0].next)
      return false;
  for (unsigned i = 0; i != count; ++i) {
    threads[i].wait = Wait::Nothing;
    ++threads[i].next;
  }
  return true;
}

/// Who waits for the cluster goes on when all of it have arrived as often.
bool Machine::meetCluster() {
  unsigned least = threads[0].arrivals;
  for (const Thread &thread : threads)
    least = std::min(least, thread.arrivals);
  bool progress = false;
  for (Thread &thread : threads)
    if (thread.wait == Wait::Cluster && thread.arrivals <= least) {
      thread.wait = Wait::Nothing;
      thread.arrived = false;
      ++thread.next;
      progress = true;
    }
  return progress;
}

std::string Machine::deadlock() const {
  for (const Thread &thread : threads)
    if (thread.wait != Wait::Ended)
      return launch.kernel->name + ", line " +
             std::to_string(launch.kernel->code[thread.next].line) +
             " of the PTX: a thread waits for others that do not come";
  return "";
}

/// Sets the registers that a thread begins with; `first` is the first block of
/// its cluster.
void Machine::start(Thread &thread, unsigned index,
                    std::array<unsigned, 3> first) {
  unsigned rank = index / threadsOfBlock, number = index % threadsOfBlock;
  thread = Thread();
  thread.machine = this;
  thread.block = &blocks[rank];
  thread.registers =
      registers.data() + size_t(index) * launch.kernel->numRegisters;
  auto set = [&](SpecialRegister special, std::array<unsigned, 3> values) {
    for (unsigned i = 0; i != 3; ++i)
      thread.registers[special + i] = values[i];
  };
  std::array<unsigned, 3> inCluster = place(rank, launch.cluster);
  std::array<unsigned, 3> block, cluster;
  for (unsigned i = 0; i != 3; ++i) {
    block[i] = first[i] + inCluster[i];
    cluster[i] = first[i] / launch.cluster[i];
  }
  set(TidX, place(number, launch.block));
  set(NtidX, launch.block);
  set(CtaidX, block);
  set(NctaidX, launch.grid);
  set(ClusteridX, cluster);
  set(ClusterCtaidX, inCluster);
  set(ClusterNctaidX, launch.cluster);
  thread.registers[ClusterCtarank] = rank;
  thread.registers[Laneid] = number % warpSize;
}

void Machine::runCluster(std::array<unsigned, 3> first) {
  for (Block &block : blocks) // NaN, in all types of floating point.
    std::fill(block.shared.begin(), block.shared.end(), char(0xff));
  std::fill(registers.begin(), registers.end(), 0xdeadbeefdeadbeef);
  for (unsigned i = 0; i != threads.size(); ++i)
    start(threads[i], i, first);

  bool progress = true;
  while (progress && status == Success) {
    progress = false;
    for (unsigned rank = 0; rank != blocksOfCluster; ++rank) {
      Thread *ofBlock = threads.data() + rank * threadsOfBlock;
      for (unsigned lane = 0; lane < threadsOfBlock; lane += warpSize)
        progress |=
            runWarp(ofBlock + lane, std::min(warpSize, threadsOfBlock - lane));
      progress |= meetBlock(ofBlock, threadsOfBlock);
    }
    progress |= meetCluster();
  }
  if (status != Success)
    return;
  reason = deadlock();
  if (!reason.empty())
    status = LaunchFailed;
}

/// What the driver refuses.
int Machine::check(std::string &error) const {
  const Kernel &kernel = *launch.kernel;
  auto refuse = [&](const char *why) {
    error = kernel.name + ": " + why;
    return InvalidValue;
  };
  if (!product(launch.grid) || !product(launch.block))
    return refuse("a size of the launch is 0");
  if (launch.grid[0] > 0x7fffffff || launch.grid[1] > 65535 ||
      launch.grid[2] > 65535)
    return refuse("the grid is too large");
  if (product(launch.block) > 1024 || launch.block[2] > 64)
    return refuse("the block is too large");
  if (product(kernel.requiredThreads) && launch.block != kernel.requiredThreads)
    return refuse("the block is not as .reqntid says");
  if (product(kernel.mostThreads) &&
      product(launch.block) > product(kernel.mostThreads))
    return refuse("the block is larger than .maxntid says");
  if (product(kernel.requiredCluster) &&
      launch.cluster != kernel.requiredCluster)
    return refuse("the cluster is not as .reqnctapercluster says");
  for (unsigned i = 0; i != 3; ++i)
    if (launch.grid[i] % launch.cluster[i] != 0)
      return refuse("the grid is no multiple of the cluster");
  return Success;
}

int Machine::run(std::string &error) {
  if (int refused = check(error))
    return refused;
  threadsOfBlock = product(launch.block);
  blocksOfCluster = product(launch.cluster);
  blocks.resize(blocksOfCluster);
  for (unsigned rank = 0; rank != blocksOfCluster; ++rank) {
    blocks[rank].rank = rank;
    blocks[rank].shared.resize(launch.kernel->sharedBytes +
                               launch.dynamicShared);
  }
  threads.resize(threadsOfBlock * blocksOfCluster);
  registers.resize(threads.size() * size_t(launch.kernel->numRegisters));
  for (unsigned z = 0; z < launch.grid[2]; z += launch.cluster[2])
    for (unsigned y = 0; y < launch.grid[1]; y += launch.cluster[1])
      for (unsigned x = 0; x < launch.grid[0]; x += launch.cluster[0]) {
        runCluster({x, y, z});
        if (launch.profile)
          launch.profile->finishThreads();
        if (status != Success) {
          error = reason;
          return status;
        }
      }
  return Success;
}
