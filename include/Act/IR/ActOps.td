//===- ActOps.td - All operations --------------------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file includes the operations of the dialect.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ACTOPS_TD
#define ACT_IR_ACTOPS_TD

include "Act/IR/DropoutOps.td"
include "Act/IR/ElementwiseOps.td"
include "Act/IR/GateOps.td"
include "Act/IR/LossOps.td"
include "Act/IR/ParametricOps.td"
include "Act/IR/RowTermOps.td"
include "Act/IR/RowwiseOps.td"

#endif // ACT_IR_ACTOPS_TD
