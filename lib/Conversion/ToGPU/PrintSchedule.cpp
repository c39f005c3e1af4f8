//===- PrintSchedule.cpp - The pass act-print-schedule --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pass that prints the schedules of kernels.
//
//===----------------------------------------------------------------------===//

#include "Act/Conversion/Passes.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace act {
#define GEN_PASS_DEF_ACTPRINTSCHEDULE
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

namespace {
struct PrintSchedulePass
    : public act::impl::ActPrintScheduleBase<PrintSchedulePass> {
  void runOnOperation() override {
    bool isAny = false;
    getOperation().walk([&](gpu::GPUFuncOp kernel) {
      Attribute schedule = kernel->getAttr(scheduleAttrName);
      if (!schedule)
        return;
      isAny = true;
      emitRemark(kernel.getLoc()) << kernel.getName() << ": " << schedule;
    });
    if (!isAny)
      emitWarning(getOperation().getLoc(), "no kernel has a schedule; run "
                                           "act-to-gpu or act-gpu-pipeline "
                                           "before act-print-schedule");
    markAllAnalysesPreserved();
  }
};
} // namespace
