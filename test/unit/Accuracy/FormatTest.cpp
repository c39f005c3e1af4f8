//===- FormatTest.cpp - Tests of formats ----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests conversion, rounding and ulps of formats.
//
//===----------------------------------------------------------------------===//

#include "Act/Accuracy/Format.h"

#include "gtest/gtest.h"

#include <cmath>
#include <cstring>

using namespace act;

namespace {

TEST(FormatTest, RoundTripsAllPatterns) {
  for (const Format *format : {&Format::F16, &Format::BF16})
    for (uint64_t pattern = 0; pattern != 65536; ++pattern) {
      double value = format->decode(pattern);
      EXPECT_EQ(std::isnan(value), format->isNaN(pattern));
      if (!std::isnan(value)) {
        EXPECT_EQ(format->encode(value), pattern);
      }
    }
}

TEST(FormatTest, RoundsAsTheProcessor) {
  // f32 against the conversion of the language, from numbers between floats.
  for (uint64_t pattern = 0; pattern < 0x7f800000; pattern += 99991)
    for (double part : {0.0, 0.25, 0.5, 0.75}) {
      double low = Format::F32.decode(pattern);
      double high = Format::F32.decode(pattern + 1);
      if (std::isinf(high))
        high = 0x1p128;
      double value = low + (high - low) * part;
      EXPECT_EQ(Format::F32.round(value), static_cast<float>(value)) << value;
      EXPECT_EQ(Format::F32.round(MPFRNumber(64, -value)),
                static_cast<float>(-value));
    }
}

TEST(FormatTest, RoundsTiesAndOverflow) {
  const Format &f = Format::BF16;
  EXPECT_EQ(f.round(1 + 0x1p-8), 1.0);
  EXPECT_EQ(f.round(1 + 0x3p-8), 1 + 0x1p-6);
  EXPECT_EQ(f.round(0x1p-134), 0.0);
  EXPECT_EQ(f.round(0x1.8p-133), 0x1p-132);
  EXPECT_TRUE(std::isinf(f.round(0x1.ffp127)));
  EXPECT_EQ(f.round(0x1.fefffp127), 0x1.fep127);
  EXPECT_TRUE(std::signbit(f.round(-0x1p-140)));
}

TEST(FormatTest, Ulps) {
  EXPECT_EQ(Format::F32.ulpExponent(1.0), -23);
  EXPECT_EQ(Format::F32.ulpExponent(0.99999999), -24);
  EXPECT_EQ(Format::F32.ulpExponent(0x1p-149), -149);
  EXPECT_EQ(Format::F32.ulpExponent(0.0), -149);
  EXPECT_EQ(Format::F32.ulpExponent(0x1p300), 104);
  EXPECT_EQ(Format::F32.ulpExponent(MPFRNumber(64, -3.0)), -22);
}

TEST(FormatTest, HashTakesNaNsAsOne) {
  const Format &f = Format::F32;
  EXPECT_EQ(f.hash(1, 0x7fc00000), f.hash(1, 0xffc00001));
  EXPECT_NE(f.hash(1, 0x3f800000), f.hash(2, 0x3f800000));
  EXPECT_NE(f.hash(1, 0x00000000), f.hash(1, 0x80000000));
}

} // namespace
