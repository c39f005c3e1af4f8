//===- ScalarOps.h - arith and math over the reals --------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file evaluates operations of arith and math on one element, over the
// reals: casts between floating-point types do nothing.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ACCURACY_SCALAROPS_H
#define ACT_LIB_ACCURACY_SCALAROPS_H

#include "Act/IR/ScalarFunctions.h"

#include <optional>

namespace act {

/// One element: a number or a truth value.
template <class Algebra>
struct Element {
  std::optional<typename Algebra::Value> number;
  bool truth = false;
};

/// Whether ScalarOps evaluates `op`.
inline bool isScalarOp(mlir::Operation *op) {
  namespace arith = mlir::arith;
  return isScalarFunction(op) ||
         llvm::isa<arith::MaximumFOp, arith::MinimumFOp, arith::MaxNumFOp,
                   arith::MinNumFOp, arith::CmpFOp, arith::SelectOp,
                   arith::ExtFOp, arith::TruncFOp, arith::AndIOp, arith::OrIOp,
                   arith::XOrIOp>(op);
}

template <class Algebra>
class ScalarOps {
public:
  using Number = typename Algebra::Value;
  using Operand = Element<Algebra>;

  explicit ScalarOps(Algebra &a) : a(a) {}

  /// The result of an operation that isScalarOp().
  Operand evaluate(mlir::Operation *op, llvm::ArrayRef<Operand> operands) {
    namespace arith = mlir::arith;
    if (auto compare = llvm::dyn_cast<arith::CmpFOp>(op))
      return {std::nullopt, holds(compare.getPredicate(), *operands[0].number,
                                  *operands[1].number)};
    if (llvm::isa<arith::SelectOp>(op))
      return operands[0].truth ? operands[1] : operands[2];
    bool first = operands[0].truth;
    if (llvm::isa<arith::AndIOp>(op))
      return {std::nullopt, first && operands[1].truth};
    if (llvm::isa<arith::OrIOp>(op))
      return {std::nullopt, first || operands[1].truth};
    if (llvm::isa<arith::XOrIOp>(op))
      return {std::nullopt, first != operands[1].truth};

    auto x = [&](unsigned i) -> const Number & { return *operands[i].number; };
    if (isScalarFunction(op))
      return {evaluateScalarFunction(a, op, x), false};
    auto number =
        llvm::TypeSwitch<mlir::Operation *, Number>(op)
            .Case([&](arith::MaximumFOp) { return larger(x(0), x(1), true); })
            .Case([&](arith::MinimumFOp) { return smaller(x(0), x(1), true); })
            .Case([&](arith::MaxNumFOp) { return larger(x(0), x(1), false); })
            .Case([&](arith::MinNumFOp) { return smaller(x(0), x(1), false); })
            .Default([&](mlir::Operation *) { return x(0); }); // casts
    return {number, false};
  }

private:
  bool holds(mlir::arith::CmpFPredicate predicate, const Number &x,
             const Number &y) {
    using P = mlir::arith::CmpFPredicate;
    bool unordered = a.isNaN(x) || a.isNaN(y);
    switch (predicate) {
    case P::AlwaysFalse:
      return false;
    case P::AlwaysTrue:
      return true;
    case P::OEQ:
      return a.eq(x, y);
    case P::OGT:
      return a.gt(x, y);
    case P::OGE:
      return a.ge(x, y);
    case P::OLT:
      return a.lt(x, y);
    case P::OLE:
      return a.le(x, y);
    case P::ONE:
      return !unordered && !a.eq(x, y);
    case P::ORD:
      return !unordered;
    case P::UEQ:
      return unordered || a.eq(x, y);
    case P::UGT:
      return unordered || a.gt(x, y);
    case P::UGE:
      return unordered || a.ge(x, y);
    case P::ULT:
      return unordered || a.lt(x, y);
    case P::ULE:
      return unordered || a.le(x, y);
    case P::UNE:
      return unordered || !a.eq(x, y);
    case P::UNO:
      return unordered;
    }
    return false;
  }

  Number larger(const Number &x, const Number &y, bool keepsNaN) {
    if (a.isNaN(x) || a.isNaN(y))
      return a.isNaN(x) == keepsNaN ? x : y;
    return a.lt(x, y) ? y : x;
  }
  Number smaller(const Number &x, const Number &y, bool keepsNaN) {
    if (a.isNaN(x) || a.isNaN(y))
      return a.isNaN(x) == keepsNaN ? x : y;
    return a.lt(y, x) ? y : x;
  }

  Algebra &a;
};

} // namespace act

#endif // ACT_LIB_ACCURACY_SCALAROPS_H
