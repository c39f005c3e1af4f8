//===- Chip.cpp - The GPUs that kernels are made for ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file lists the GPUs.
//
//===----------------------------------------------------------------------===//

#include "Chip.h"

#include "Act/Conversion/Chip.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace act;

static constexpr Chip chips[] = {
    {"sm_75", 75},    {"sm_80", 80},   {"sm_86", 86},   {"sm_87", 87},
    {"sm_89", 89},    {"sm_90", 90},   {"sm_90a", 90},  {"sm_100", 100},
    {"sm_100a", 100}, {"sm_103", 103}, {"sm_110", 110}, {"sm_120", 120},
    {"sm_121", 121},
};

std::optional<Chip> act::findChip(llvm::StringRef name) {
  for (const Chip &chip : chips)
    if (chip.name == name)
      return chip;
  return std::nullopt;
}

std::optional<unsigned> act::computeCapability(llvm::StringRef chip) {
  unsigned number = 0;
  if (!chip.consume_front("sm_") || chip.rtrim("af").getAsInteger(10, number))
    return std::nullopt;
  return number;
}

int64_t act::mostClusterBlocks(unsigned capability) {
  if (capability < 90)
    return 1;
  return capability < 110 ? 2 * portableClusterBlocks : portableClusterBlocks;
}

int64_t act::sharedMemory(unsigned capability) {
  constexpr std::pair<unsigned, int64_t> from[] = {
      {120, 100}, {90, 228}, {89, 100}, {87, 164},
      {86, 100},  {80, 164}, {75, 64},  {70, 96}};
  for (auto [least, kibibytes] : from)
    if (capability >= least)
      return kibibytes * 1024;
  return 48 * 1024;
}

int64_t act::sharedMemoryOfBlock(unsigned capability) {
  return capability >= 80 ? 1024 : 0;
}

llvm::StringRef act::chipOf(mlir::gpu::GPUModuleOp kernels) {
  mlir::ArrayAttr targets = kernels.getTargetsAttr();
  if (!targets || targets.size() != 1)
    return "";
  auto target = llvm::dyn_cast<mlir::NVVM::NVVMTargetAttr>(targets[0]);
  return target ? target.getChip() : "";
}

std::string act::listChips() {
  return llvm::join(
      llvm::map_range(chips, [](const Chip &chip) { return chip.name.str(); }),
      ", ");
}
