//===- Npz.cpp - Archives of NumPy ----------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file reads arrays of .npz archives: zip archives of .npy files. Only
// stored (not compressed) entries are read; that is what numpy.savez writes.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/Npy.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace act;
using llvm::createStringError;
using llvm::Expected;
using llvm::StringRef;
using llvm::support::endian::read16le;
using llvm::support::endian::read32le;

namespace {
/// An entry of the archive's directory.
struct ZipEntry {
  StringRef name;
  unsigned method;
  uint64_t size;
  uint64_t headerOffset;
};
} // namespace

static llvm::Error broken() {
  return createStringError("the archive is broken or truncated");
}

/// Reads the directory at the end of a zip archive (PKWARE's APPNOTE, 4.3).
static Expected<std::vector<ZipEntry>> readDirectory(StringRef zip) {
  constexpr size_t endSize = 22, entrySize = 46;
  size_t end = zip.rfind("PK\x05\x06");
  if (end == StringRef::npos || zip.size() - end < endSize)
    return createStringError("this is not an .npz file");
  unsigned count = read16le(zip.data() + end + 10);
  uint64_t offset = read32le(zip.data() + end + 16);

  std::vector<ZipEntry> entries;
  for (unsigned i = 0; i != count; ++i) {
    if (offset > zip.size() || zip.size() - offset < entrySize ||
        !zip.substr(offset).starts_with("PK\x01\x02"))
      return broken();
    const char *entry = zip.data() + offset;
    size_t nameSize = read16le(entry + 28), extraSize = read16le(entry + 30),
           commentSize = read16le(entry + 32);
    offset += entrySize;
    if (zip.size() - offset < nameSize + extraSize + commentSize)
      return broken();
    entries.push_back({zip.substr(offset, nameSize), read16le(entry + 10),
                       read32le(entry + 20), read32le(entry + 42)});
    offset += nameSize + extraSize + commentSize;
  }
  return entries;
}

/// The bytes of a stored entry.
static Expected<StringRef> readEntry(StringRef zip, const ZipEntry &entry) {
  constexpr size_t headerSize = 30;
  constexpr uint32_t inZip64 = 0xFFFFFFFF;
  if (entry.method != 0)
    return createStringError("the array is compressed; write the archive with "
                             "numpy.savez instead of savez_compressed");
  if (entry.size == inZip64 || entry.headerOffset == inZip64)
    return createStringError("archives above 4 GB are not read; save the "
                             "array as .npy");
  if (entry.headerOffset > zip.size() ||
      zip.size() - entry.headerOffset < headerSize)
    return broken();
  const char *header = zip.data() + entry.headerOffset;
  uint64_t start = entry.headerOffset + headerSize + read16le(header + 26) +
                   read16le(header + 28);
  if (start > zip.size() || zip.size() - start < entry.size)
    return broken();
  return zip.substr(start, entry.size);
}

static Expected<Tensor> parseNpz(StringRef zip, StringRef key,
                                 ElementType expected, bool anyFloat) {
  Expected<std::vector<ZipEntry>> entries = readDirectory(zip);
  if (!entries)
    return entries.takeError();
  std::vector<StringRef> keys;
  for (const ZipEntry &entry : *entries) {
    StringRef name = entry.name;
    name.consume_back(".npy");
    if (name == key) {
      Expected<StringRef> contents = readEntry(zip, entry);
      if (!contents)
        return contents.takeError();
      return parseNpy(*contents, expected, anyFloat);
    }
    keys.push_back(name);
  }
  return createStringError("there is no array '" + key + "'; there are " +
                           llvm::join(keys, ", "));
}

Expected<Tensor> act::readNpz(StringRef path, StringRef key,
                              ElementType expected, bool anyFloat) {
  llvm::sys::fs::file_status status;
  if (!llvm::sys::fs::status(path, status) &&
      !llvm::sys::fs::is_regular_file(status) &&
      !llvm::sys::fs::is_directory(status))
    return createStringError("'" + path +
                             "' is a pipe or a device, and archives are read "
                             "from their ends; copy it into a file");
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!file)
    return createStringError("cannot read '" + path +
                             "': " + file.getError().message());
  Expected<Tensor> tensor =
      parseNpz((*file)->getBuffer(), key, expected, anyFloat);
  if (!tensor)
    return createStringError("'" + path + "', array '" + key +
                             "': " + llvm::toString(tensor.takeError()));
  return tensor;
}
