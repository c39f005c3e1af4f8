//===- Generate.cpp - Tensors made by rule --------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file fills tensors by generators. The same text gives the same numbers
// on every machine.
//
//===----------------------------------------------------------------------===//

#include "InputValue.h"
#include "Options.h"
#include "Random.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>

using namespace act;
using namespace llvm;

namespace {
enum class Kind { Zeros, Ones, Normal, Uniform, Linspace, Integers };

/// A generator as it is written: NAME[:BOUND:BOUND][:seed=N].
struct Generator {
  Kind kind;
  SmallVector<StringRef, 2> bounds;
  uint64_t seed = 0;
};
} // namespace

static Error wrong(const Twine &message) {
  return make_error<UsageError>(message.str());
}

static std::optional<Kind> findKind(StringRef name) {
  return StringSwitch<std::optional<Kind>>(name)
      .Case("zeros", Kind::Zeros)
      .Case("ones", Kind::Ones)
      .Case("randn", Kind::Normal)
      .Case("uniform", Kind::Uniform)
      .Case("linspace", Kind::Linspace)
      .Case("randint", Kind::Integers)
      .Default(std::nullopt);
}

bool act::isGenerator(StringRef text) {
  return findKind(text.split(':').first).has_value();
}

static Expected<Generator> parseGenerator(StringRef text) {
  SmallVector<StringRef> parts;
  text.split(parts, ':');
  std::optional<Kind> kind = findKind(parts[0]);
  if (!kind)
    return wrong("expected [elements] or one of randn, uniform:A:B, "
                 "linspace:A:B, zeros, ones, randint:A:B, got '" +
                 text + "'");
  Generator generator{*kind, {}};
  for (StringRef part : drop_begin(parts)) {
    if (!part.consume_front("seed="))
      generator.bounds.push_back(part);
    else if (part.getAsInteger(10, generator.seed))
      return wrong("expected a number after seed=, got '" + part + "'");
  }
  bool takesBounds = *kind >= Kind::Uniform;
  bool needsBounds = *kind >= Kind::Linspace;
  size_t count = generator.bounds.size();
  if (!(count == 0 && !needsBounds) && !(count == 2 && takesBounds))
    return wrong("'" + parts[0] + "' takes " +
                 (takesBounds ? "two bounds" : "no bounds") + ", got '" + text +
                 "'");
  return generator;
}

/// Calls `value` for each element, in order.
static void fillElements(Tensor &tensor, function_ref<double(int64_t)> value) {
  for (int64_t i = 0, count = tensor.numElements(); i != count; ++i)
    writeElement(tensor.type(), tensor.element(i), value(i));
}

static Error generateIntegers(const Generator &generator, Tensor &tensor) {
  int64_t low, high;
  if (generator.bounds[0].getAsInteger(10, low) ||
      generator.bounds[1].getAsInteger(10, high) || low >= high)
    return wrong("randint takes integers A < B; the numbers are from A to "
                 "B - 1");
  ElementType type = tensor.type();
  unsigned bits = type == ElementType::I1 ? 2 : 8 * byteWidth(type);
  // A signed integer of two bits holds i1's 0 and 1.
  bool fits = isFloat(type) || (isIntN(bits, low) && isIntN(bits, high - 1) &&
                                (type != ElementType::I1 || low >= 0));
  if (!fits)
    return wrong("randint:" + generator.bounds[0] + ":" + generator.bounds[1] +
                 " has numbers that are no " + elementTypeName(type));
  Random random(generator.seed);
  for (int64_t i = 0, count = tensor.numElements(); i != count; ++i) {
    int64_t value = low + int64_t(random.below(uint64_t(high) - low));
    if (isFloat(type))
      writeElement(type, tensor.element(i), double(value));
    else
      writeInteger(type, tensor.element(i), value);
  }
  return Error::success();
}

static Error generateReals(const Generator &generator, Tensor &tensor) {
  if (!isFloat(tensor.type()))
    return wrong(elementTypeName(tensor.type()) +
                 " elements are made by randint:A:B, zeros or ones");
  double low = 0, high = 1;
  if (!generator.bounds.empty() &&
      (generator.bounds[0].getAsDouble(low) ||
       generator.bounds[1].getAsDouble(high) || !std::isfinite(high - low)))
    return wrong("expected two finite numbers A:B, got '" +
                 generator.bounds[0] + ":" + generator.bounds[1] + "'");
  Random random(generator.seed);
  int64_t steps = std::max<int64_t>(tensor.numElements() - 1, 1);
  switch (generator.kind) {
  case Kind::Normal:
    fillElements(tensor, [&](int64_t) { return random.normal(); });
    break;
  case Kind::Uniform:
    fillElements(
        tensor, [&](int64_t) { return low + (high - low) * random.uniform(); });
    break;
  default: // Linspace
    fillElements(tensor, [&](int64_t i) {
      return i == steps ? high : low + i * ((high - low) / steps);
    });
  }
  return Error::success();
}

Error act::generate(StringRef text, Tensor &tensor) {
  Expected<Generator> generator = parseGenerator(text);
  if (!generator)
    return generator.takeError();
  switch (generator->kind) {
  case Kind::Zeros:
    return Error::success(); // as it was made
  case Kind::Ones:
    fillElements(tensor, [](int64_t) { return 1; });
    return Error::success();
  case Kind::Integers:
    return generateIntegers(*generator, tensor);
  default:
    return generateReals(*generator, tensor);
  }
}
