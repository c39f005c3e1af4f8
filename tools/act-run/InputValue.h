//===- InputValue.h - From the text of an option to a tensor -- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the values of inputs: files, generators and elements that
// are written out.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTRUN_INPUTVALUE_H
#define ACT_TOOLS_ACTRUN_INPUTVALUE_H

#include "Act/Execution/Signature.h"
#include "Act/Execution/Tensor.h"

namespace act {

/// Reads a file, "@x.npy" or "@x.npz:key", for an argument or result. With
/// `anyFloat` another floating-point type is fine. The shape is not checked.
llvm::Expected<Tensor> readFile(llvm::StringRef text, const ArgumentInfo &info,
                                bool anyFloat);

/// The tensor that a value of --input stands for.
llvm::Expected<Tensor> makeInput(llvm::StringRef text,
                                 const ArgumentInfo &info);

/// Whether a text starts with the name of a generator.
bool isGenerator(llvm::StringRef text);

/// Fills a tensor by a generator, "uniform:-5:5:seed=1".
llvm::Error generate(llvm::StringRef text, Tensor &tensor);

/// Fills a tensor from its elements, "[[1, 2], [3, 4]]" or "1.5".
llvm::Error parseElements(llvm::StringRef text, Tensor &tensor);

/// The value of an input that is not given: random numbers from `seed`; i1
/// true; integers from 0 to 9.
llvm::Expected<Tensor> makeDefault(const ArgumentInfo &info,
                                   llvm::ArrayRef<int64_t> shape,
                                   uint64_t seed);

/// A tensor of ones.
llvm::Expected<Tensor> makeOnes(const ArgumentInfo &info,
                                llvm::ArrayRef<int64_t> shape);

} // namespace act

#endif // ACT_TOOLS_ACTRUN_INPUTVALUE_H
