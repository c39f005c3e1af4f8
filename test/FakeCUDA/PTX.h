//===- PTX.h - Kernels in PTX, ready to be interpreted ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What `parse` makes of the text of a module. The source of all that is claimed
// about PTX here is NVIDIA's "PTX ISA", version 9.0; an instruction or
// directive that is not known is an error and never left out.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_FAKECUDA_PTX_H
#define ACT_TEST_FAKECUDA_PTX_H

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ptx {
class Thread;
struct Instruction;

/// What an instruction does, if it is no computation of one thread.
enum class Control {
  None,
  Branch,
  Return,
  BlockBarrier,
  WarpBarrier,
  ShuffleUp,
  ShuffleDown,
  ShuffleButterfly,
  ShuffleIndex,
  Reduction,
  ClusterArrive,
  ClusterWait
};

struct Operation {
  /// Carries the instruction out for one thread; null for `control`.
  void (*execute)(Thread &, const Instruction &) = nullptr;
  Control control = Control::None;
  /// How many operands it takes in all, results and addresses among them; 0
  /// where vectors may have several numbers.
  unsigned arity = 0;
  /// For reductions.
  uint32_t (*combine)(uint32_t, uint32_t) = nullptr;
};

/// A register, or a number: an immediate value or the address of a variable.
struct Operand {
  /// The number of the register, or -1.
  int reg = -1;
  uint64_t value = 0;
};

struct Instruction {
  Operation operation;
  /// The predicate register that guards it, or -1, and what it must be.
  int guard = -1;
  bool guardValue = true;
  /// Bytes of an element that is loaded, stored or moved, and whether its sign
  /// fills a wider register.
  unsigned bytes = 0;
  bool isSigned = false;
  /// Results before the `|`, the predicate behind it and the operands; "_" is a
  /// result of register -1.
  std::vector<Operand> results, operands;
  /// Of "[register + number]", the address less the number, and the number.
  Operand base;
  int64_t offset = 0;
  /// Where a branch goes to, as an index of an instruction.
  size_t target = 0;
  /// In the text, from 1.
  unsigned line = 0;
};

struct Parameter {
  std::string name;
  unsigned bytes = 0, offset = 0;
};

struct Kernel {
  std::string name;
  std::vector<Parameter> parameters;
  unsigned parameterBytes = 0;
  /// Threads of a block in each dimension, as `.reqntid` demands and `.maxntid`
  /// allows; 0 without the directive.
  std::array<unsigned, 3> requiredThreads{}, mostThreads{};
  /// Blocks of a cluster, as `.reqnctapercluster` demands; 0 without.
  std::array<unsigned, 3> requiredCluster{};
  unsigned sharedBytes = 0;
  /// Registers of a thread; the first ones are the special registers.
  unsigned numRegisters = 0;
  std::vector<Instruction> code;
};

/// Special registers have the first numbers, in this order.
enum SpecialRegister {
  TidX,
  TidY,
  TidZ,
  NtidX,
  NtidY,
  NtidZ,
  CtaidX,
  CtaidY,
  CtaidZ,
  NctaidX,
  NctaidY,
  NctaidZ,
  ClusteridX,
  ClusteridY,
  ClusteridZ,
  ClusterCtaidX,
  ClusterCtaidY,
  ClusterCtaidZ,
  ClusterNctaidX,
  ClusterNctaidY,
  ClusterNctaidZ,
  ClusterCtarank,
  Laneid,
  NumSpecialRegisters
};

struct Module {
  std::string target;
  std::vector<std::unique_ptr<Kernel>> kernels;
  /// Memory of the variables in global memory, by name.
  std::map<std::string, std::vector<char>> globals;

  const Kernel *find(std::string_view name) const {
    for (const std::unique_ptr<Kernel> &kernel : kernels)
      if (kernel->name == name)
        return kernel.get();
    return nullptr;
  }
};

/// Reads a module, or returns false and says in `error` what is wrong where.
bool parse(std::string_view text, Module &module, std::string &error);

/// What the opcode does, or null. Those of loads, stores and moves are without
/// vector and type ("ld.global.nc"), all others are whole ("add.rn.f32").
const Operation *findOperation(std::string_view opcode);
} // namespace ptx

#endif // ACT_TEST_FAKECUDA_PTX_H
