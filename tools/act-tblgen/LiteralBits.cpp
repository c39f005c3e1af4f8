//===- LiteralBits.cpp - Literals of formulas as bit patterns -------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file rounds literals, directly from their text to each type.
//
//===----------------------------------------------------------------------===//

#include "LiteralBits.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

/// `text` rounded to nearest even in `semantics`.
static std::optional<APFloat> parse(const fltSemantics &semantics,
                                    StringRef text) {
  // A fraction, e.g. 1/6, is divided with twice the bits.
  if (text.contains('/')) {
    auto [numerator, denominator] = text.split('/');
    std::optional<APFloat> value = parse(APFloat::IEEEquad(), numerator);
    std::optional<APFloat> divisor = parse(APFloat::IEEEquad(), denominator);
    if (!value || !divisor || divisor->isZero())
      return std::nullopt;
    value->divide(*divisor, APFloat::rmNearestTiesToEven);
    bool inexact;
    value->convert(semantics, APFloat::rmNearestTiesToEven, &inexact);
    return value;
  }
  if (text == "inf")
    return APFloat::getInf(semantics);
  if (text == "-inf")
    return APFloat::getInf(semantics, /*Negative=*/true);
  // APFloat wants an exponent on hexadecimal numbers and digits in front.
  if (text.empty() || text.ends_with("."))
    return std::nullopt;
  APFloat value(semantics);
  Expected<APFloat::opStatus> status =
      value.convertFromString(text, APFloat::rmNearestTiesToEven);
  if (!status) {
    consumeError(status.takeError());
    return std::nullopt;
  }
  return value;
}

/// High and low part of `text` in `semantics`, as bit patterns.
static std::optional<std::pair<uint64_t, uint64_t>>
split(const fltSemantics &semantics, StringRef text) {
  std::optional<APFloat> high = parse(semantics, text);
  std::optional<APFloat> rest = parse(APFloat::IEEEquad(), text);
  if (!high || !rest)
    return std::nullopt;
  bool inexact;
  APFloat low = APFloat::getZero(semantics);
  if (high->isFinite()) {
    APFloat wide = *high;
    wide.convert(APFloat::IEEEquad(), APFloat::rmNearestTiesToEven, &inexact);
    rest->subtract(wide, APFloat::rmNearestTiesToEven);
    low = *rest;
    low.convert(semantics, APFloat::rmNearestTiesToEven, &inexact);
    if (low.isZero())
      low = APFloat::getZero(semantics);
  }
  return std::make_pair(high->bitcastToAPInt().getZExtValue(),
                        low.bitcastToAPInt().getZExtValue());
}

std::optional<std::string>
act::tblgen::literalExpression(StringRef text) {
  auto single = split(APFloat::IEEEsingle(), text);
  auto twice = split(APFloat::IEEEdouble(), text);
  if (!single || !twice)
    return std::nullopt;
  return formatv("::act::Literal{{\"{0}\", {1:x}u, {2:x}u, {3:x}ull, {4:x}ull}",
                 text, single->first, single->second, twice->first,
                 twice->second)
      .str();
}

std::optional<std::string>
act::tblgen::attributeExpression(StringRef text) {
  std::optional<APFloat> value = parse(APFloat::IEEEdouble(), text);
  if (!value || !value->isFinite() || text.contains('/'))
    return literalExpression(text);
  char hexadecimal[32];
  unsigned length = value->convertToHexString(
      hexadecimal, /*hexDigits=*/0, /*upperCase=*/false,
      APFloat::rmNearestTiesToEven);
  return literalExpression(StringRef(hexadecimal, length));
}
