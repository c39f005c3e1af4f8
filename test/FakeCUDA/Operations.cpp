//===- Operations.cpp - What the instructions of PTX do -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Written from the definitions in NVIDIA's "PTX ISA", not from what Act makes
// of its own operations, so that both are compared. Approximations give the
// number that is nearest to the exact value.
//
//===----------------------------------------------------------------------===//

#include "Machine.h"

#include <bit>
#include <cmath>
#include <limits>
#include <string>
#include <unordered_map>

using namespace ptx;

namespace {
using Table = std::unordered_map<std::string, Operation>;

/// Two numbers of f32 in a register of 64 bits.
struct Pair {
  float low, high;
};

struct BFloat16 {
  uint16_t bits;
};
} // namespace

//===----------------------------------------------------------------------===//
// Computations
//===----------------------------------------------------------------------===//

/// A NaN that an instruction of f32 makes is always this one.
static float canonical(float x) {
  return std::isnan(x) ? std::bit_cast<float>(0x7fffffffu) : x;
}
static double canonical(double x) { return x; }

static BFloat16 roundToBFloat16(float x) {
  if (std::isnan(x))
    return {0x7fff};
  uint32_t bits = std::bit_cast<uint32_t>(x);
  // To nearest, ties to even; a carry reaches infinity by itself.
  return {uint16_t((bits + 0x7fff + (bits >> 16 & 1)) >> 16)};
}
static uint16_t roundToHalf(float x) {
  return std::isnan(x) ? 0x7fff : std::bit_cast<uint16_t>(_Float16(x));
}
static float widen(_Float16 x) { return x; }
static float widen(BFloat16 x) {
  return std::bit_cast<float>(uint32_t(x.bits) << 16);
}

/// Takes what is subnormal for a zero of its sign, as ".ftz" says.
static float flush(float x) {
  return std::fpclassify(x) == FP_SUBNORMAL ? std::copysign(0.0f, x) : x;
}

/// The greater number, or the other one of a NaN; -0 is less than +0.
template <typename T> static T maximum(T a, T b) {
  if (std::isnan(a))
    return canonical(b);
  if (std::isnan(b))
    return a;
  return a == b ? (std::signbit(a) ? b : a) : a > b ? a : b;
}
template <typename T> static T minimum(T a, T b) {
  if (std::isnan(a))
    return canonical(b);
  if (std::isnan(b))
    return a;
  return a == b ? (std::signbit(a) ? a : b) : a < b ? a : b;
}

template <typename T> static T shiftLeft(T x, uint32_t by) {
  return by < sizeof(T) * 8 ? T(x << by) : T(0);
}
template <typename T> static T shiftRight(T x, uint32_t by) {
  uint32_t most = sizeof(T) * 8 - 1;
  if (by > most) // Of a signed number the sign is left.
    return std::is_signed_v<T> ? T(x >> most) : T(0);
  return T(x >> by);
}

template <typename T>
static T extractBits(T x, uint32_t position, uint32_t length) {
  position &= 0xff;
  length &= 0xff;
  T shifted = shiftRight(x, position);
  return length >= sizeof(T) * 8 ? shifted
                                 : T(shifted & ((T(1) << length) - 1));
}

static uint32_t permute(uint32_t a, uint32_t b, uint32_t selection) {
  uint64_t bytes = uint64_t(b) << 32 | a;
  uint32_t result = 0;
  for (unsigned i = 0; i != 4; ++i) {
    uint32_t selector = selection >> (4 * i) & 0xf;
    uint8_t byte = bytes >> (8 * (selector & 7));
    if (selector & 8) // The sign of the byte in all of it.
      byte = int8_t(byte) < 0 ? 0xff : 0;
    result |= uint32_t(byte) << (8 * i);
  }
  return result;
}

/// A function of the values of operands as an instruction.
template <auto f> struct Compute;
template <typename R, typename... Args, R (*f)(Args...)> struct Compute<f> {
  template <size_t... indices>
  static R apply(Thread &thread, const Instruction &instruction,
                 std::index_sequence<indices...>) {
    return f(thread.read<Args>(instruction.operands[indices])...);
  }
  static void execute(Thread &thread, const Instruction &instruction) {
    thread.write(
        instruction.results[0],
        apply(thread, instruction, std::index_sequence_for<Args...>()));
  }
  static constexpr Operation operation = {execute, Control::None,
                                          sizeof...(Args) + 1};
};
template <auto f> constexpr Operation compute = Compute<+f>::operation;

/// The operations of all integers: "add.s32" for a name "add".
template <typename T>
static void addInteger(Table &table, const std::string &type) {
  using Bits = uint64_t; // Wraps, and ends in the bits of all narrower types.
  table["add." + type] = compute<[](T a, T b) { return T(Bits(a) + Bits(b)); }>;
  table["sub." + type] = compute<[](T a, T b) { return T(Bits(a) - Bits(b)); }>;
  table["mul.lo." + type] =
      compute<[](T a, T b) { return T(Bits(a) * Bits(b)); }>;
  table["mad.lo." + type] =
      compute<[](T a, T b, T c) { return T(Bits(a) * Bits(b) + Bits(c)); }>;
  table["min." + type] = compute<[](T a, T b) { return a < b ? a : b; }>;
  table["max." + type] = compute<[](T a, T b) { return a > b ? a : b; }>;
  table["neg." + type] = compute<[](T a) { return T(0 - Bits(a)); }>;
  table["shr." + type] =
      compute<[](T a, uint32_t by) { return shiftRight(a, by); }>;
  table["selp." + type] = compute<[](T a, T b, bool p) { return p ? a : b; }>;
  table["setp.eq." + type] = compute<[](T a, T b) { return a == b; }>;
  table["setp.ne." + type] = compute<[](T a, T b) { return a != b; }>;
  table["setp.lt." + type] = compute<[](T a, T b) { return a < b; }>;
  table["setp.le." + type] = compute<[](T a, T b) { return a <= b; }>;
  table["setp.gt." + type] = compute<[](T a, T b) { return a > b; }>;
  table["setp.ge." + type] = compute<[](T a, T b) { return a >= b; }>;
}

/// A quotient by zero is a number that PTX does not name: an error.
template <typename T, auto f>
static void executeDivision(Thread &thread, const Instruction &instruction) {
  T a = thread.read<T>(instruction.operands[0]);
  T b = thread.read<T>(instruction.operands[1]);
  if (b == 0 ||
      (std::is_signed_v<T> && b == T(-1) && a == std::numeric_limits<T>::min()))
    return thread.fail(LaunchFailed, "an integer has no quotient");
  thread.write(instruction.results[0], T(f(a, b)));
}
template <typename T>
static void addDivision(Table &table, const std::string &type) {
  table["div." + type] = {
      executeDivision<T, +[](T a, T b) { return T(a / b); }>, Control::None, 3};
  table["rem." + type] = {
      executeDivision<T, +[](T a, T b) { return T(a % b); }>, Control::None, 3};
}

template <typename T>
static void addBits(Table &table, const std::string &type) {
  table["and." + type] = compute<[](T a, T b) { return T(a & b); }>;
  table["or." + type] = compute<[](T a, T b) { return T(a | b); }>;
  table["xor." + type] = compute<[](T a, T b) { return T(a ^ b); }>;
  table["not." + type] = compute<[](T a) { return T(~a); }>;
  table["shl." + type] =
      compute<[](T a, uint32_t by) { return shiftLeft(a, by); }>;
  table["selp." + type] = compute<[](T a, T b, bool p) { return p ? a : b; }>;
  table["setp.eq." + type] = compute<[](T a, T b) { return a == b; }>;
  table["setp.ne." + type] = compute<[](T a, T b) { return a != b; }>;
}

/// Operations that are alike for f32 and f64.
template <typename T>
static void addFloat(Table &table, const std::string &type) {
  table["add.rn." + type] = compute<[](T a, T b) { return canonical(a + b); }>;
  table["sub.rn." + type] = compute<[](T a, T b) { return canonical(a - b); }>;
  table["mul.rn." + type] = compute<[](T a, T b) { return canonical(a * b); }>;
  table["div.rn." + type] = compute<[](T a, T b) { return canonical(a / b); }>;
  table["rcp.rn." + type] = compute<[](T a) { return canonical(1 / a); }>;
  table["sqrt.rn." + type] =
      compute<[](T a) { return canonical(std::sqrt(a)); }>;
  table["fma.rn." + type] =
      compute<[](T a, T b, T c) { return canonical(std::fma(a, b, c)); }>;
  table["neg." + type] = compute<[](T a) { return -a; }>;
  table["abs." + type] = compute<[](T a) { return std::fabs(a); }>;
  table["max." + type] = compute<[](T a, T b) { return maximum(a, b); }>;
  table["min." + type] = compute<[](T a, T b) { return minimum(a, b); }>;
  table["selp." + type] = compute<[](T a, T b, bool p) { return p ? a : b; }>;
  table["copysign." + type] = // The sign is that of the first operand.
      compute<[](T a, T b) { return std::copysign(b, a); }>;

  table["setp.eq." + type] = compute<[](T a, T b) { return a == b; }>;
  table["setp.ne." + type] = // False if one is NaN.
      compute<[](T a, T b) { return a < b || a > b; }>;
  table["setp.lt." + type] = compute<[](T a, T b) { return a < b; }>;
  table["setp.le." + type] = compute<[](T a, T b) { return a <= b; }>;
  table["setp.gt." + type] = compute<[](T a, T b) { return a > b; }>;
  table["setp.ge." + type] = compute<[](T a, T b) { return a >= b; }>;
  table["setp.equ." + type] =
      compute<[](T a, T b) { return !(a < b || a > b); }>;
  table["setp.neu." + type] = compute<[](T a, T b) { return a != b; }>;
  table["setp.ltu." + type] = compute<[](T a, T b) { return !(a >= b); }>;
  table["setp.leu." + type] = compute<[](T a, T b) { return !(a > b); }>;
  table["setp.gtu." + type] = compute<[](T a, T b) { return !(a <= b); }>;
  table["setp.geu." + type] = compute<[](T a, T b) { return !(a < b); }>;
  table["setp.num." + type] =
      compute<[](T a, T b) { return !std::isnan(a) && !std::isnan(b); }>;
  table["setp.nan." + type] =
      compute<[](T a, T b) { return std::isnan(a) || std::isnan(b); }>;

  table["cvt.rni." + type + "." + type] =
      compute<[](T a) { return canonical(std::nearbyint(a)); }>;
  table["cvt.rzi." + type + "." + type] =
      compute<[](T a) { return canonical(std::trunc(a)); }>;
  table["cvt.rmi." + type + "." + type] =
      compute<[](T a) { return canonical(std::floor(a)); }>;
  table["cvt.rpi." + type + "." + type] =
      compute<[](T a) { return canonical(std::ceil(a)); }>;
}

/// An integer from a number: the nearest that its type has. NaN is 0, or the
/// integer of the highest bit where one of the types has 64 bits.
template <typename I, typename F> static I truncateToInteger(F x) {
  if (std::isnan(x))
    return sizeof(I) == 8 || sizeof(F) == 8
               ? I(uint64_t(1) << (sizeof(I) * 8 - 1))
               : I(0);
  using Limits = std::numeric_limits<I>;
  // The first power of two beyond the type, exact in F.
  F beyond = std::ldexp(F(1), Limits::digits);
  if (x >= beyond)
    return Limits::max();
  if (std::is_signed_v<I> ? x < -beyond : x <= -1)
    return Limits::min();
  return I(x);
}

template <typename I>
static void addConversions(Table &table, const std::string &type) {
  table["cvt.u16." + type] = compute<[](I a) { return uint16_t(a); }>;
  table["cvt.s16." + type] = compute<[](I a) { return int16_t(a); }>;
  table["cvt.u32." + type] = compute<[](I a) { return uint32_t(a); }>;
  table["cvt.s32." + type] = compute<[](I a) { return int32_t(a); }>;
  table["cvt.u64." + type] = compute<[](I a) { return uint64_t(a); }>;
  table["cvt.s64." + type] = compute<[](I a) { return int64_t(a); }>;
  // A register has 16 bits at least.
  table["cvt.u8." + type] = compute<[](I a) { return uint32_t(uint8_t(a)); }>;
  table["cvt.s8." + type] = compute<[](I a) { return int32_t(int8_t(a)); }>;
  table["cvt.rn.f32." + type] = compute<[](I a) { return float(a); }>;
  table["cvt.rn.f64." + type] = compute<[](I a) { return double(a); }>;
  table["cvt.rzi." + type + ".f32"] =
      compute<[](float a) { return truncateToInteger<I>(a); }>;
  table["cvt.rzi." + type + ".f64"] =
      compute<[](double a) { return truncateToInteger<I>(a); }>;
}

static void addPairs(Table &table) {
  table["add.rn.f32x2"] = compute<[](Pair a, Pair b) {
    return Pair{canonical(a.low + b.low), canonical(a.high + b.high)};
  }>;
  table["sub.rn.f32x2"] = compute<[](Pair a, Pair b) {
    return Pair{canonical(a.low - b.low), canonical(a.high - b.high)};
  }>;
  table["mul.rn.f32x2"] = compute<[](Pair a, Pair b) {
    return Pair{canonical(a.low * b.low), canonical(a.high * b.high)};
  }>;
  table["fma.rn.f32x2"] = compute<[](Pair a, Pair b, Pair c) {
    return Pair{canonical(std::fma(a.low, b.low, c.low)),
                canonical(std::fma(a.high, b.high, c.high))};
  }>;
}

static void addSpecialFunctions(Table &table) {
  table["ex2.approx.ftz.f32"] = compute<[](float a) {
    return canonical(flush(float(std::exp2(double(flush(a))))));
  }>;
  table["rcp.approx.ftz.f32"] =
      compute<[](float a) { return canonical(flush(1 / flush(a))); }>;
  table["lg2.approx.ftz.f32"] = compute<[](float a) {
    return canonical(flush(float(std::log2(double(flush(a))))));
  }>;
  table["tanh.approx.f32"] =
      compute<[](float a) { return canonical(float(std::tanh(double(a)))); }>;
}

/// Operations on operands of 16 bits and one of f32, with one rounding.
template <typename T>
static void addMixed(Table &table, const std::string &type) {
  table["add.rn.f32." + type] =
      compute<[](T a, float c) { return canonical(widen(a) + c); }>;
  table["sub.rn.f32." + type] =
      compute<[](T a, float c) { return canonical(widen(a) - c); }>;
  table["fma.rn.f32." + type] = compute<[](T a, T b, float c) {
    return canonical(std::fma(widen(a), widen(b), c));
  }>;
}

/// The greater of two numbers of 16 bits, and of two pairs.
template <typename T> static uint16_t maximumOfHalves(uint16_t a, uint16_t b) {
  T left, right;
  std::memcpy(&left, &a, sizeof(T));
  std::memcpy(&right, &b, sizeof(T));
  float x = widen(left), y = widen(right);
  if (std::isnan(x) && std::isnan(y))
    return 0x7fff;
  // One of them, as it is.
  float greater = maximum(x, y);
  bool isLeft = greater == x && std::signbit(greater) == std::signbit(x);
  return isLeft ? a : b;
}
template <typename T>
static void addMaximum(Table &table, const std::string &type) {
  table["max." + type] = compute<maximumOfHalves<T>>;
  table["max." + type + "x2"] = compute<[](uint32_t a, uint32_t b) {
    return uint32_t(maximumOfHalves<T>(a >> 16, b >> 16)) << 16 |
           maximumOfHalves<T>(a, b);
  }>;
}

static void addHalfs(Table &table) {
  using Half = _Float16;
  table["cvt.f32.f16"] = compute<[](Half a) { return canonical(float(a)); }>;
  table["cvt.f32.bf16"] =
      compute<[](BFloat16 a) { return canonical(widen(a)); }>;
  table["cvt.rn.f16.f32"] = compute<[](float a) { return roundToHalf(a); }>;
  table["cvt.rn.bf16.f32"] =
      compute<[](float a) { return roundToBFloat16(a); }>;
  // The first operand is the upper half.
  table["cvt.rn.f16x2.f32"] = compute<[](float a, float b) {
    return uint32_t(roundToHalf(a)) << 16 | roundToHalf(b);
  }>;
  table["cvt.rn.bf16x2.f32"] = compute<[](float a, float b) {
    return uint32_t(roundToBFloat16(a).bits) << 16 | roundToBFloat16(b).bits;
  }>;
  for (const char *type : {"f16", "bf16"}) {
    table[std::string("abs.") + type] =
        compute<[](uint16_t a) { return uint16_t(a & 0x7fff); }>;
    table[std::string("neg.") + type] =
        compute<[](uint16_t a) { return uint16_t(a ^ 0x8000); }>;
  }
  addMaximum<Half>(table, "f16");
  addMaximum<BFloat16>(table, "bf16");
  addMixed<Half>(table, "f16");
  addMixed<BFloat16>(table, "bf16");
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

namespace {
enum class Space { Parameter, Global, Constant, Shared };
} // namespace

/// The memory of an access, or null after an error.
template <Space space>
static const char *locate(Thread &thread, const Instruction &instruction,
                          unsigned count) {
  uint64_t address =
      thread.read<uint64_t>(instruction.base) + instruction.offset;
  unsigned bytes = instruction.bytes * count;
  if (space == Space::Parameter)
    return thread.machine->parameter(thread, address, bytes);
  if (address % bytes != 0) {
    thread.fail(MisalignedAddress,
                "the address is not a multiple of " + std::to_string(bytes));
    return nullptr;
  }
  bool isOfCluster = space == Space::Shared && address >> 32;
  if (!isOfCluster)
    thread.machine->noteAccess(space == Space::Shared, thread, address, bytes);
  if (space == Space::Shared)
    return thread.machine->shared(thread, address, bytes);
  if (space == Space::Constant)
    thread.machine->noteUse(thread, Machine::Constant, address, bytes);
  return thread.machine->global(thread, address, bytes);
}

/// The number of so many bits in 64.
static uint64_t extendSign(uint64_t value, unsigned bits) {
  unsigned unused = 64 - bits;
  return int64_t(value << unused) >> unused;
}

template <Space space>
static void load(Thread &thread, const Instruction &instruction) {
  unsigned count = instruction.results.size();
  const char *memory = locate<space>(thread, instruction, count);
  if (!memory)
    return;
  for (const Operand &result : instruction.results) {
    uint64_t value = 0;
    std::memcpy(&value, memory, instruction.bytes);
    if (instruction.isSigned)
      value = extendSign(value, instruction.bytes * 8);
    thread.write(result, value);
    memory += instruction.bytes;
  }
}

template <Space space>
static void store(Thread &thread, const Instruction &instruction) {
  unsigned count = instruction.operands.size();
  const char *memory = locate<space>(thread, instruction, count);
  if (!memory)
    return;
  if (space == Space::Global)
    thread.machine->noteUse(thread, Machine::Written,
                            thread.read<uint64_t>(instruction.base) +
                                instruction.offset,
                            instruction.bytes * count);
  auto *to = const_cast<char *>(memory);
  for (const Operand &operand : instruction.operands) {
    uint64_t value = thread.read<uint64_t>(operand);
    std::memcpy(to, &value, instruction.bytes);
    to += instruction.bytes;
  }
}

/// Moves a number, takes one apart or puts one together.
static void move(Thread &thread, const Instruction &instruction) {
  size_t results = instruction.results.size();
  size_t operands = instruction.operands.size();
  uint64_t value = 0;
  unsigned bits = instruction.bytes * 8;
  for (size_t i = 0; i != operands; ++i) {
    uint64_t part = thread.read<uint64_t>(instruction.operands[i]);
    unsigned width = bits / operands;
    if (width < 64)
      part &= (uint64_t(1) << width) - 1;
    value |= part << (i * width);
  }
  for (size_t i = 0; i != results; ++i) {
    unsigned width = bits / results;
    uint64_t part = value >> (i * width);
    if (width < 64)
      part &= (uint64_t(1) << width) - 1;
    thread.write(instruction.results[i], part);
  }
}

static Table makeTable() {
  Table table;
  addInteger<uint16_t>(table, "u16");
  addInteger<int16_t>(table, "s16");
  addInteger<uint32_t>(table, "u32");
  addInteger<int32_t>(table, "s32");
  addInteger<uint64_t>(table, "u64");
  addInteger<int64_t>(table, "s64");
  addDivision<uint16_t>(table, "u16");
  addDivision<int16_t>(table, "s16");
  addDivision<uint32_t>(table, "u32");
  addDivision<int32_t>(table, "s32");
  addDivision<uint64_t>(table, "u64");
  addDivision<int64_t>(table, "s64");
  addBits<uint16_t>(table, "b16");
  addBits<uint32_t>(table, "b32");
  addBits<uint64_t>(table, "b64");
  addConversions<uint8_t>(table, "u8");
  addConversions<int8_t>(table, "s8");
  addConversions<uint16_t>(table, "u16");
  addConversions<int16_t>(table, "s16");
  addConversions<uint32_t>(table, "u32");
  addConversions<int32_t>(table, "s32");
  addConversions<uint64_t>(table, "u64");
  addConversions<int64_t>(table, "s64");
  addFloat<float>(table, "f32");
  addFloat<double>(table, "f64");
  addPairs(table);
  addSpecialFunctions(table);
  addHalfs(table);

  table["max.NaN.f32"] = compute<[](float a, float b) {
    return std::isnan(a) || std::isnan(b) ? canonical(NAN) : maximum(a, b);
  }>;
  table["min.NaN.f32"] = compute<[](float a, float b) {
    return std::isnan(a) || std::isnan(b) ? canonical(NAN) : minimum(a, b);
  }>;
  table["cvt.f64.f32"] = compute<[](float a) { return double(a); }>;
  table["cvt.rn.f32.f64"] =
      compute<[](double a) { return canonical(float(a)); }>;

  table["and.pred"] = compute<[](bool a, bool b) { return a && b; }>;
  table["or.pred"] = compute<[](bool a, bool b) { return a || b; }>;
  table["xor.pred"] = compute<[](bool a, bool b) { return a != b; }>;
  table["not.pred"] = compute<[](bool a) { return !a; }>;

  table["mul.wide.u16"] =
      compute<[](uint16_t a, uint16_t b) { return uint32_t(a) * b; }>;
  table["mul.wide.s16"] =
      compute<[](int16_t a, int16_t b) { return int32_t(a) * b; }>;
  table["mul.wide.u32"] =
      compute<[](uint32_t a, uint32_t b) { return uint64_t(a) * b; }>;
  table["mul.wide.s32"] =
      compute<[](int32_t a, int32_t b) { return int64_t(a) * b; }>;
  table["mad.wide.u32"] = compute<[](uint32_t a, uint32_t b, uint64_t c) {
    return uint64_t(a) * b + c;
  }>;
  table["mad.wide.s32"] = compute<[](int32_t a, int32_t b, int64_t c) {
    return int64_t(a) * b + c;
  }>;
  table["mul.hi.u32"] = compute<[](uint32_t a, uint32_t b) {
    return uint32_t(uint64_t(a) * b >> 32);
  }>;
  table["mul.hi.s32"] = compute<[](int32_t a, int32_t b) {
    return int32_t(int64_t(a) * b >> 32);
  }>;
  using Wide = unsigned __int128;
  using SignedWide = __int128;
  table["mul.hi.u64"] = compute<[](uint64_t a, uint64_t b) {
    return uint64_t(Wide(a) * b >> 64);
  }>;
  table["mul.hi.s64"] = compute<[](int64_t a, int64_t b) {
    return int64_t(SignedWide(a) * b >> 64);
  }>;
  table["bfe.u32"] =
      compute<[](uint32_t a, uint32_t position, uint32_t length) {
        return extractBits(a, position, length);
      }>;
  table["bfe.u64"] =
      compute<[](uint64_t a, uint32_t position, uint32_t length) {
        return extractBits(a, position, length);
      }>;
  table["clz.b32"] =
      compute<[](uint32_t a) { return uint32_t(std::countl_zero(a)); }>;
  table["clz.b64"] =
      compute<[](uint64_t a) { return uint32_t(std::countl_zero(a)); }>;
  table["popc.b32"] =
      compute<[](uint32_t a) { return uint32_t(std::popcount(a)); }>;
  table["popc.b64"] =
      compute<[](uint64_t a) { return uint32_t(std::popcount(a)); }>;
  table["prmt.b32"] = compute<[](uint32_t a, uint32_t b, uint32_t selection) {
    return permute(a, b, selection);
  }>;

  table["mov"] = {move};
  table["ld.param"] = {load<Space::Parameter>};
  table["ld.global"] = {load<Space::Global>};
  table["ld.global.nc"] = {load<Space::Constant>};
  table["st.global"] = {store<Space::Global>};
  table["ld.shared"] = {load<Space::Shared>};
  table["st.shared"] = {store<Space::Shared>};
  table["ld.shared::cluster"] = {load<Space::Shared>};
  table["st.shared::cluster"] = {store<Space::Shared>};
  table["mapa.shared::cluster.u64"] = compute<[](uint64_t a, uint32_t rank) {
    return Machine::clusterAddress(rank, a);
  }>;

  table["bra"] = table["bra.uni"] = {nullptr, Control::Branch, 1};
  table["ret"] = {nullptr, Control::Return};
  table["bar.sync"] = {nullptr, Control::BlockBarrier, 1};
  table["bar.warp.sync"] = {nullptr, Control::WarpBarrier, 1};
  table["shfl.sync.up.b32"] = {nullptr, Control::ShuffleUp, 5};
  table["shfl.sync.down.b32"] = {nullptr, Control::ShuffleDown, 5};
  table["shfl.sync.bfly.b32"] = {nullptr, Control::ShuffleButterfly, 5};
  table["shfl.sync.idx.b32"] = {nullptr, Control::ShuffleIndex, 5};
  auto reduction = [&](const char *kind,
                       uint32_t (*combine)(uint32_t, uint32_t)) {
    table[std::string("redux.sync.") + kind] = {nullptr, Control::Reduction, 3,
                                                combine};
  };
  reduction("add.s32", [](uint32_t a, uint32_t b) { return a + b; });
  reduction("min.s32", [](uint32_t a, uint32_t b) {
    return uint32_t(std::min(int32_t(a), int32_t(b)));
  });
  reduction("max.s32", [](uint32_t a, uint32_t b) {
    return uint32_t(std::max(int32_t(a), int32_t(b)));
  });
  reduction("min.u32", [](uint32_t a, uint32_t b) { return std::min(a, b); });
  reduction("max.u32", [](uint32_t a, uint32_t b) { return std::max(a, b); });
  reduction("and.b32", [](uint32_t a, uint32_t b) { return a & b; });
  reduction("or.b32", [](uint32_t a, uint32_t b) { return a | b; });
  reduction("xor.b32", [](uint32_t a, uint32_t b) { return a ^ b; });
  for (const char *aligned : {"", ".aligned"}) {
    for (const char *order : {"", ".relaxed"})
      table[std::string("barrier.cluster.arrive") + order + aligned] = {
          nullptr, Control::ClusterArrive};
    table[std::string("barrier.cluster.wait") + aligned] = {
        nullptr, Control::ClusterWait};
  }
  return table;
}

const Operation *ptx::findOperation(std::string_view opcode) {
  static const Table table = makeTable();
  auto found = table.find(std::string(opcode));
  return found == table.end() ? nullptr : &found->second;
}
