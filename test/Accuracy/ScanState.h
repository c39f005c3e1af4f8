//===- ScanState.h - Scans that can be resumed ------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares a file that remembers how far scans have come.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_ACCURACY_SCANSTATE_H
#define ACT_TEST_ACCURACY_SCANSTATE_H

#include "Act/Accuracy/Scan.h"
#include "llvm/ADT/StringRef.h"

#include <map>
#include <string>

namespace act {

class ScanState {
public:
  /// Reads the file if there is one. Without a path nothing is remembered.
  explicit ScanState(llvm::StringRef path);

  /// The first input that the scan named `key` has not seen; fills its report.
  uint64_t resume(const std::string &key, Report &report) const;

  /// Remembers that all inputs below `next` are done, and writes the file.
  void save(const std::string &key, uint64_t next, const Report &report);

private:
  struct Entry {
    uint64_t next = 0;
    Report report;
  };

  std::string path;
  std::map<std::string, Entry> entries;
};

} // namespace act

#endif // ACT_TEST_ACCURACY_SCANSTATE_H
