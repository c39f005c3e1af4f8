//===- InputValue.cpp - From the text of an option to a tensor ------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file makes inputs from the text of options.
//
//===----------------------------------------------------------------------===//

#include "InputValue.h"
#include "Assignment.h"
#include "Options.h"

#include "Act/Execution/Npy.h"

using namespace act;
using namespace llvm;

Expected<Tensor> act::readFile(StringRef text, const ArgumentInfo &info,
                               bool anyFloat) {
  text.consume_front("@");
  size_t colon = text.find(".npz:");
  if (colon != StringRef::npos)
    return readNpz(text.substr(0, colon + 4), text.substr(colon + 5), info.type,
                   anyFloat);
  if (text.ends_with(".npz"))
    return createStringError("'" + text +
                             "' is an archive; name one of its "
                             "arrays: @" +
                             text + ":KEY");
  return readNpy(text, info.type, anyFloat);
}

/// A tensor of the type and shape that stand before the '='.
static Expected<Tensor> makeFromText(StringRef text, const ArgumentInfo &info) {
  auto [typeText, value] = text.split('=');
  auto type = parseShapedType(typeText);
  if (!type)
    return make_error<UsageError>(
        ("expected @FILE.npy, @FILE.npz:KEY or TYPE=VALUE such as "
         "4x8xf32=randn, got '" +
         text + "'")
            .str());
  auto [shape, element] = *type;
  if (element != info.type || !info.accepts(shape))
    return make_error<UsageError>(("type " + typeText + " does not fit " +
                                   info.typeText() + " of the entry")
                                      .str());
  Expected<Tensor> tensor = Tensor::zeros(element, shape);
  if (!tensor)
    return tensor;
  bool isElements =
      value.starts_with("[") || (shape.empty() && !isGenerator(value));
  if (Error error =
          isElements ? parseElements(value, *tensor) : generate(value, *tensor))
    return std::move(error);
  return tensor;
}

Expected<Tensor> act::makeInput(StringRef text, const ArgumentInfo &info) {
  if (!text.starts_with("@"))
    return makeFromText(text, info);
  Expected<Tensor> tensor = readFile(text, info, /*anyFloat=*/false);
  if (tensor && !info.accepts(tensor->shape()))
    return createStringError("'" + text.drop_front() + "' has shape " +
                             shapedTypeText(tensor->type(), tensor->shape()) +
                             ", which does not fit " + info.typeText() +
                             " of the entry");
  return tensor;
}

Expected<Tensor> act::makeDefault(const ArgumentInfo &info,
                                  ArrayRef<int64_t> shape, uint64_t seed) {
  Expected<Tensor> tensor = Tensor::zeros(info.type, shape);
  if (!tensor)
    return tensor;
  std::string generator = isFloat(info.type)             ? "randn"
                          : info.type == ElementType::I1 ? "ones"
                                                         : "randint:0:10";
  if (Error error =
          generate(generator + ":seed=" + std::to_string(seed), *tensor))
    return std::move(error);
  return tensor;
}

Expected<Tensor> act::makeOnes(const ArgumentInfo &info,
                               ArrayRef<int64_t> shape) {
  Expected<Tensor> tensor = Tensor::zeros(info.type, shape);
  if (!tensor)
    return tensor;
  if (Error error = generate("ones", *tensor))
    return std::move(error);
  return tensor;
}
