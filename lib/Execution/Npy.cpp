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

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
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

Expected<Tensor> act::parseNpy(StringRef contents, ElementType expected,
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
  unsigned width = byteWidth(*type);
  if (order == '|' && width != 1 && !kind.starts_with("V"))
    return createStringError("type '" + header->descr +
                             "' does not say its byte order; write '<" + kind +
                             "'");

  std::optional<int64_t> bytes = numBytes(*type, header->shape);
  StringRef data = contents.substr(header->dataOffset);
  if (!bytes || uint64_t(*bytes) > data.size())
    return createStringError(
        "the file is truncated: " + shapedTypeText(*type, header->shape) +
        " needs more than its " + Twine(data.size()) + " bytes of data");
  if (uint64_t(*bytes) != data.size())
    return createStringError(Twine(data.size() - *bytes) +
                             " bytes follow the data");
  if (*type == ElementType::I1 &&
      llvm::any_of(data, [](char byte) { return byte != 0 && byte != 1; }))
    return createStringError("a boolean that is neither 0 nor 1");

  Expected<Tensor> tensor = Tensor::zeros(*type, header->shape);
  if (!tensor)
    return tensor.takeError();
  if (header->fortranOrder)
    transpose(*tensor, data.data());
  else
    std::memcpy(tensor->data(), data.data(), *bytes);
  if (order == (llvm::sys::IsLittleEndianHost ? '>' : '<'))
    swapBytes(*tensor);
  return tensor;
}

Expected<Tensor> act::readNpy(StringRef path, ElementType expected,
                              bool anyFloat) {
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!file)
    return createStringError("cannot read '" + path +
                             "': " + file.getError().message());
  Expected<Tensor> tensor = parseNpy((*file)->getBuffer(), expected, anyFloat);
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
