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
using llvm::sys::fs::TempFile;

using Writer = llvm::function_ref<void(llvm::raw_ostream &)>;

/// Writes to a stream, and gives its error.
static std::error_code writeTo(llvm::raw_fd_ostream &stream, Writer write) {
  write(stream);
  stream.flush();
  std::error_code error = stream.error();
  stream.clear_error();
  return error;
}

static Error cannotWrite(StringRef path, Error error) {
  return llvm::createStringError("cannot write '" + path +
                                 "': " + llvm::toString(std::move(error)));
}

/// Writes a temporary file beside `path`: it can be renamed, so that no reader
/// ever sees half a file.
static Expected<TempFile> writeBeside(StringRef path, Writer write) {
  Expected<TempFile> temporary = TempFile::create(path + ".tmp-%%%%%%%%");
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
  return temporary;
}

WholeFiles::~WholeFiles() {
  for (Pending &file : pending)
    llvm::consumeError(file.temporary.discard());
}

Error WholeFiles::add(StringRef path, Writer write) {
  llvm::sys::fs::file_status status;
  bool exists = !llvm::sys::fs::status(path, status);
  if (exists && !llvm::sys::fs::is_regular_file(status)) {
    // A device or a pipe cannot be replaced.
    std::error_code code;
    llvm::raw_fd_ostream stream(path, code);
    if (!code)
      code = writeTo(stream, write);
    return code ? cannotWrite(path, llvm::errorCodeToError(code))
                : Error::success();
  }
  // Through a link the file that it names is replaced, not the link.
  llvm::SmallString<128> target(path);
  if (exists)
    llvm::sys::fs::real_path(path, target);
  Expected<TempFile> temporary = writeBeside(target, write);
  if (!temporary)
    return cannotWrite(path, temporary.takeError());
  pending.push_back({path.str(), target.str().str(), std::move(*temporary)});
  return Error::success();
}

Error WholeFiles::keep() {
  for (Pending &file : pending)
    if (Error error = file.temporary.keep(file.target))
      return cannotWrite(file.path, std::move(error));
  pending.clear();
  return Error::success();
}

Error act::writeFile(StringRef path, Writer write) {
  WholeFiles files;
  if (Error error = files.add(path, write))
    return error;
  return files.keep();
}
