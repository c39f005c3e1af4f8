//===- HostEvaluation.h - Evaluations run on the host -----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the evaluation of a rule on patterns of a format, without
// a compiler: what a kernel must give, bit for bit.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ACCURACY_HOSTEVALUATION_H
#define ACT_ACCURACY_HOSTEVALUATION_H

#include "Act/Accuracy/Format.h"
#include "Act/Accuracy/Reference.h"
#include "Act/Rules/Approximations.h"
#include "llvm/ADT/ArrayRef.h"

#include <optional>
#include <vector>

namespace act {

/// Whether the rule has an evaluation that serves operand and result of
/// `format`.
bool hasEvaluation(const Subject &subject, rules::Tier tier,
                   const Format &format);

/// What hasEvaluation() found, or null.
const rules::EvaluationInfo *
evaluationOf(const Subject &subject, rules::Tier tier, const Format &format);

/// The results at `inputs`. There must be an evaluation. They are those of a CPU,
/// or of a GPU whose approximations follow the model `gpu`; tier Fast is always
/// of GPUs.
std::vector<uint64_t>
evaluateOnHost(const Subject &subject, rules::Tier tier, const Format &format,
               llvm::ArrayRef<uint64_t> inputs,
               std::optional<Approximations> gpu = std::nullopt);

/// The same times `cotangents`, by the zero rule +0 where f' is zero on a
/// whole piece: what backward operations give.
std::vector<uint64_t> evaluateBackwardOnHost(
    const Subject &subject, rules::Tier tier, const Format &format,
    llvm::ArrayRef<uint64_t> cotangents, llvm::ArrayRef<uint64_t> inputs,
    std::optional<Approximations> gpu = std::nullopt);

} // namespace act

#endif // ACT_ACCURACY_HOSTEVALUATION_H
