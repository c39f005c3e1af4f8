//===- NpyHeader.h - The header of an .npy file --------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the header of .npy files.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_NPYHEADER_H
#define ACT_LIB_EXECUTION_NPYHEADER_H

#include "Act/Execution/TensorView.h"

#include "llvm/Support/Error.h"

namespace act {

/// What stands before the data of an .npy file.
struct NpyHeader {
  /// Byte order ('<', '>', '=' or '|'), kind and bytes of an element: "<f4".
  std::string descr;
  bool fortranOrder = false;
  std::vector<int64_t> shape;
  /// Where the data starts.
  size_t dataOffset = 0;
};

/// Parses the magic number, the version and the dictionary.
llvm::Expected<NpyHeader> parseNpyHeader(llvm::StringRef contents);

/// The bytes at the start of a file that say where its header ends.
constexpr size_t npyPrefixBytes = 12;

/// Where the header of a file ends that starts with these bytes.
llvm::Expected<size_t> npyHeaderEnd(llvm::StringRef contents);

/// All that stands before the data, of version 1, padded to 64 bytes.
std::string printNpyHeader(llvm::StringRef descr,
                           llvm::ArrayRef<int64_t> shape);

} // namespace act

#endif // ACT_LIB_EXECUTION_NPYHEADER_H
