//===- KernelCheck.h - Kernels against host evaluations ---------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the comparison of kernels with what the same evaluations
// give on the host, bit for bit.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_ACCURACY_KERNELCHECK_H
#define ACT_TEST_ACCURACY_KERNELCHECK_H

#include "KernelRun.h"

namespace act {

/// Compiles the subject for each vector width that this machine has, with its
/// parameters in every form, and checks that
///   - all `inputs` give the bits of the host evaluation, with any number of
///     threads; backward with random cotangents, infinite and NaN ones too;
///   - so do the special inputs in every lane position of short arrays;
///   - results of backward are close to dy f'(x), judged by MPFR;
///   - sums of parameter gradients have the fixed shape, and are close.
/// Prints a line per kernel. `thorough` covers all processors and threads.
bool checkKernels(mlir::MLIRContext &context, const Subject &subject,
                  const Format &format, llvm::ArrayRef<rules::Tier> tiers,
                  const std::vector<uint64_t> &inputs, bool thorough);

} // namespace act

#endif // ACT_TEST_ACCURACY_KERNELCHECK_H
