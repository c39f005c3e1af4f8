//===- Tensor.h - Tensors that own their memory --------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares tensors that own their memory, and the values of elements.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_EXECUTION_TENSOR_H
#define ACT_EXECUTION_TENSOR_H

#include "Act/Execution/TensorView.h"

#include "llvm/Support/Error.h"

#include <cstdlib>
#include <memory>

namespace act {

/// A tensor in C order, aligned to 64 bytes.
class Tensor {
public:
  Tensor() = default;

  /// A tensor of zeros. Fails if a size is negative or there is not enough
  /// memory.
  static llvm::Expected<Tensor> zeros(ElementType type,
                                      llvm::ArrayRef<int64_t> shape);

  ElementType type() const { return contents.type; }
  llvm::ArrayRef<int64_t> shape() const { return contents.shape; }
  const TensorView &view() const { return contents; }
  int64_t numElements() const { return contents.numElements(); }
  int64_t numBytes() const { return numElements() * byteWidth(type()); }
  char *data() { return memory.get(); }
  const char *data() const { return memory.get(); }

  /// The address of the element with the given index in C order.
  char *element(int64_t index) {
    return memory.get() + index * byteWidth(type());
  }
  const char *element(int64_t index) const {
    return memory.get() + index * byteWidth(type());
  }

private:
  struct Free {
    void operator()(char *pointer) const { std::free(pointer); }
  };
  std::unique_ptr<char, Free> memory;
  TensorView contents;
};

/// Bytes of a tensor, or nothing if a size is negative or they do not fit into
/// 63 bits.
std::optional<int64_t> numBytes(ElementType type,
                                llvm::ArrayRef<int64_t> shape);

/// Whether elements are floating-point numbers.
bool isFloat(ElementType type);

/// The value of the element at `from`; integers above 2^53 are rounded.
double readElement(ElementType type, const void *from);

/// The value of an integer or i1 element.
int64_t readInteger(ElementType type, const void *from);

/// Writes `value`, rounded to nearest even. An integer type takes the integer
/// part; the value must be in range.
void writeElement(ElementType type, void *to, double value);

/// Writes an integer or i1 element. The value must be in range.
void writeInteger(ElementType type, void *to, int64_t value);

/// The distance of neighbouring numbers of a floating-point type at `value`,
/// that is 2^(max(e, emin) - p + 1) for 2^e <= |value| < 2^(e+1). Infinities
/// count as 2^(emax + 1).
double ulpOf(ElementType type, double value);

} // namespace act

#endif // ACT_EXECUTION_TENSOR_H
