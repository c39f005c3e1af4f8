//===- LiteralBits.h - Literals of formulas as bit patterns -----*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how the text of a literal becomes numbers.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACT_TBLGEN_LITERALBITS_H
#define ACT_TOOLS_ACT_TBLGEN_LITERALBITS_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace act::tblgen {

/// A C++ expression of type act::Literal for `text`: decimal, hexadecimal, a
/// fraction of these, or "inf". The value is rounded once to f32 and to f64,
/// each with the rounded rest. None if `text` is not a number.
std::optional<std::string> literalExpression(llvm::StringRef text);

/// The same for a number that means what an f64 attribute can hold: decimals
/// are rounded to f64 first, fractions are not.
std::optional<std::string> attributeExpression(llvm::StringRef text);

} // namespace act::tblgen

#endif // ACT_TOOLS_ACT_TBLGEN_LITERALBITS_H
