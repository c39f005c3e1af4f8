//===- FrameSize.cpp - Stack that code needs ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file reads the sections .stack_sizes of object files. They hold, for
// each function, its address and the size of its frame in LEB128.
//
//===----------------------------------------------------------------------===//

#include "FrameSize.h"

#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/LEB128.h"

using namespace act::simt;
using llvm::Error;
using llvm::Expected;

static Error readSizes(llvm::StringRef contents, unsigned addressBytes,
                       uint64_t &largest) {
  const uint8_t *position = contents.bytes_begin(), *end = contents.bytes_end();
  while (position != end) {
    const char *problem = nullptr;
    unsigned length = 0;
    if (uint64_t(end - position) <= addressBytes)
      return llvm::createStringError("a section of stack sizes is cut off");
    position += addressBytes;
    uint64_t size = llvm::decodeULEB128(position, &length, end, &problem);
    if (problem)
      return llvm::createStringError(problem);
    largest = std::max(largest, size);
    position += length;
  }
  return Error::success();
}

Expected<uint64_t> act::simt::largestFrame(llvm::MemoryBufferRef buffer) {
  auto object = llvm::object::ObjectFile::createObjectFile(buffer);
  if (!object)
    return object.takeError();
  uint64_t largest = 0;
  for (const llvm::object::SectionRef &section : (*object)->sections()) {
    Expected<llvm::StringRef> name = section.getName();
    if (!name)
      return name.takeError();
    if (*name != ".stack_sizes")
      continue;
    Expected<llvm::StringRef> contents = section.getContents();
    if (!contents)
      return contents.takeError();
    if (Error error =
            readSizes(*contents, (*object)->getBytesInAddress(), largest))
      return std::move(error);
  }
  return largest;
}
