//===- Loader.h - Object files in this process ---------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares loading object files into this process.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_LOADER_H
#define ACT_LIB_EXECUTION_LOADER_H

#include "Device.h"
#include "MatrixLibrary.h"

#include "Act/Execution/Threads.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"

namespace act {

/// Code that was loaded from an object file, and lives as long as this.
class LoadedObject {
public:
  /// Links `object` with this process and with what it calls of the OpenMP
  /// runtime, of BLAS, and of `device`, which may be null.
  static llvm::Expected<LoadedObject> load(llvm::MemoryBufferRef object,
                                           const DeviceCode *device);

  /// The address of a function.
  llvm::Expected<void *> lookup(llvm::StringRef name);

  /// The OpenMP runtime that the code calls, or null.
  const Threads *threads() const { return runtime; }

  /// The BLAS that the code calls, or null.
  const MatrixLibrary *matrixLibrary() const { return library; }

private:
  std::unique_ptr<llvm::orc::LLJIT> jit;
  const Threads *runtime = nullptr;
  const MatrixLibrary *library = nullptr;
};

} // namespace act

#endif // ACT_LIB_EXECUTION_LOADER_H
