//===- Pages.cpp - Memory that is taken where it is used ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file reserves memory.
//
//===----------------------------------------------------------------------===//

#include "Pages.h"

#include <sys/mman.h>

using namespace act::simt;

bool Pages::reserve(size_t size) {
  release();
  if (size == 0)
    return true;
  void *reserved = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (reserved == MAP_FAILED)
    return false;
  memory = static_cast<char *>(reserved);
  bytes = size;
  return true;
}

void Pages::release() {
  if (memory)
    munmap(memory, bytes);
  memory = nullptr;
  bytes = 0;
}
