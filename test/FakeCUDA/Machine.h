//===- Machine.h - Runs kernels in PTX on the CPU ---------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Threads run one after the other, each until it waits for others. Registers
// and shared memory begin with numbers that nobody wrote.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_FAKECUDA_MACHINE_H
#define ACT_TEST_FAKECUDA_MACHINE_H

#include "PTX.h"
#include "Profile.h"

#include <cstring>
#include <unordered_map>

namespace ptx {
class Machine;

/// What a thread waits for.
enum class Wait { Nothing, Warp, Block, Cluster, Ended };

/// A block of threads and its shared memory.
struct Block {
  std::vector<char> shared;
  unsigned rank = 0;
};

class Thread {
public:
  template <typename T> T read(const Operand &operand) const {
    uint64_t bits = operand.reg < 0 ? operand.value : registers[operand.reg];
    if constexpr (std::is_same_v<T, bool>) {
      return bits & 1;
    } else {
      T value;
      std::memcpy(&value, &bits, sizeof(T));
      return value;
    }
  }
  template <typename T> void write(const Operand &result, T value) {
    if (result.reg < 0) // "_"
      return;
    uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof(T));
    registers[result.reg] = bits;
  }

  /// Ends the launch with the status of the driver and its reason.
  void fail(int status, std::string why);

  uint64_t *registers = nullptr;
  size_t next = 0;
  Wait wait = Wait::Nothing;
  /// How many barriers of the cluster it has arrived at, and whether it has yet
  /// to wait at the last one.
  unsigned arrivals = 0;
  bool arrived = false;
  Block *block = nullptr;
  Machine *machine = nullptr;
};

struct Range {
  uint64_t base = 0;
  size_t bytes = 0;
};

/// What is launched.
struct Launch {
  const Module *module = nullptr;
  const Kernel *kernel = nullptr;
  std::array<unsigned, 3> grid{1, 1, 1}, block{1, 1, 1}, cluster{1, 1, 1};
  unsigned dynamicShared = 0;
  std::vector<char> parameters;
  /// The memory of the GPU.
  std::vector<Range> memory;
  /// Where accesses are counted, or null.
  Profile *profile = nullptr;
};

/// Statuses of the driver, of type CUresult.
enum Status {
  Success = 0,
  InvalidValue = 1,
  InvalidPTX = 218,
  IllegalAddress = 700,
  MisalignedAddress = 716,
  LaunchFailed = 719
};

class Machine {
public:
  explicit Machine(const Launch &launch) : launch(launch) {}

  /// Runs the kernel for the whole grid. `error` has the reason of a failure.
  int run(std::string &error);

  /// The bytes of parameters at an address.
  const char *parameter(Thread &thread, uint64_t address, unsigned bytes);
  /// The memory behind an address of the thread, for `bytes` of it; null after
  /// an error.
  char *global(Thread &thread, uint64_t address, unsigned bytes);
  /// The same in shared memory of the block, or of one of its cluster where the
  /// address is one that `mapa` has made.
  char *shared(Thread &thread, uint64_t address, unsigned bytes);

  /// A cluster address of shared memory.
  static uint64_t clusterAddress(uint64_t rank, uint64_t address) {
    return (rank + 1) << 32 | (address & 0xffffffff);
  }

  /// Notes an access of global memory, or of the block's own shared memory.
  void noteAccess(bool isShared, const Thread &thread, uint64_t address,
                  unsigned bytes);
  enum Use : char { Constant = 1, Written = 2 };
  /// Notes that the bytes are read through the cache of what nobody writes, or
  /// written.
  void noteUse(Thread &thread, Use use, uint64_t address, unsigned bytes);

private:
  void runCluster(std::array<unsigned, 3> first);
  void start(Thread &thread, unsigned index, std::array<unsigned, 3> first);
  void runThread(Thread &thread);
  /// Runs the threads of a warp until all wait for more than the warp.
  bool runWarp(Thread *lanes, unsigned count);
  /// Lets lanes of the warp go on that wait for each other and are all there.
  bool meetWarp(Thread *lanes, unsigned count);
  bool meetBlock(Thread *threads, unsigned count);
  bool meetCluster();
  std::string deadlock() const;
  int check(std::string &error) const;

  friend class Thread;
  const Launch &launch;
  unsigned threadsOfBlock = 0, blocksOfCluster = 0;
  std::vector<uint64_t> registers;
  std::vector<Block> blocks;
  std::vector<Thread> threads;
  /// The last range of memory that an address was found in.
  Range found;
  /// What the launch does with each byte of memory, by the range's base.
  std::unordered_map<uint64_t, std::vector<char>> uses;
  int status = Success;
  std::string reason;
};
} // namespace ptx

#endif // ACT_TEST_FAKECUDA_MACHINE_H
