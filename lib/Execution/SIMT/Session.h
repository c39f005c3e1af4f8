//===- Session.h - A call of an entry ------------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what the host code of an entry calls.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_SESSION_H
#define ACT_LIB_EXECUTION_SIMT_SESSION_H

#include "Code.h"
#include "LaunchCalls.h"

namespace act::simt {

/// One call of an entry. Host code finds that of its thread.
class Session {
public:
  explicit Session(const Code &code);
  ~Session();

  static Session *current();

  /// Launches a kernel. Does nothing after a failure.
  void launch(unsigned kernel, unsigned site, const LaunchSlots &slots);

  void *allocate(uint64_t bytes);
  void release(void *memory);

  DeviceMemory memory;

  llvm::Error takeError();

private:
  const Code &code;
  std::unique_ptr<GlobalShadow> shadow;
  Session *outer;
  bool hasFailed = false;
  std::string message;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_SESSION_H
