//===- DeviceMemory.h - Global memory ------------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what kernels may access of the memory of this process.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_DEVICEMEMORY_H
#define ACT_LIB_EXECUTION_SIMT_DEVICEMEMORY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace act::simt {

/// The tensors of a call, and the temporaries between its kernels.
class DeviceMemory {
public:
  /// "input 'x'". Memory that nothing is written to is not writable.
  void add(std::string name, const void *begin, int64_t size, bool isWritable);
  void remove(const void *begin);

  /// What is wrong with an access, or nothing. `hint` is the number of the
  /// range that the last access was in.
  std::optional<std::string> check(uintptr_t address, int64_t size,
                                   bool isWrite, size_t &hint) const;

  /// Calls `body` with the ends of each range that is writable.
  void forEachWritable(
      llvm::function_ref<void(uintptr_t begin, uintptr_t end)> body) const;

  /// "byte 4 of output 'y'", for an address that a kernel may access.
  std::string nameOf(uintptr_t address) const;

private:
  struct Range {
    uintptr_t begin, end;
    std::string name;
    bool isWritable;

    bool holds(uintptr_t address, int64_t size) const {
      return address >= begin && address < end &&
             size <= int64_t(end - address);
    }
  };

  std::string describe(uintptr_t address, int64_t size) const;

  std::vector<Range> ranges;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_DEVICEMEMORY_H
