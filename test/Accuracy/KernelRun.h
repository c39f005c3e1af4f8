//===- KernelRun.h - Rules through the product ------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the operation of a subject, compiled and run.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_ACCURACY_KERNELRUN_H
#define ACT_TEST_ACCURACY_KERNELRUN_H

#include "Act/Accuracy/Format.h"
#include "Act/Accuracy/Reference.h"
#include "Act/Execution/Kernel.h"

#include "mlir/IR/MLIRContext.h"

#include <memory>
#include <string>
#include <vector>

namespace act {

/// How a subject becomes a kernel.
struct KernelSetup {
  rules::Tier tier = rules::Tier::Default;
  const Format *format = nullptr;
  /// A processor of LLVM; empty for this machine's.
  std::string cpu;
  unsigned threads = 1;
  /// What approximations come to, in tier Fast.
  NamedApproximations approximations = allApproximations().front();
  /// Operand parameters are operands even where an attribute would do.
  bool operandParameters = false;
  /// ParameterDerivative: one sum over all positions, instead of one position
  /// for each element of the gradient.
  bool sums = false;

  /// The GPU that the kernel runs on, in tier Fast.
  std::optional<Approximations> gpu() const {
    return tier == rules::Tier::Fast ? std::optional(approximations.model)
                                     : std::nullopt;
  }

  std::string label() const;
};

/// One compiled function of tensors: f(x), or dy and x to dx or dp.
class KernelRun {
public:
  static llvm::Expected<KernelRun> create(mlir::MLIRContext &context,
                                          const Subject &subject,
                                          const KernelSetup &setup);

  /// The results at `inputs`; forward takes no cotangents. One result if the
  /// setup sums.
  llvm::Expected<std::vector<uint64_t>>
  run(llvm::ArrayRef<uint64_t> cotangents,
      llvm::ArrayRef<uint64_t> inputs) const;

private:
  Format format = Format::F32;
  bool sums = false;
  /// Whether data has shape 1 x N, so that each element has its parameter.
  bool perElement = false;
  /// The value of the parameter operand, if there is one.
  std::optional<uint64_t> parameter;
  std::unique_ptr<Kernel> kernel;
};

} // namespace act

#endif // ACT_TEST_ACCURACY_KERNELRUN_H
