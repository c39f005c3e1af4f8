//===- Bytecode.cpp - The version of the dialect --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the version of the dialect in bytecode: files written by
// an older version are read, files of a newer one are refused.
//
//===----------------------------------------------------------------------===//

#include "Bytecode.h"

#include "Act/IR/Act.h"

#include "mlir/Bytecode/BytecodeImplementation.h"

using namespace mlir;
using namespace act;

/// Counts changes of operations and attributes that older readers would
/// misread.
static constexpr uint64_t currentVersion = 1;

namespace {

struct Version : public DialectVersion {
  explicit Version(uint64_t number) : number(number) {}

  uint64_t number;
};

struct ActBytecodeInterface : public BytecodeDialectInterface {
  explicit ActBytecodeInterface(Dialect *dialect)
      : BytecodeDialectInterface(dialect) {}

  void writeVersion(DialectBytecodeWriter &writer) const override {
    writer.writeVarInt(currentVersion);
  }

  std::unique_ptr<DialectVersion>
  readVersion(DialectBytecodeReader &reader) const override {
    uint64_t number;
    if (failed(reader.readVarInt(number)))
      return nullptr;
    if (number > currentVersion) {
      reader.emitError() << "version " << number
                         << " of the act dialect is newer than this program's, "
                         << currentVersion
                         << "; read the file with a newer Act, or pass it on "
                            "as text";
      return nullptr;
    }
    return std::make_unique<Version>(number);
  }
};

} // namespace

void act::addBytecodeInterface(ActDialect &dialect) {
  dialect.addInterfaces<ActBytecodeInterface>();
}
