//===- Loader.cpp - Object files in this process --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file loads object files into this process with LLVM's ORC.
//
//===----------------------------------------------------------------------===//

#include "Loader.h"

#include "Act/Execution/Compile.h"

#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"
#include "llvm/ExecutionEngine/Orc/ExecutorProcessControl.h"

using namespace act;
using namespace llvm;

static bool isOpenMP(StringRef symbol) {
  return symbol.starts_with("__kmpc_") || symbol.starts_with("omp_");
}

static bool isBLAS(StringRef symbol) { return symbol.starts_with("cblas_"); }

/// Defines those of `symbols` that `belongs` accepts by `lookup`.
static Error define(orc::LLJIT &jit, ArrayRef<std::string> symbols,
                    StringRef library, function_ref<bool(StringRef)> belongs,
                    function_ref<void *(const char *)> lookup) {
  orc::SymbolMap map;
  for (StringRef symbol : symbols) {
    if (!belongs(symbol))
      continue;
    void *address = lookup(symbol.str().c_str());
    if (!address)
      return createStringError(library + " has no function " + symbol);
    map[jit.mangleAndIntern(symbol)] = orc::ExecutorSymbolDef(
        orc::ExecutorAddr::fromPtr(address), JITSymbolFlags::Exported);
  }
  return jit.getMainJITDylib().define(orc::absoluteSymbols(std::move(map)));
}

Expected<LoadedObject> LoadedObject::load(MemoryBufferRef object,
                                          const DeviceCode *device) {
  Expected<std::vector<std::string>> needed = undefinedSymbols(object);
  if (!needed)
    return needed.takeError();

  // Only objects are loaded: no platform with initialisers, no LLVM IR.
  auto jit =
      orc::LLJITBuilder().setPlatformSetUp(orc::setUpInactivePlatform).create();
  if (!jit)
    return jit.takeError();
  LoadedObject loaded;
  loaded.jit = std::move(*jit);

  if (any_of(*needed, isOpenMP)) {
    Expected<Threads *> runtime = Threads::get();
    if (!runtime)
      return runtime.takeError();
    loaded.runtime = *runtime;
    if (Error error =
            define(*loaded.jit, *needed, "the OpenMP runtime", isOpenMP,
                   [&](const char *name) { return (*runtime)->lookup(name); }))
      return std::move(error);
  }
  if (any_of(*needed, isBLAS)) {
    Expected<const MatrixLibrary *> library = MatrixLibrary::get();
    if (!library)
      return library.takeError();
    loaded.library = *library;
    if (Error error =
            define(*loaded.jit, *needed, "OpenBLAS", isBLAS,
                   [&](const char *name) { return (*library)->lookup(name); }))
      return std::move(error);
  }
  if (device) {
    auto isOfDevice = [&](StringRef symbol) { return device->lookup(symbol); };
    if (Error error =
            define(*loaded.jit, *needed, "the device", isOfDevice,
                   [&](const char *name) { return device->lookup(name); }))
      return std::move(error);
  }
  if (Error error = loaded.jit->addObjectFile(
          MemoryBuffer::getMemBuffer(object, /*RequiresNullTerminator=*/false)))
    return std::move(error);
  return loaded;
}

Expected<void *> LoadedObject::lookup(StringRef name) {
  Expected<orc::ExecutorAddr> address = jit->lookup(name);
  if (!address)
    return address.takeError();
  return address->toPtr<void *>();
}
