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
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace act {

/// Has `write` write a file. A regular file, also one that `path` is a link to,
/// is replaced as a whole or, on an error, left as it was; a device or a pipe
/// is written to.
llvm::Error writeFile(llvm::StringRef path,
                      llvm::function_ref<void(llvm::raw_ostream &)> write);

/// Files that are written together: either all regular files are replaced, or
/// all are left as they were.
class WholeFiles {
public:
  WholeFiles() = default;
  WholeFiles(const WholeFiles &) = delete;
  WholeFiles &operator=(const WholeFiles &) = delete;
  /// Drops what was written and not kept.
  ~WholeFiles();

  /// Has `write` write what becomes the file with keep(). A device or a pipe
  /// is written to at once.
  llvm::Error add(llvm::StringRef path,
                  llvm::function_ref<void(llvm::raw_ostream &)> write);

  /// Puts all files in their places.
  llvm::Error keep();

private:
  struct Pending {
    std::string path, target;
    llvm::sys::fs::TempFile temporary;
  };
  std::vector<Pending> pending;
};

} // namespace act

#endif // ACT_EXECUTION_WRITEFILE_H
