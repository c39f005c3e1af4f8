//===- FrameSize.h - Stack that code needs -------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how much stack generated code needs.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_FRAMESIZE_H
#define ACT_LIB_EXECUTION_SIMT_FRAMESIZE_H

#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

namespace act::simt {

/// Bytes of the largest frame of a function in `object`, which was emitted with
/// a section of stack sizes.
llvm::Expected<uint64_t> largestFrame(llvm::MemoryBufferRef object);

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_FRAMESIZE_H
