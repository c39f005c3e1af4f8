//===- Assignment.cpp - Which option belongs to which argument ------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file assigns options to arguments and results.
//
//===----------------------------------------------------------------------===//

#include "Assignment.h"
#include "Options.h"

#include "llvm/ADT/StringExtras.h"

using namespace act;
using namespace llvm;

std::optional<std::pair<std::vector<int64_t>, ElementType>>
act::parseShapedType(StringRef text) {
  std::vector<int64_t> shape;
  while (!text.empty() && isDigit(text.front())) {
    uint64_t size;
    if (text.consumeInteger(10, size) || size > uint64_t(INT64_MAX) ||
        !text.consume_front("x"))
      return std::nullopt;
    shape.push_back(size);
  }
  std::optional<ElementType> type = findElementType(text);
  if (!type)
    return std::nullopt;
  return std::make_pair(shape, *type);
}

/// Splits [NAME=]VALUE. VALUE starts with @, is -, or is TYPE=GENERATOR.
static std::pair<StringRef, StringRef> splitName(StringRef text) {
  auto [head, rest] = text.split('=');
  if (text.starts_with("@") || head.size() == text.size() ||
      parseShapedType(head))
    return {"", text};
  return {head, rest};
}

static std::string namesOf(ArrayRef<ArgumentInfo> arguments) {
  return join(
      map_range(arguments, [](const ArgumentInfo &info) { return info.name; }),
      ", ");
}

static std::optional<unsigned> findName(ArrayRef<ArgumentInfo> arguments,
                                        StringRef name) {
  for (auto [index, info] : enumerate(arguments))
    if (info.name == name)
      return index;
  return std::nullopt;
}

Expected<std::vector<std::optional<std::string>>>
act::assignValues(StringRef option, ArrayRef<std::string> texts,
                  ArrayRef<ArgumentInfo> arguments) {
  std::vector<std::optional<std::string>> values(arguments.size());
  SmallVector<StringRef> unnamed;
  for (StringRef text : texts) {
    auto [name, value] = splitName(text);
    if (name.empty()) {
      unnamed.push_back(value);
      continue;
    }
    std::optional<unsigned> index = findName(arguments, name);
    if (!index)
      return usage(option, "there is no '" + name +
                               "'; there are: " + namesOf(arguments));
    if (values[*index])
      return usage(option, "'" + name + "' is given twice");
    values[*index] = value.str();
  }
  size_t position = 0;
  for (StringRef value : unnamed) {
    while (position != values.size() && values[position])
      ++position;
    if (position == values.size())
      return usage(option, "'" + value + "' is one too many; there are: " +
                               namesOf(arguments));
    values[position] = value.str();
  }
  return values;
}

Expected<Dimensions> Dimensions::parse(ArrayRef<std::string> texts,
                                       ArrayRef<ArgumentInfo> arguments) {
  Dimensions dimensions;
  bool seenOthers = false;
  for (StringRef text : texts) {
    auto [target, number] = text.rsplit('=');
    int64_t size;
    if (number.getAsInteger(10, size) || size < 0)
      return usage("dim", "expected ARG.K=N or *=N, got '" + text + "'");
    if (target == "*") {
      if (seenOthers)
        return usage("dim", "'*' is given twice");
      seenOthers = true;
      dimensions.others = size;
      continue;
    }
    auto [name, position] = target.rsplit('.');
    unsigned k;
    if (position.getAsInteger(10, k))
      return usage("dim", "expected ARG.K=N or *=N, got '" + text + "'");
    std::optional<unsigned> index = findName(arguments, name);
    if (!index)
      return usage("dim", "there is no input '" + name +
                              "'; there are: " + namesOf(arguments));
    const ArgumentInfo &info = arguments[*index];
    if (k >= info.shape.size())
      return usage("dim", "'" + name + "' is a " + info.typeText() +
                              " and has no dimension " + Twine(k));
    if (info.shape[k] >= 0 && info.shape[k] != size)
      return usage("dim", "dimension " + Twine(k) + " of '" + name + "' is " +
                              Twine(info.shape[k]) + ", not " + Twine(size));
    for (const Size &other : dimensions.sizes)
      if (other.argument == *index && other.dimension == k)
        return usage("dim", "'" + target + "' is given twice");
    dimensions.sizes.push_back({*index, k, size});
  }
  return dimensions;
}

std::vector<int64_t> Dimensions::shapeOf(unsigned argument,
                                         const ArgumentInfo &info) const {
  std::vector<int64_t> shape = info.shape;
  for (const Size &size : sizes)
    if (size.argument == argument)
      shape[size.dimension] = size.size;
  for (int64_t &size : shape)
    if (size < 0)
      size = others;
  return shape;
}

Error Dimensions::checkGiven(unsigned argument, const ArgumentInfo &info,
                             ArrayRef<int64_t> shape) const {
  for (const Size &size : sizes)
    if (size.argument == argument && shape[size.dimension] != size.size)
      return usage("dim", "dimension " + Twine(size.dimension) +
                              " of the given input '" + info.name + "' is " +
                              Twine(shape[size.dimension]) + ", not " +
                              Twine(size.size));
  return Error::success();
}
