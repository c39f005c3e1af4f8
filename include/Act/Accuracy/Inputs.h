//===- Inputs.h - Where functions are tried ---------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the inputs of accuracy scans.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ACCURACY_INPUTS_H
#define ACT_ACCURACY_INPUTS_H

#include "Act/Accuracy/Format.h"
#include "Act/Accuracy/Reference.h"

#include <cstdint>
#include <vector>

namespace act {

/// Zeros, infinities, NaNs, subnormal and extreme values, the knees where an
/// exponential or a product leaves the format, and the kinks and roots of the
/// rule with their parameters' images, each with its neighbours on both sides.
std::vector<uint64_t> specialInputs(const Subject &subject,
                                    const Format &format);

/// The special inputs and `count` others: half of them spread over all binades
/// of both signs, half over the binades 2^-12 to 2^7 where functions bend.
/// Every binade has its ends and their neighbours. Always the same ones.
std::vector<uint64_t> stratifiedInputs(const Subject &subject,
                                       const Format &format, size_t count);

/// The values of f at `inputs`, rounded, each once: where OutputDerivative is
/// defined.
std::vector<uint64_t> imagesOf(const Reference &reference, const Format &format,
                               const std::vector<uint64_t> &inputs);

/// Every stride-th pattern of the range [begin, end).
std::vector<uint64_t> strideInputs(uint64_t begin, uint64_t end,
                                   uint64_t stride);

} // namespace act

#endif // ACT_ACCURACY_INPUTS_H
