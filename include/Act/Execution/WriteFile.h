//===- WriteFile.h - Files that are whole --------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the writing of files.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_EXECUTION_WRITEFILE_H
#define ACT_EXECUTION_WRITEFILE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace act {

/// Has `write` write a file. A regular file, also one that `path` is a link to,
/// is replaced as a whole or, on an error, left as it was; a device or a pipe
/// is written to.
llvm::Error writeFile(llvm::StringRef path,
                      llvm::function_ref<void(llvm::raw_ostream &)> write);

} // namespace act

#endif // ACT_EXECUTION_WRITEFILE_H
