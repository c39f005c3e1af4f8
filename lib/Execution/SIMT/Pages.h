//===- Pages.h - Memory that is taken where it is used -------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares reserved memory, for stacks and for records of accesses.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_PAGES_H
#define ACT_LIB_EXECUTION_SIMT_PAGES_H

#include <cstddef>

namespace act::simt {

/// Memory that is zero, and takes pages only where something is written.
class Pages {
public:
  Pages() = default;
  Pages(const Pages &) = delete;
  ~Pages() { release(); }

  /// Takes `size` bytes in place of what it has. False where there are not so
  /// many.
  bool reserve(size_t size);
  void release();

  char *data() const { return memory; }

private:
  char *memory = nullptr;
  size_t bytes = 0;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_PAGES_H
