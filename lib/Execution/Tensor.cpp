//===- Tensor.cpp - Tensors that own their memory -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements tensors that own their memory, and the values of
// elements.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/Tensor.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/APInt.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>
#include <cstring>

using namespace act;
using llvm::APFloat;

std::optional<int64_t> act::numBytes(ElementType type,
                                     llvm::ArrayRef<int64_t> shape) {
  int64_t bytes = byteWidth(type);
  bool isEmpty = false;
  for (int64_t size : shape) {
    if (size < 0)
      return std::nullopt;
    isEmpty |= size == 0;
    // The strides of an empty tensor must not overflow either.
    if (llvm::MulOverflow(bytes, size ? size : 1, bytes))
      return std::nullopt;
  }
  return isEmpty ? 0 : bytes;
}

llvm::Expected<Tensor> Tensor::zeros(ElementType type,
                                     llvm::ArrayRef<int64_t> shape) {
  constexpr int64_t alignment = 64;
  std::optional<int64_t> bytes = act::numBytes(type, shape);
  char *memory = nullptr;
  if (bytes && *bytes < std::numeric_limits<int64_t>::max() - alignment)
    memory = static_cast<char *>(std::aligned_alloc(
        alignment, llvm::alignTo(std::max<int64_t>(*bytes, 1), alignment)));
  if (!memory)
    return llvm::createStringError("not enough memory for " +
                                   shapedTypeText(type, shape));
  std::memset(memory, 0, *bytes);
  Tensor tensor;
  tensor.memory.reset(memory);
  tensor.contents = TensorView::contiguous(type, memory, shape);
  return tensor;
}

bool act::isFloat(ElementType type) { return type <= ElementType::F64; }

static const llvm::fltSemantics &semantics(ElementType type) {
  switch (type) {
  case ElementType::F16:
    return APFloat::IEEEhalf();
  case ElementType::BF16:
    return APFloat::BFloat();
  case ElementType::F32:
    return APFloat::IEEEsingle();
  default:
    return APFloat::IEEEdouble();
  }
}

template <class T> static T load(const void *from) {
  T value;
  std::memcpy(&value, from, sizeof(T));
  return value;
}

template <class T> static void store(void *to, T value) {
  std::memcpy(to, &value, sizeof(T));
}

double act::readElement(ElementType type, const void *from) {
  switch (type) {
  case ElementType::F16:
    return APFloat(semantics(type), llvm::APInt(16, load<uint16_t>(from)))
        .convertToDouble();
  case ElementType::BF16:
    return llvm::bit_cast<float>(uint32_t(load<uint16_t>(from)) << 16);
  case ElementType::F32:
    return load<float>(from);
  case ElementType::F64:
    return load<double>(from);
  default:
    return static_cast<double>(readInteger(type, from));
  }
}

int64_t act::readInteger(ElementType type, const void *from) {
  switch (byteWidth(type)) {
  case 1:
    return load<int8_t>(from);
  case 2:
    return load<int16_t>(from);
  case 4:
    return load<int32_t>(from);
  default:
    return load<int64_t>(from);
  }
}

void act::writeElement(ElementType type, void *to, double value) {
  switch (type) {
  case ElementType::F16:
  case ElementType::BF16: {
    APFloat rounded(value);
    bool losesInfo;
    rounded.convert(semantics(type), APFloat::rmNearestTiesToEven, &losesInfo);
    store(to, static_cast<uint16_t>(rounded.bitcastToAPInt().getZExtValue()));
    return;
  }
  case ElementType::F32:
    return store(to, static_cast<float>(value));
  case ElementType::F64:
    return store(to, value);
  default:
    return writeInteger(type, to, static_cast<int64_t>(value));
  }
}

void act::writeInteger(ElementType type, void *to, int64_t value) {
  switch (byteWidth(type)) {
  case 1:
    return store(to, static_cast<int8_t>(value));
  case 2:
    return store(to, static_cast<int16_t>(value));
  case 4:
    return store(to, static_cast<int32_t>(value));
  default:
    return store(to, value);
  }
}

double act::ulpOf(ElementType type, double value) {
  const llvm::fltSemantics &format = semantics(type);
  int precision = APFloat::semanticsPrecision(format);
  int exponent = APFloat::semanticsMaxExponent(format) + 1;
  if (std::isfinite(value))
    exponent = std::max(value == 0 ? -1100 : std::ilogb(value),
                        int(APFloat::semanticsMinExponent(format)));
  return std::ldexp(1.0, exponent - precision + 1);
}
