//===- Npy.cpp - Files of NumPy -------------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements reading and writing of .npy files.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/Npy.h"
#include "Act/Execution/WriteFile.h"
#include "NpyHeader.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <cstring>

using namespace act;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

/// The type that a `descr` without its byte order stands for. Raw words are
/// bf16 where that is expected: NumPy has no name for it.
static std::optional<ElementType> typeOfDescr(StringRef kind,
                                              ElementType expected) {
  if (expected == ElementType::BF16 && (kind == "V2" || kind == "bfloat16"))
    return expected;
  if (expected == ElementType::Index && kind == "i8")
    return expected;
  return llvm::StringSwitch<std::optional<ElementType>>(kind)
      .Case("f2", ElementType::F16)
      .Case("f4", ElementType::F32)
      .Case("f8", ElementType::F64)
      .Case("b1", ElementType::I1)
      .Cases({"i1", "u1"}, ElementType::I8)
      .Cases({"i2", "u2"}, ElementType::I16)
      .Cases({"i4", "u4"}, ElementType::I32)
      .Cases({"i8", "u8"}, ElementType::I64)
      .Default(std::nullopt);
}

/// The `descr` that writeNpy gives a type.
static StringRef descrOf(ElementType type) {
  switch (type) {
  case ElementType::F16:
    return "<f2";
  case ElementType::BF16:
    return "|V2";
  case ElementType::F32:
    return "<f4";
  case ElementType::F64:
    return "<f8";
  case ElementType::I1:
    return "|b1";
  case ElementType::I8:
    return "|i1";
  case ElementType::I16:
    return "<i2";
  case ElementType::I32:
    return "<i4";
  case ElementType::I64:
  case ElementType::Index:
    return "<i8";
  }
  llvm_unreachable("all types are listed");
}

/// Reverses the bytes of each element.
static void swapBytes(Tensor &tensor) {
  for (int64_t i = 0, count = tensor.numElements(); i != count; ++i)
    std::reverse(tensor.element(i), tensor.element(i + 1));
}

/// Copies a tensor in Fortran order, at `from`, into C order.
static void transpose(Tensor &to, const char *from) {
  unsigned width = byteWidth(to.type());
  llvm::ArrayRef<int64_t> shape = to.shape();
  // The strides of the source, in bytes, and a counter over the target.
  std::vector<int64_t> strides(shape.size()), index(shape.size(), 0);
  int64_t stride = width;
  for (size_t i = 0; i != shape.size(); ++i) {
    strides[i] = stride;
    stride *= shape[i];
  }
  for (int64_t i = 0, count = to.numElements(); i != count; ++i) {
    std::memcpy(to.element(i), from, width);
    for (size_t d = shape.size(); d > 0; --d) {
      from += strides[d - 1];
      if (++index[d - 1] != shape[d - 1])
        break;
      from -= shape[d - 1] * strides[d - 1];
      index[d - 1] = 0;
    }
  }
}

namespace {
/// What a header says about the data.
struct Layout {
  ElementType type;
  std::vector<int64_t> shape;
  size_t dataOffset;
  bool fortranOrder, isSwapped;

  /// The bytes of data, or nothing where there are too many to count.
  std::optional<int64_t> bytes() const { return numBytes(type, shape); }
};
} // namespace

/// Parses the header at the start of `contents`; the data may be missing.
static Expected<Layout> parseLayout(StringRef contents, ElementType expected,
                                    bool anyFloat) {
  Expected<NpyHeader> header = parseNpyHeader(contents);
  if (!header)
    return header.takeError();

  StringRef kind = header->descr;
  char order = '=';
  if (!kind.empty() && StringRef("<>=|").contains(kind.front())) {
    order = kind.front();
    kind = kind.drop_front();
  }
  std::optional<ElementType> type = typeOfDescr(kind, expected);
  bool fits = type && (*type == expected ||
                       (anyFloat && isFloat(*type) && isFloat(expected)));
  if (!fits)
    return createStringError("elements of type '" + header->descr + "' where " +
                             elementTypeName(expected) + " ('" +
                             descrOf(expected) + "') is expected");
  if (order == '|' && byteWidth(*type) != 1 && !kind.starts_with("V"))
    return createStringError("type '" + header->descr +
                             "' does not say its byte order; write '<" + kind +
                             "'");
  bool isSwapped = order == (llvm::sys::IsLittleEndianHost ? '>' : '<');
  return Layout{*type, header->shape, header->dataOffset, header->fortranOrder,
                isSwapped};
}

Expected<Tensor> act::parseNpy(StringRef contents, ElementType expected,
                               bool anyFloat) {
  Expected<Layout> layout = parseLayout(contents, expected, anyFloat);
  if (!layout)
    return layout.takeError();
  std::optional<int64_t> bytes = layout->bytes();
  StringRef data = contents.substr(layout->dataOffset);
  if (!bytes || uint64_t(*bytes) > data.size())
    return createStringError("the file is truncated: " +
                             shapedTypeText(layout->type, layout->shape) +
                             " needs more than its " + Twine(data.size()) +
                             " bytes of data");
  if (uint64_t(*bytes) != data.size())
    return createStringError(Twine(data.size() - *bytes) +
                             " bytes follow the data");
  if (layout->type == ElementType::I1 &&
      llvm::any_of(data, [](char byte) { return byte != 0 && byte != 1; }))
    return createStringError("a boolean that is neither 0 nor 1");

  Expected<Tensor> tensor = Tensor::zeros(layout->type, layout->shape);
  if (!tensor)
    return tensor.takeError();
  if (layout->fortranOrder)
    transpose(*tensor, data.data());
  else
    std::memcpy(tensor->data(), data.data(), *bytes);
  if (layout->isSwapped)
    swapBytes(*tensor);
  return tensor;
}

/// Reads on from a pipe until `contents` has `size` bytes or the pipe ends.
static Error readUpTo(llvm::sys::fs::file_t file, uint64_t size,
                      std::string &contents) {
  // What a header claims is not believed: memory grows with what comes.
  constexpr size_t chunkBytes = 1 << 20;
  while (contents.size() < size) {
    size_t old = contents.size();
    contents.resize(old + std::min<uint64_t>(size - old, chunkBytes));
    Expected<size_t> count = llvm::sys::fs::readNativeFile(
        file, llvm::MutableArrayRef(&contents[old], contents.size() - old));
    contents.resize(old + (count ? *count : 0));
    if (!count)
      return count.takeError();
    if (*count == 0)
      break;
  }
  return Error::success();
}

/// Reads from a pipe or a device, which may have no end, no further than one
/// byte behind what the header asks for.
static Expected<std::string> readStream(llvm::sys::fs::file_t file,
                                        ElementType expected, bool anyFloat) {
  std::string contents;
  if (Error error = readUpTo(file, npyPrefixBytes, contents))
    return std::move(error);
  Expected<size_t> headerEnd = npyHeaderEnd(contents);
  if (!headerEnd)
    return headerEnd.takeError();
  if (Error error = readUpTo(file, *headerEnd, contents))
    return std::move(error);
  Expected<Layout> layout = parseLayout(contents, expected, anyFloat);
  if (!layout)
    return layout.takeError();
  // Without a number of bytes no data can be enough.
  uint64_t end = layout->dataOffset;
  if (std::optional<int64_t> bytes = layout->bytes())
    end += *bytes + uint64_t(1);
  if (Error error = readUpTo(file, end, contents))
    return std::move(error);
  if (layout->bytes() && contents.size() == end)
    return createStringError("bytes follow the data");
  return contents;
}

/// Reads a regular file, or a stream, that is open. Errors do not name it.
static Expected<Tensor> readOpenFile(llvm::sys::fs::file_t file, bool isRegular,
                                     ElementType expected, bool anyFloat) {
  if (!isRegular) {
    Expected<std::string> contents = readStream(file, expected, anyFloat);
    if (!contents)
      return contents.takeError();
    return parseNpy(*contents, expected, anyFloat);
  }
  auto buffer = llvm::MemoryBuffer::getOpenFile(
      file, /*Filename=*/"", /*FileSize=*/-1, /*RequiresNullTerminator=*/false);
  if (!buffer)
    return llvm::errorCodeToError(buffer.getError());
  return parseNpy((*buffer)->getBuffer(), expected, anyFloat);
}

Expected<Tensor> act::readNpy(StringRef path, ElementType expected,
                              bool anyFloat) {
  auto file = llvm::sys::fs::openNativeFileForRead(path);
  if (!file)
    return createStringError("cannot read '" + path +
                             "': " + llvm::toString(file.takeError()));
  auto close = llvm::scope_exit([&] { llvm::sys::fs::closeFile(*file); });
  llvm::sys::fs::file_status status;
  std::error_code code = llvm::sys::fs::status(*file, status);
  if (!code && llvm::sys::fs::is_directory(status))
    code = std::make_error_code(std::errc::is_a_directory);
  if (code)
    return createStringError("cannot read '" + path + "': " + code.message());
  Expected<Tensor> tensor = readOpenFile(
      *file, llvm::sys::fs::is_regular_file(status), expected, anyFloat);
  if (!tensor)
    return createStringError("'" + path +
                             "': " + llvm::toString(tensor.takeError()));
  return tensor;
}

void act::printNpy(llvm::raw_ostream &os, const TensorView &tensor) {
  assert(tensor.isContiguous() && "a view in C order is expected");
  os << printNpyHeader(descrOf(tensor.type), tensor.shape);
  os.write(static_cast<const char *>(tensor.data),
           tensor.numElements() * byteWidth(tensor.type));
}

Error act::writeNpy(StringRef path, const TensorView &tensor) {
  return writeFile(path, [&](llvm::raw_ostream &os) { printNpy(os, tensor); });
}
