//===- TensorView.h - Tensors in memory -------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares views of tensors that the caller owns.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_EXECUTION_TENSORVIEW_H
#define ACT_EXECUTION_TENSORVIEW_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlir {
class Type;
} // namespace mlir

namespace act {

/// Types of elements. I1 takes a byte; Index is a 64-bit integer.
enum class ElementType { F16, BF16, F32, F64, I1, I8, I16, I32, I64, Index };

/// Bytes of one element.
unsigned byteWidth(ElementType type);

/// The name in MLIR: "bf16", "i64", ...
llvm::StringRef elementTypeName(ElementType type);
std::optional<ElementType> findElementType(llvm::StringRef name);

/// The element type of an MLIR scalar type, or nothing if kernels do not take
/// it.
std::optional<ElementType> elementTypeOf(mlir::Type type);

/// A tensor (rank 0 for a scalar) that the caller owns. Strides are in
/// elements; `data` points to the element of index zero.
struct TensorView {
  ElementType type = ElementType::F32;
  void *data = nullptr;
  std::vector<int64_t> shape;
  std::vector<int64_t> strides;

  /// A view in C order.
  static TensorView contiguous(ElementType type, void *data,
                               llvm::ArrayRef<int64_t> shape);
  static TensorView strided(ElementType type, void *data,
                            llvm::ArrayRef<int64_t> shape,
                            llvm::ArrayRef<int64_t> strides);

  int64_t numElements() const;
  bool isContiguous() const;

  /// The memory from its first to its last element, with what lies between.
  struct Span {
    char *begin;
    uint64_t bytes;
  };
  Span span() const;
};

/// A shape and type as MLIR writes them between < and >: "?x8xf32". Negative
/// sizes are dynamic.
std::string shapedTypeText(ElementType type, llvm::ArrayRef<int64_t> shape);

} // namespace act

#endif // ACT_EXECUTION_TENSORVIEW_H
