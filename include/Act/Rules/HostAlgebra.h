//===- HostAlgebra.h - Rules evaluated on the host --------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the algebra that computes with float or double. An
// evaluation gives the bits that the compiled kernel gives, on a GPU those of
// its NaN too; a definition gives an f64 approximation through <cmath>.
//
// Compile users with -ffp-contract=off: a*b+c must not be fused here.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_HOSTALGEBRA_H
#define ACT_RULES_HOSTALGEBRA_H

#include "Act/Rules/Approximations.h"
#include "Act/Rules/Literal.h"

#include <cmath>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace act {

template <class Number> class HostAlgebra {
  static_assert(std::is_same_v<Number, float> || std::is_same_v<Number, double>,
                "numbers are f32 or f64");
  static constexpr bool isF32 = std::is_same_v<Number, float>;
  using Unsigned = std::conditional_t<isF32, uint32_t, uint64_t>;

public:
  using Value = Number;
  using Int = std::conditional_t<isF32, int32_t, int64_t>;
  using Bool = bool;

  explicit HostAlgebra(bool roundsToOdd = false,
                       Approximations approximations = {}, bool onGPU = false)
      : odd(roundsToOdd), gpu(onGPU), approximations(approximations) {}

  Value constant(const Literal &literal) {
    if constexpr (isF32)
      return pattern(literal.f32High);
    else
      return pattern(literal.f64High);
  }
  Value constant(double number) { return static_cast<Value>(number); }
  Value constantLow(const Literal &literal) {
    if constexpr (isF32)
      return pattern(literal.f32Low);
    else
      return pattern(literal.f64Low);
  }
  Int integer(int64_t number) { return static_cast<Int>(number); }
  Bool roundsToOdd() { return odd; }
  Bool onGPU() { return gpu; }
  static constexpr bool isF64() { return !isF32; }

  // Arithmetic.
  Value add(Value x, Value y) { return made(x + y); }
  Value sub(Value x, Value y) { return made(x - y); }
  Value mul(Value x, Value y) { return made(x * y); }
  Value mulExact(Value x, Value y) { return made(x * y); }
  Value div(Value x, Value y) { return made(x / y); }
  Value neg(Value x) { return -x; }
  Value abs(Value x) { return std::fabs(x); }
  Value sqrt(Value x) { return made(std::sqrt(x)); }
  Value fma(Value x, Value y, Value z) {
    if constexpr (isF32)
      return made(__builtin_fmaf(x, y, z));
    else
      return __builtin_fma(x, y, z);
  }
  Value copySign(Value x, Value y) { return std::copysign(x, y); }
  Value minimum(Value x, Value y) {
    if (x == y)
      return std::signbit(x) ? x : y;
    return made(isNaN(x) || x < y ? x : y);
  }
  Value maximum(Value x, Value y) { return made(-minimum(-x, -y)); }

  // What GPUs approximate, in f32.
  Value approxExp2(Value x) {
    return made(approximations.exp2(static_cast<float>(x)));
  }
  Value approxReciprocal(Value x) {
    return made(approximations.reciprocal(static_cast<float>(x)));
  }
  Value approxLog2(Value x) {
    return made(approximations.log2(static_cast<float>(x)));
  }
  Value approxTanh(Value x) {
    return made(approximations.tanh(static_cast<float>(x)));
  }

  // Comparisons.
  Bool lt(Value x, Value y) { return x < y; }
  Bool le(Value x, Value y) { return x <= y; }
  Bool gt(Value x, Value y) { return x > y; }
  Bool ge(Value x, Value y) { return x >= y; }
  Bool eq(Value x, Value y) { return x == y; }
  Bool isNaN(Value x) { return x != x; }
  Bool logicalAnd(Bool x, Bool y) { return x & y; }
  Bool logicalOr(Bool x, Bool y) { return x | y; }
  Bool logicalNot(Bool x) { return !x; }
  Value select(Bool condition, Value x, Value y) { return condition ? x : y; }
  Int selectInt(Bool condition, Int x, Int y) { return condition ? x : y; }

  // Bits. Arithmetic wraps, through the unsigned type.
  Int bits(Value x) {
    Int result;
    std::memcpy(&result, &x, sizeof(x));
    return result;
  }
  Value fromBits(Int x) { return pattern(static_cast<Unsigned>(x)); }
  Int iadd(Int x, Int y) { return Int(Unsigned(x) + Unsigned(y)); }
  Int isub(Int x, Int y) { return Int(Unsigned(x) - Unsigned(y)); }
  Int iand(Int x, Int y) { return x & y; }
  Int ior(Int x, Int y) { return x | y; }
  Int ixor(Int x, Int y) { return x ^ y; }
  Int shl(Int x, Int y) { return Int(Unsigned(x) << Unsigned(y)); }
  Int lshr(Int x, Int y) { return Int(Unsigned(x) >> Unsigned(y)); }
  Int ashr(Int x, Int y) { return x >> y; }
  Int imax(Int x, Int y) { return x > y ? x : y; }
  Int imin(Int x, Int y) { return x < y ? x : y; }
  Bool ilt(Int x, Int y) { return x < y; }
  Bool ieq(Int x, Int y) { return x == y; }

  // Functions of the reals, for definitions.
  Value exp(Value x) { return std::exp(x); }
  Value exp2(Value x) { return std::exp2(x); }
  Value expm1(Value x) { return std::expm1(x); }
  Value log(Value x) { return std::log(x); }
  Value log2(Value x) { return std::log2(x); }
  Value log1p(Value x) { return std::log1p(x); }
  Value tanh(Value x) { return std::tanh(x); }
  Value erf(Value x) { return std::erf(x); }
  Value erfc(Value x) { return std::erfc(x); }
  Value nearest(Value x) { return std::nearbyint(x); }
  Value pi() { return static_cast<Value>(3.14159265358979323846); }

private:
  /// What an operation has computed. All of f32 on a GPU give the same NaN,
  /// whose bits are such that an integer added to them may end it.
  Value made(Value x) const {
    if constexpr (isF32)
      if (gpu && x != x)
        return pattern(0x7fffffff);
    return x;
  }
  static Value pattern(Unsigned bits) {
    Value result;
    std::memcpy(&result, &bits, sizeof(result));
    return result;
  }

  bool odd, gpu;
  Approximations approximations;
};

} // namespace act

#endif // ACT_RULES_HOSTALGEBRA_H
