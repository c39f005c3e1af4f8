//===- CallChecks.h - What is checked before a call ----------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the checks of tensors that are passed to an entry. Errors
// name the argument.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_CALLCHECKS_H
#define ACT_LIB_EXECUTION_CALLCHECKS_H

#include "Lowering.h"

#include "Act/Execution/TensorView.h"

namespace act {

/// Checks inputs alone: number, types, shapes, pointers and, unless strides are
/// free, layouts.
llvm::Error checkInputs(const LoweredEntry &entry,
                        llvm::ArrayRef<TensorView> inputs, bool strided);

/// Checks outputs in the same way, that their dynamic sizes, one after the
/// other, are `dynamicSizes`, and that no memory is written that must not be.
llvm::Error checkOutputs(const LoweredEntry &entry,
                         llvm::ArrayRef<TensorView> inputs,
                         llvm::ArrayRef<TensorView> outputs, bool strided,
                         llvm::ArrayRef<uint64_t> dynamicSizes);

} // namespace act

#endif // ACT_LIB_EXECUTION_CALLCHECKS_H
