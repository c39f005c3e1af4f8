//===- Printing.h - Tensors for people ------------------------ -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the printing of tensors.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTRUN_PRINTING_H
#define ACT_TOOLS_ACTRUN_PRINTING_H

#include "Act/Execution/Tensor.h"

#include "llvm/Support/raw_ostream.h"

namespace act {

/// The shortest decimal text that reads back as the same number of this type.
std::string numberText(ElementType type, double value);

/// Prints the elements in nested brackets; of long dimensions the first and
/// last three.
void printTensor(llvm::raw_ostream &os, const Tensor &tensor);

} // namespace act

#endif // ACT_TOOLS_ACTRUN_PRINTING_H
