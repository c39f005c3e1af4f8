//===- Elements.cpp - Tensors written out ---------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file parses the elements of a tensor, nested in brackets.
//
//===----------------------------------------------------------------------===//

#include "InputValue.h"
#include "Options.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace act;
using namespace llvm;

namespace {
class ElementParser {
public:
  ElementParser(StringRef text, Tensor &tensor)
      : text(text), rest(text), tensor(tensor) {}

  Error parse() {
    if (Error error = parseLevel(0))
      return error;
    if (!rest.empty())
      return wrong("'" + rest + "' follows the elements");
    return Error::success();
  }

private:
  Error wrong(const Twine &message) {
    return make_error<UsageError>((message + ", in '" + text + "'").str());
  }

  bool consume(StringRef token) {
    rest = rest.ltrim();
    bool found = rest.consume_front(token);
    rest = rest.ltrim();
    return found;
  }

  /// Parses one bracket per dimension, with as many entries as its size.
  Error parseLevel(size_t dimension) {
    if (dimension == tensor.shape().size())
      return parseElement();
    int64_t size = tensor.shape()[dimension];
    if (!consume("["))
      return wrong("expected [ of dimension " + Twine(dimension));
    for (int64_t i = 0; i != size; ++i) {
      if (i != 0 && !consume(","))
        return wrong("dimension " + Twine(dimension) + " has " + Twine(i) +
                     " entries, not " + Twine(size));
      if (Error error = parseLevel(dimension + 1))
        return error;
    }
    if (!consume("]"))
      return wrong("expected ] after the " + Twine(size) +
                   " entries of dimension " + Twine(dimension));
    return Error::success();
  }

  Error parseElement() {
    rest = rest.ltrim();
    StringRef token =
        rest.take_until([](char c) { return StringRef(",[] ").contains(c); });
    rest = rest.drop_front(token.size()).ltrim();
    bool isTooLarge = false;
    bool isValid = isFloat(tensor.type()) ? parseFloat(token, isTooLarge)
                                          : parseInteger(token);
    if (isTooLarge)
      return wrong("'" + token + "' is too large for " +
                   elementTypeName(tensor.type()) +
                   "; infinity is written inf or -inf");
    if (!isValid)
      return wrong("'" + token + "' is no " + elementTypeName(tensor.type()));
    ++position;
    return Error::success();
  }

  /// Rounds to the type itself: rounding to f64 first would round twice. A
  /// number must not become an infinity on the way.
  bool parseFloat(StringRef token, bool &isTooLarge) {
    const fltSemantics *formats[] = {&APFloat::IEEEhalf(), &APFloat::BFloat(),
                                     &APFloat::IEEEsingle(),
                                     &APFloat::IEEEdouble()};
    APFloat value(*formats[static_cast<unsigned>(tensor.type())]);
    if (token.empty())
      return false;
    Expected<APFloat::opStatus> status =
        value.convertFromString(token, APFloat::rmNearestTiesToEven);
    if (!status) {
      consumeError(status.takeError());
      return false;
    }
    isTooLarge = *status & APFloat::opOverflow;
    uint64_t bits = value.bitcastToAPInt().getZExtValue();
    std::memcpy(tensor.element(position), &bits, byteWidth(tensor.type()));
    return true;
  }

  bool parseInteger(StringRef token) {
    ElementType type = tensor.type();
    int64_t value;
    if (type == ElementType::I1 && (token == "true" || token == "false"))
      value = token == "true";
    else if (token.getAsInteger(10, value))
      return false;
    bool fits = type == ElementType::I1 ? value == 0 || value == 1
                                        : isIntN(8 * byteWidth(type), value);
    if (fits)
      writeInteger(type, tensor.element(position), value);
    return fits;
  }

  StringRef text, rest;
  Tensor &tensor;
  int64_t position = 0;
};
} // namespace

Error act::parseElements(StringRef text, Tensor &tensor) {
  return ElementParser(text, tensor).parse();
}
