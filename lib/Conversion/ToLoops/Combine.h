//===- Combine.h - How two numbers become one -------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what reductions put numbers together by.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_COMBINE_H
#define ACT_LIB_CONVERSION_TOLOOPS_COMBINE_H

#include "mlir/Dialect/Arith/IR/Arith.h"

namespace act {

/// Emits one number of two. Like a function_ref it holds no more than a
/// reference to what does so.
class Combine {
public:
  /// What hardware may do at once for many.
  enum class Kind {
    Other,
    /// The greater one of two that are not NaN; of two zeros either.
    Greatest,
    /// The lesser one of two signed integers.
    Least,
  };

  template <typename Emit, typename = std::enable_if_t<
                               !std::is_same_v<std::decay_t<Emit>, Combine>>>
  Combine(Emit &&emit, Kind kind = Kind::Other) : emit(emit), kind(kind) {}

  mlir::Value operator()(mlir::Value left, mlir::Value right) const {
    return emit(left, right);
  }
  Kind getKind() const { return kind; }

private:
  llvm::function_ref<mlir::Value(mlir::Value, mlir::Value)> emit;
  Kind kind;
};

/// What emits the lesser one of two signed integers.
inline auto emitLesser(mlir::OpBuilder &builder, mlir::Location loc) {
  return [&builder, loc](mlir::Value left, mlir::Value right) -> mlir::Value {
    return mlir::arith::MinSIOp::create(builder, loc, left, right);
  };
}

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_COMBINE_H
