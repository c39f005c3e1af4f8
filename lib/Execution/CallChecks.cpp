//===- CallChecks.cpp - What is checked before a call ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file checks tensors that are passed to an entry.
//
//===----------------------------------------------------------------------===//

#include "CallChecks.h"

#include "Act/Execution/Tensor.h"

#include "llvm/Support/MathExtras.h"

using namespace act;
using llvm::ArrayRef;
using llvm::createStringError;
using llvm::Error;
using llvm::StringRef;
using llvm::Twine;

static Error fail(const Twine &kind, const ArgumentInfo &info,
                  const Twine &message) {
  return createStringError(kind + " '" + info.name + "': " + message);
}

namespace {
/// The memory that a view spans, as addresses [low, high).
struct Span {
  explicit Span(const TensorView &view) {
    auto [begin, bytes] = view.span();
    low = reinterpret_cast<uintptr_t>(begin);
    high = low + bytes;
  }

  bool overlaps(const Span &other) const {
    // Without elements there is nothing to overlap.
    return low < other.high && other.low < high && low != high &&
           other.low != other.high;
  }

  uintptr_t low, high;
};
} // namespace

static bool areIdentical(const TensorView &a, const TensorView &b) {
  return a.data == b.data && a.type == b.type && a.shape == b.shape &&
         (a.strides == b.strides || (a.isContiguous() && b.isContiguous()));
}

/// Whether two elements of the view may be the same memory: strides, from small
/// to large, must step over all that the smaller ones reach.
static bool overlapsItself(const TensorView &view) {
  if (view.isContiguous())
    return false;
  llvm::SmallVector<std::pair<int64_t, int64_t>> dims; // stride, size
  for (auto [size, stride] : llvm::zip_equal(view.shape, view.strides))
    if (size > 1)
      dims.push_back({std::abs(stride), size});
  llvm::sort(dims);
  int64_t reach = 0;
  for (auto [stride, size] : dims) {
    if (stride <= reach)
      return true;
    reach += (size - 1) * stride;
  }
  return false;
}

static Error checkOne(StringRef kind, const ArgumentInfo &info,
                      const TensorView &view, bool strided) {
  if (view.type != info.type)
    return fail(kind, info,
                "has elements of type " + elementTypeName(view.type) +
                    ", not " + elementTypeName(info.type));
  if (!info.accepts(view.shape))
    return fail(kind, info,
                "has shape " + shapedTypeText(view.type, view.shape) +
                    ", not " + shapedTypeText(info.type, info.shape));
  if (view.strides.size() != view.shape.size())
    return fail(kind, info, "has a stride too many or too few");
  if (!numBytes(view.type, view.shape))
    return fail(kind, info, "has sizes that are negative or too large");
  if (!view.data && view.numElements() != 0)
    return fail(kind, info, "has no memory (null pointer)");
  if (reinterpret_cast<uintptr_t>(view.data) % byteWidth(view.type))
    return fail(kind, info,
                "is not aligned to its elements of " +
                    Twine(byteWidth(view.type)) + " bytes");
  if (!strided && !view.isContiguous())
    return fail(kind, info,
                "is not contiguous; compile with CompileOptions::strided");
  return Error::success();
}

static Error checkAll(StringRef kind, ArrayRef<ArgumentInfo> infos,
                      ArrayRef<TensorView> views, bool strided) {
  if (views.size() != infos.size())
    return createStringError("the entry has " + Twine(infos.size()) + " " +
                             kind + "s, and " + Twine(views.size()) +
                             " were given");
  for (auto [info, view] : llvm::zip_equal(infos, views))
    if (Error error = checkOne(kind, info, view, strided))
      return error;
  return Error::success();
}

Error act::checkInputs(const LoweredEntry &entry, ArrayRef<TensorView> inputs,
                       bool strided) {
  return checkAll("input", entry.signature.inputs, inputs, strided);
}

/// Checks the sizes that depend on those of the inputs, and takes them from
/// `computed`.
static Error checkSizes(const ArgumentInfo &info, const TensorView &view,
                        ArrayRef<uint64_t> &computed) {
  ArrayRef<uint64_t> rest = computed;
  bool fits = true;
  for (auto [declared, given] : llvm::zip_equal(info.shape, view.shape)) {
    if (declared >= 0)
      continue;
    fits &= uint64_t(given) == computed.front();
    computed = computed.drop_front();
  }
  if (fits)
    return Error::success();
  std::vector<int64_t> expected = info.shape;
  for (int64_t &size : expected)
    if (size < 0) {
      size = rest.front();
      rest = rest.drop_front();
    }
  return fail("output", info,
              "has shape " + shapedTypeText(info.type, view.shape) +
                  ", and for these inputs it is " +
                  shapedTypeText(info.type, expected));
}

Error act::checkOutputs(const LoweredEntry &entry, ArrayRef<TensorView> inputs,
                        ArrayRef<TensorView> outputs, bool strided,
                        ArrayRef<uint64_t> dynamicSizes) {
  const Signature &signature = entry.signature;
  if (Error error = checkAll("output", signature.outputs, outputs, strided))
    return error;
  llvm::SmallVector<Span, 8> read(inputs.begin(), inputs.end());
  llvm::SmallVector<Span, 8> written(outputs.begin(), outputs.end());
  for (size_t i = 0; i != outputs.size(); ++i) {
    const ArgumentInfo &info = signature.outputs[i];
    if (Error error = checkSizes(info, outputs[i], dynamicSizes))
      return error;
    if (overlapsItself(outputs[i]))
      return fail("output", info, "overlaps itself");
    for (size_t k = 0; k != i; ++k)
      if (written[i].overlaps(written[k]))
        return fail("output", info,
                    "overlaps output '" + signature.outputs[k].name + "'");
    for (size_t k = 0; k != inputs.size(); ++k) {
      if (!written[i].overlaps(read[k]))
        continue;
      const std::string &input = signature.inputs[k].name;
      if (!areIdentical(outputs[i], inputs[k]))
        return fail("output", info, "overlaps input '" + input + "' in part");
      if (!entry.mayShare.count({unsigned(k), unsigned(i)}))
        return fail("output", info,
                    "must not be the memory of input '" + input +
                        "', which is read again after it is written");
    }
  }
  return Error::success();
}
