//===- ActDialect.td - The act dialect ---------------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the dialect.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ACTDIALECT_TD
#define ACT_IR_ACTDIALECT_TD

include "mlir/IR/OpBase.td"

def ActDialect : Dialect {
  let name = "act";
  let cppNamespace = "::act";
  let summary = "Activations of neural networks, forward and backward";
  let description = [{
    Every function has a forward and a backward operation. Elementwise
    operations work on scalars, vectors and ranked tensors of f16, bf16, f32 and
    f64, also inside `linalg.generic`.

    Values are computed in f32 (f64 if an operand is f64) and rounded once.
    Numbers are attributes of type f64 that mean exactly their value; choices
    are keywords; a result type is written only where it differs from the
    operand's.

    The attribute `act.accuracy` (`"exact"`, `"default"` or `"fast"`) on an
    operation, its function or its module selects the accuracy tier. Only kernels
    of GPUs have a tier `fast`; on CPUs it means `default`.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::tensor::TensorDialect"];
  let hasConstantMaterializer = 1;
  let hasOperationAttrVerify = 1;
  let useDefaultAttributePrinterParser = 1;
}

#endif // ACT_IR_ACTDIALECT_TD
