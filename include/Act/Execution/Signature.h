//===- Signature.h - What an entry takes and gives ------------ -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the signature of an entry: names, types and shapes of its
// inputs and outputs.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_EXECUTION_SIGNATURE_H
#define ACT_EXECUTION_SIGNATURE_H

#include "Act/Execution/TensorView.h"

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace mlir {
class ModuleOp;
} // namespace mlir

namespace act {

/// One argument or result of an entry.
struct ArgumentInfo {
  /// `act.name`, else arg0, arg1, ... or res0, res1, ...
  std::string name;
  ElementType type;
  /// Negative where a dimension is dynamic; empty for rank 0.
  std::vector<int64_t> shape;
  /// A plain number instead of a tensor.
  bool isScalar = false;

  /// As MLIR writes the type: "tensor<?x8xf32>", "f32".
  std::string typeText() const;

  /// Whether a tensor of this shape fits: equal rank, equal static sizes.
  bool accepts(llvm::ArrayRef<int64_t> actual) const;
};

struct Signature {
  std::string entry;
  std::vector<ArgumentInfo> inputs;
  std::vector<ArgumentInfo> outputs;
};

/// The signature of a function of `module`: the one named `entry`, or the only
/// public one with a body if `entry` is empty. An error names what was found.
llvm::Expected<Signature> getSignature(mlir::ModuleOp module,
                                       llvm::StringRef entry);

} // namespace act

#endif // ACT_EXECUTION_SIGNATURE_H
