//===- Differentiation.h - Derivatives of programs --------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the interface of operations that have a derivative, what
// they emit it with, and the differentiation of functions.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_DIFFERENTIATION_H
#define ACT_TRANSFORMS_DIFFERENTIATION_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"
#include "llvm/ADT/BitVector.h"

#include <memory>

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace act {

/// Whether values of `type` have derivatives: floating-point numbers, and
/// vectors and ranked tensors of them.
bool isDifferentiable(mlir::Type type);

/// Emits derivatives at the end of a block. Everything is emitted at most once:
/// an operation that the program or a derivative contains already is used
/// again.
class DerivativeBuilder : public mlir::OpBuilder {
public:
  /// Derivatives of calls; they need functions of their own.
  class Calls {
  public:
    virtual ~Calls() = default;
    virtual llvm::LogicalResult
    pullBack(DerivativeBuilder &builder, mlir::func::CallOp call,
             llvm::ArrayRef<mlir::Value> cotangents,
             const llvm::BitVector &wanted,
             llvm::MutableArrayRef<mlir::Value> gradients) = 0;
    virtual llvm::LogicalResult
    pushForward(DerivativeBuilder &builder, mlir::func::CallOp call,
                llvm::ArrayRef<mlir::Value> tangents,
                llvm::MutableArrayRef<mlir::Value> results) = 0;
  };

  /// Emits at the end of `block`, which has no terminator yet and may belong to
  /// no operation.
  DerivativeBuilder(mlir::MLIRContext *context, mlir::Block &block,
                    Calls *calls = nullptr);
  ~DerivativeBuilder();

  Calls *getCalls() { return calls; }

  /// Emits an operation without effects that has one result, or finds an equal
  /// one.
  template <typename Op, typename... Args>
  mlir::Value emit(mlir::Location loc, Args &&...args) {
    return reuse(Op::create(*this, loc, std::forward<Args>(args)...));
  }

  /// Lets operations equal to `op` use it.
  void remember(mlir::Operation *op);

  /// The sum; a null value is zero.
  mlir::Value add(mlir::Location loc, mlir::Value x, mlir::Value y);
  /// Zeros of the type and the dimensions of `like`.
  mlir::Value zerosLike(mlir::Location loc, mlir::Value like);
  /// `value` with elements of `elementType`, rounded if that is narrower.
  mlir::Value convert(mlir::Location loc, mlir::Value value,
                      mlir::Type elementType);
  /// The dimensions of a tensor.
  llvm::SmallVector<mlir::OpFoldResult> dimensions(mlir::Location loc,
                                                   mlir::Value tensor);
  /// A tensor of `type` for results to be written to, with dimensions `sizes`.
  mlir::Value emptyTensor(mlir::Location loc, mlir::RankedTensorType type,
                          llvm::ArrayRef<mlir::OpFoldResult> sizes);

  /// A tensor of the shape of `like` made of `value`, whose dimensions are
  /// `dims` of it; a number has none.
  mlir::Value broadcast(mlir::Location loc, mlir::Value value, mlir::Value like,
                        llvm::ArrayRef<int64_t> dims);
  /// What broadcast() is to gradients: the sum of `tensor` over all dimensions
  /// but `dims`, rounded once to `type`.
  mlir::Value sumTo(mlir::Location loc, mlir::Value tensor, mlir::Type type,
                    llvm::ArrayRef<int64_t> dims);

private:
  mlir::Value reuse(mlir::Operation *op);

  struct Known;
  std::unique_ptr<Known> known;
  Calls *calls;
};

} // namespace act

#include "Act/Transforms/DifferentiableOpInterface.h.inc"

namespace act {

/// Adds DifferentiableOpInterface to the operations of act and of the upstream
/// dialects that have a derivative.
void registerDifferentiableModels(mlir::DialectRegistry &registry);

/// How a function is differentiated.
struct DerivativeOptions {
  /// Tangents of results from those of arguments, instead of gradients of
  /// arguments from cotangents of results.
  bool forward = false;
  /// Whether the derivative returns the results of the function too.
  bool withResults = true;
  std::string suffix = "_vjp";
};

/// The arguments that have derivatives: all of floating point.
llvm::BitVector differentiableArguments(mlir::func::FuncOp function);

/// Makes `@f_vjp` or `@f_jvp` of `@f`, the derivative by the arguments that
/// `selected` has, and private ones of what `@f` calls. `selected` has a bit for
/// each argument and at least one set, all of them of differentiable arguments. A
/// failure is diagnosed and leaves the module as it was.
llvm::FailureOr<mlir::func::FuncOp>
differentiate(mlir::func::FuncOp function, const llvm::BitVector &selected,
              const DerivativeOptions &options);

/// The name of an argument or a result: its `act.name`, else "arg0", "res0".
std::string argumentName(mlir::func::FuncOp function, unsigned index);
std::string resultName(mlir::func::FuncOp function, unsigned index);

} // namespace act

#endif // ACT_TRANSFORMS_DIFFERENTIATION_H
