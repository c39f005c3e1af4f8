//===- Chips.cpp - The NVIDIA GPUs that can be compiled for ---------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file lists chips, from Turing to Blackwell.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/CompileGPU.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace act;
using namespace llvm;

// PTX ISA, "Release Notes": the version that introduced the target, and the
// release of CUDA that came with it. sm_75 gets that of sm_80: drivers from
// before CUDA 11 are not supported. sm_90 came with 7.8, but blocks of a
// cluster that arrive without releasing what they wrote came with 8.0.
static constexpr GPUChip chips[] = {
    {"sm_75", 70, "11.0"},  {"sm_80", 70, "11.0"},  {"sm_86", 71, "11.1"},
    {"sm_87", 74, "11.4"},  {"sm_89", 78, "11.8"},  {"sm_90", 80, "12.0"},
    {"sm_100", 86, "12.7"}, {"sm_103", 88, "12.9"}, {"sm_110", 90, "13.0"},
    {"sm_120", 87, "12.8"}, {"sm_121", 88, "12.9"},
};

ArrayRef<GPUChip> act::getGPUChips() { return chips; }

Expected<GPUChip> act::findGPUChip(StringRef name) {
  for (const GPUChip &chip : chips)
    if (chip.name == name)
      return chip;
  return createStringError(
      "unknown chip '" + name + "'; known are " +
      join(map_range(chips, [](const GPUChip &chip) { return chip.name; }),
           ", "));
}
