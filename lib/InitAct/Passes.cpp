//===- Passes.cpp - Passes of Act -----------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file registers the passes that act-opt offers.
//
//===----------------------------------------------------------------------===//

#include "Act/InitAct.h"

#include "UpstreamPasses.h"

void act::registerPasses() {
  registerActConversionPasses();
  registerActTransformsPasses();
  registerPipelines();
  registerUpstreamPasses();
}
