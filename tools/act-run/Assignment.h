//===- Assignment.h - Which option belongs to which argument -- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how options find their argument or result: by name, else
// in order.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTRUN_ASSIGNMENT_H
#define ACT_TOOLS_ACTRUN_ASSIGNMENT_H

#include "Act/Execution/Signature.h"

namespace act {

/// For each argument the value that an option gives it. `texts` are of the form
/// [NAME=]VALUE; those without a name fill the free positions in order. Errors
/// name `option`.
llvm::Expected<std::vector<std::optional<std::string>>>
assignValues(llvm::StringRef option, llvm::ArrayRef<std::string> texts,
             llvm::ArrayRef<ArgumentInfo> arguments);

/// Sizes for dimensions of inputs that are not given.
class Dimensions {
public:
  /// Reads texts of the form ARG.K=N and *=N.
  static llvm::Expected<Dimensions>
  parse(llvm::ArrayRef<std::string> texts,
        llvm::ArrayRef<ArgumentInfo> arguments);

  /// The shape to generate for an argument.
  std::vector<int64_t> shapeOf(unsigned argument,
                               const ArgumentInfo &info) const;

  /// An error if a size was asked for that a given input does not have.
  llvm::Error checkGiven(unsigned argument, const ArgumentInfo &info,
                         llvm::ArrayRef<int64_t> shape) const;

private:
  struct Size {
    unsigned argument, dimension;
    int64_t size;
  };
  std::vector<Size> sizes;
  int64_t others = 64;
};

/// The shape and type of a text such as "4x8xf32", or nothing.
std::optional<std::pair<std::vector<int64_t>, ElementType>>
parseShapedType(llvm::StringRef text);

} // namespace act

#endif // ACT_TOOLS_ACTRUN_ASSIGNMENT_H
