//===- Npy.h - Files of NumPy --------------------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares reading and writing of .npy files and .npz archives.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_EXECUTION_NPY_H
#define ACT_EXECUTION_NPY_H

#include "Act/Execution/Tensor.h"

namespace act {

/// Reads an .npy file (versions 1 to 3, either byte order, C or Fortran order).
/// The file must hold elements of type `expected`; raw words of 2 bytes ("V2")
/// are bf16 where that is expected. Where `anyFloat` is set and `expected` is a
/// floating-point type, the file may also hold another one, which the result
/// then has. Pipes and devices are read no further than the header asks for.
llvm::Expected<Tensor> readNpy(llvm::StringRef path, ElementType expected,
                               bool anyFloat = false);

/// Reads an array of an .npz archive. Compressed archives are refused, and
/// those that are no regular files.
llvm::Expected<Tensor> readNpz(llvm::StringRef path, llvm::StringRef key,
                               ElementType expected, bool anyFloat = false);

/// Parses the contents of an .npy file. Errors do not name the file.
llvm::Expected<Tensor> parseNpy(llvm::StringRef contents, ElementType expected,
                                bool anyFloat = false);

/// Prints a contiguous tensor as the contents of an .npy file.
void printNpy(llvm::raw_ostream &os, const TensorView &tensor);

/// Writes a contiguous tensor as an .npy file. A regular file is replaced as a
/// whole or, on an error, left as it was.
llvm::Error writeNpy(llvm::StringRef path, const TensorView &tensor);

} // namespace act

#endif // ACT_EXECUTION_NPY_H
