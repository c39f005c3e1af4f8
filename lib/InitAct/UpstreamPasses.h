//===- UpstreamPasses.h - Passes used beside ours ---------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the registration of upstream passes.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_INITACT_UPSTREAMPASSES_H
#define ACT_LIB_INITACT_UPSTREAMPASSES_H

namespace act {

/// Registers the upstream passes that Act's are used with, and no others: each
/// costs start-up time.
void registerUpstreamPasses();

} // namespace act

#endif // ACT_LIB_INITACT_UPSTREAMPASSES_H
