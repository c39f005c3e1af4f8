//===- CheckStatus.h - What the check of an entry returns -------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the status that `@f__act_check` returns: 0, or the number
// of a site and a code.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_CONVERSION_CHECKSTATUS_H
#define ACT_CONVERSION_CHECKSTATUS_H

#include <cstdint>

namespace act {

/// Why a condition does not hold. 0 is none, and 1 is left to callers, for
/// arguments that are no tensors at all.
enum class CheckCode : uint8_t { SizeMismatch = 2, TargetOutOfRange = 3 };

constexpr int64_t checkStatus(int64_t site, CheckCode code) {
  return site << 8 | static_cast<int64_t>(code);
}
constexpr uint64_t siteOfStatus(uint64_t status) { return status >> 8; }
constexpr CheckCode codeOfStatus(uint64_t status) {
  return static_cast<CheckCode>(status & 0xff);
}

} // namespace act

#endif // ACT_CONVERSION_CHECKSTATUS_H
