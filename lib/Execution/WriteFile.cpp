//===- WriteFile.cpp - Files that are whole -------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the writing of files.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/WriteFile.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"

using namespace act;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

using Writer = llvm::function_ref<void(llvm::raw_ostream &)>;

/// Writes to a stream, and gives its error.
static std::error_code writeTo(llvm::raw_fd_ostream &stream, Writer write) {
  write(stream);
  stream.flush();
  std::error_code error = stream.error();
  stream.clear_error();
  return error;
}

/// Writes beside `path` and renames, so that no reader ever sees half a file.
static Error replaceFile(StringRef path, Writer write) {
  Expected<llvm::sys::fs::TempFile> temporary =
      llvm::sys::fs::TempFile::create(path + ".tmp-%%%%%%%%");
  if (!temporary)
    return temporary.takeError();
  std::error_code error;
  {
    llvm::raw_fd_ostream stream(temporary->FD, /*shouldClose=*/false);
    error = writeTo(stream, write);
  }
  if (error)
    return llvm::joinErrors(llvm::errorCodeToError(error),
                            temporary->discard());
  return temporary->keep(path);
}

Error act::writeFile(StringRef path, Writer write) {
  llvm::sys::fs::file_status status;
  bool exists = !llvm::sys::fs::status(path, status);
  Error error = Error::success();
  if (exists && !llvm::sys::fs::is_regular_file(status)) {
    // A device or a pipe cannot be replaced.
    std::error_code code;
    llvm::raw_fd_ostream stream(path, code);
    if (!code)
      code = writeTo(stream, write);
    error = llvm::joinErrors(std::move(error), llvm::errorCodeToError(code));
  } else {
    // Through a link the file that it names is replaced, not the link.
    llvm::SmallString<128> target(path);
    if (exists)
      llvm::sys::fs::real_path(path, target);
    error = llvm::joinErrors(std::move(error), replaceFile(target, write));
  }
  if (error)
    return llvm::createStringError("cannot write '" + path +
                                   "': " + llvm::toString(std::move(error)));
  return Error::success();
}
