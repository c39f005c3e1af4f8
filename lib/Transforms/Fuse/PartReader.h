//===- PartReader.h - What an operation is computed by ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the base of attempts to read one operation of act out of
// the arithmetic of tensors.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_FUSE_PARTREADER_H
#define ACT_LIB_TRANSFORMS_FUSE_PARTREADER_H

#include "Elements.h"

#include "llvm/ADT/SetVector.h"

namespace act {

class PartReader {
public:
  PartReader(mlir::PatternRewriter &rewriter, mlir::Operation *root)
      : rewriter(rewriter), root(root) {}

protected:
  /// The attempt fails, and says why.
  template <typename... Arguments>
  llvm::LogicalResult miss(Arguments &&...text) {
    return rewriter.notifyMatchFailure(root, [&](mlir::Diagnostic &diagnostic) {
      (diagnostic << ... << text);
    });
  }

  /// What the definition belongs to is a part of the operation.
  void accept(const Definition &definition) {
    parts.insert_range(definition.parts);
  }

  /// That no part has another use.
  llvm::LogicalResult checkParts() {
    return checkPartsServe(rewriter, root, parts.getArrayRef());
  }

  mlir::PatternRewriter &rewriter;
  mlir::Operation *root;
  llvm::SetVector<mlir::Operation *> parts;
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_FUSE_PARTREADER_H
