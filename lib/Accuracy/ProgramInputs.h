//===- ProgramInputs.h - What an entry computes from ------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the inputs of an entry: tensors, constants and shapes.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ACCURACY_PROGRAMINPUTS_H
#define ACT_LIB_ACCURACY_PROGRAMINPUTS_H

#include "ScalarOps.h"

#include "Act/Accuracy/Format.h"
#include "Act/Accuracy/Reference.h"
#include "Act/Execution/TensorView.h"
#include "Act/IR/Act.h"
#include "Act/Rules/MPFRAlgebra.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

#include <cmath>

namespace act {

/// The format of a floating-point type of data, or null.
const Format *formatOf(ElementType type);

/// The pattern of element `index`.
uint64_t patternAt(const TensorView &tensor, llvm::ArrayRef<int64_t> index);

/// Calls `visit` with each index of `shape`, in row-major order.
void forEachIndexOf(llvm::ArrayRef<int64_t> shape,
                    llvm::function_ref<void(const std::vector<int64_t> &)>);

class ProgramInputs {
public:
  using Index = std::vector<int64_t>;

  explicit ProgramInputs(llvm::ArrayRef<TensorView> inputs) : inputs(inputs) {}

  /// Element `index` of an argument of the entry.
  template <class Algebra>
  Element<Algebra> read(Algebra &a, mlir::BlockArgument argument,
                        const Index &index) const {
    return make(a, inputs[argument.getArgNumber()], index);
  }

  /// Element `index` of a constant.
  template <class Algebra>
  Element<Algebra> readConstant(Algebra &a, mlir::Attribute attribute,
                                const Index &index) const {
    mlir::Attribute element = constantElement(attribute, index);
    if (auto number = llvm::dyn_cast<mlir::FloatAttr>(element))
      return {this->number(a, number.getValueAsDouble()), false};
    return {std::nullopt,
            !llvm::cast<mlir::IntegerAttr>(element).getValue().isZero()};
  }

  /// The index of the parameter of `op` that serves position `index` of x.
  Index parameterIndex(ElementwiseRuleOpInterface op, const Index &index) const;

  /// Calls `visit` with each index of `value`.
  void forEachIndex(mlir::Value value,
                    llvm::function_ref<void(const Index &)> visit) const {
    forEachIndexOf(*shapeOf(value), visit);
  }

  /// The shape of a value, if it follows from the inputs.
  std::optional<std::vector<int64_t>> shapeOf(mlir::Value value) const;

private:
  template <class Algebra>
  Element<Algebra> make(Algebra &a, const TensorView &tensor,
                        const Index &index) const {
    uint64_t pattern = patternAt(tensor, index);
    if (const Format *format = formatOf(tensor.type))
      return {number(a, format->decode(pattern)), false};
    return {std::nullopt, pattern != 0};
  }
  /// Intervals enclose reals only.
  static Interval number(IntervalAlgebra &a, double value) {
    return std::isfinite(value) ? a.constant(value) : a.giveUp();
  }
  static MPFRNumber number(MPFRAlgebra &a, double value) {
    return a.constant(value);
  }

  static mlir::Attribute constantElement(mlir::Attribute attribute,
                                         const Index &index);

  llvm::ArrayRef<TensorView> inputs;
};

/// A rule at any x: at infinities its limit, at NaN NaN.
MPFRNumber ruleAnywhere(MPFRAlgebra &algebra, const Subject &subject,
                        const MPFRNumber &x,
                        const std::vector<MPFRNumber> &parameters);
/// The same for finite x.
Interval ruleAnywhere(IntervalAlgebra &algebra, const Subject &subject,
                      Interval x, const std::vector<Interval> &parameters);

} // namespace act

#endif // ACT_LIB_ACCURACY_PROGRAMINPUTS_H
