//===- Pool.h - Memory between launches ----------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what is kept from one launch for the next.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_POOL_H
#define ACT_LIB_EXECUTION_SIMT_POOL_H

#include <memory>
#include <mutex>
#include <vector>

namespace act::simt {

/// Objects that threads of the host take and give back.
template <class Object> class Pool {
public:
  std::unique_ptr<Object> take() {
    std::lock_guard<std::mutex> lock(mutex);
    if (available.empty())
      return std::make_unique<Object>();
    std::unique_ptr<Object> object = std::move(available.back());
    available.pop_back();
    return object;
  }

  void giveBack(std::unique_ptr<Object> object) {
    std::lock_guard<std::mutex> lock(mutex);
    available.push_back(std::move(object));
  }

private:
  std::mutex mutex;
  std::vector<std::unique_ptr<Object>> available;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_POOL_H
