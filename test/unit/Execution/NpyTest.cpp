//===- NpyTest.cpp - Tests of .npy files ----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests the reading and writing of .npy files.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/Npy.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include "gtest/gtest.h"

using namespace act;

/// A file of version 1 with the given dictionary and data.
static std::string file(std::string dictionary, std::string data,
                        char version = 1) {
  std::string text = "\x93NUMPY";
  text += version;
  text += '\0';
  text += static_cast<char>(dictionary.size() & 255);
  text += static_cast<char>(dictionary.size() >> 8);
  if (version > 1)
    text += std::string(2, '\0');
  return text + dictionary + data;
}

static std::string dictionary(std::string descr, std::string shape,
                              bool fortran = false) {
  return "{'descr': '" + descr +
         "', 'fortran_order': " + (fortran ? "True" : "False") +
         ", 'shape': " + shape + ", }\n";
}

/// The elements of a file, or the error.
static std::string read(const std::string &contents, ElementType expected,
                        bool anyFloat = false) {
  llvm::Expected<Tensor> tensor = parseNpy(contents, expected, anyFloat);
  if (!tensor)
    return "error: " + llvm::toString(tensor.takeError());
  std::string text = shapedTypeText(tensor->type(), tensor->shape()) + ":";
  for (int64_t i = 0; i != tensor->numElements(); ++i)
    text += " " + std::to_string(
                      int64_t(readElement(tensor->type(), tensor->element(i))));
  return text;
}

static const std::string oneTwo16("\1\0\2\0", 4);

TEST(Npy, Versions) {
  for (char version : {1, 2, 3})
    EXPECT_EQ(read(file(dictionary("<i2", "(2,)"), oneTwo16, version),
                   ElementType::I16),
              "2xi16: 1 2");
  EXPECT_EQ(
      read(file(dictionary("<i2", "(2,)"), oneTwo16, 4), ElementType::I16),
      "error: version 4 of the format is not known");
}

TEST(Npy, ByteOrder) {
  EXPECT_EQ(read(file(dictionary(">i2", "(2,)"), oneTwo16), ElementType::I16),
            "2xi16: 256 512");
  EXPECT_EQ(read(file(dictionary("=i2", "(2,)"), oneTwo16), ElementType::I16),
            "2xi16: 1 2");
  EXPECT_EQ(read(file(dictionary("|i2", "(2,)"), oneTwo16), ElementType::I16),
            "error: type '|i2' does not say its byte order; write '<i2'");
  EXPECT_EQ(read(file(dictionary(">f4", "()"), std::string("\x40\x40\0\0", 4)),
                 ElementType::F32),
            "f32: 3");
  EXPECT_EQ(read(file(dictionary(">f8", "()"),
                      std::string("\x40\x08\0\0\0\0\0\0", 8)),
                 ElementType::F64),
            "f64: 3");
}

TEST(Npy, FortranOrder) {
  std::string bytes = {1, 2, 3, 4, 5, 6};
  EXPECT_EQ(
      read(file(dictionary("|i1", "(2, 3)", true), bytes), ElementType::I8),
      "2x3xi8: 1 3 5 2 4 6");
  EXPECT_EQ(
      read(file(dictionary("|i1", "(1, 2, 3)", true), bytes), ElementType::I8),
      "1x2x3xi8: 1 3 5 2 4 6");
  std::string words = {0, 1, 0, 2, 0, 3, 0, 4};
  EXPECT_EQ(
      read(file(dictionary(">i2", "(2, 2)", true), words), ElementType::I16),
      "2x2xi16: 1 3 2 4");
  EXPECT_EQ(read(file(dictionary("<f4", "(0, 3)", true), ""), ElementType::F32),
            "0x3xf32:");
}

TEST(Npy, Bfloat16) {
  std::string three("\x40\x40", 2);
  for (const char *descr : {"<V2", "|V2", "bfloat16"})
    EXPECT_EQ(read(file(dictionary(descr, "()"), three), ElementType::BF16),
              "bf16: 3");
  EXPECT_EQ(read(file(dictionary("|V2", "()"), three), ElementType::F16),
            "error: elements of type '|V2' where f16 ('<f2') is expected");
  EXPECT_EQ(read(file(dictionary("<f2", "()"), three), ElementType::BF16),
            "error: elements of type '<f2' where bf16 ('|V2') is expected");
}

TEST(Npy, Types) {
  EXPECT_EQ(read(file(dictionary("<f4", "()"), "...."), ElementType::F64),
            "error: elements of type '<f4' where f64 ('<f8') is expected");
  EXPECT_EQ(read(file(dictionary("<f4", "()"), std::string("\0\0\x40\x40", 4)),
                 ElementType::F64, /*anyFloat=*/true),
            "f32: 3");
  EXPECT_EQ(read(file(dictionary("<i4", "()"), "...."), ElementType::F32,
                 /*anyFloat=*/true),
            "error: elements of type '<i4' where f32 ('<f4') is expected");
  EXPECT_EQ(read(file(dictionary("<c8", "()"), "........"), ElementType::F32),
            "error: elements of type '<c8' where f32 ('<f4') is expected");
  EXPECT_EQ(read(file(dictionary("|u1", "()"), "\7"), ElementType::I8),
            "i8: 7");
  EXPECT_EQ(read(file(dictionary("|b1", "(2,)"), std::string("\0\1", 2)),
                 ElementType::I1),
            "2xi1: 0 1");
  EXPECT_EQ(read(file(dictionary("|b1", "(1,)"), "\2"), ElementType::I1),
            "error: a boolean that is neither 0 nor 1");
  EXPECT_EQ(
      read(file(dictionary("<i8", "()"), std::string("\7\0\0\0\0\0\0\0", 8)),
           ElementType::Index),
      "index: 7");
}

TEST(Npy, Dictionaries) {
  // Any order of the entries, either quote, no comma at the end.
  EXPECT_EQ(read(file("{\"shape\":(2L,),\"fortran_order\":False,"
                      "\"descr\":\"<i2\"}",
                      oneTwo16),
                 ElementType::I16),
            "2xi16: 1 2");
  auto error = [](std::string text) {
    return read(file(std::move(text), ""), ElementType::F32);
  };
  EXPECT_EQ(error("{'descr': '<f4', 'shape': ()}"),
            "error: the header must have the entries descr, fortran_order and "
            "shape");
  EXPECT_EQ(error("{'descr': [('a', '<f4')], 'shape': ()}"),
            "error: arrays of structures are not read");
  EXPECT_EQ(error("{'descr': '<f4', 'shape': (-1,)}"),
            "error: the header is broken: expected a size that is not "
            "negative");
  EXPECT_EQ(error("{'descr': '<f4"),
            "error: the header is broken: expected a string");
  EXPECT_EQ(error("{'extra': '<f4'}"),
            "error: the header has an unexpected entry 'extra'");
  EXPECT_EQ(error("{'shape': (), 'shape': ()}"),
            "error: the header has an unexpected entry 'shape'");
  EXPECT_EQ(error("{'fortran_order': Maybe}"),
            "error: the header is broken: expected True or False");
  EXPECT_EQ(error("    "),
            "error: the header is broken: expected a dictionary");
}

TEST(Npy, Truncated) {
  std::string whole = file(dictionary("<f4", "(3,)"), std::string(12, '\0'));
  EXPECT_EQ(read(whole, ElementType::F32), "3xf32: 0 0 0");
  // No prefix of a file is a file, and none does harm.
  for (size_t size = 0; size != whole.size(); ++size)
    EXPECT_EQ(read(whole.substr(0, size), ElementType::F32).substr(0, 6),
              "error:");
  EXPECT_EQ(read(whole.substr(0, whole.size() - 1), ElementType::F32),
            "error: the file is truncated: 3xf32 needs more than its 11 bytes "
            "of data");
  EXPECT_EQ(read(whole + "x", ElementType::F32),
            "error: 1 bytes follow the data");
  EXPECT_EQ(read(file(dictionary("<f4", "(4611686018427387904, 4)"), ""),
                 ElementType::F32),
            "error: the file is truncated: 4611686018427387904x4xf32 needs "
            "more than its 0 bytes of data");
}

TEST(Npy, HugeHeader) {
  std::string text("\x93NUMPY\2\0\xFF\xFF\xFF\x7F", 12);
  EXPECT_EQ(read(text, ElementType::F32),
            "error: the header claims to be 2147483647 bytes long");
}

namespace {
/// A folder that goes away with the test.
class NpyFile : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("act", folder));
    path = (folder + "/x.npy").str();
  }
  void TearDown() override { llvm::sys::fs::remove_directories(folder); }

  llvm::SmallString<64> folder;
  std::string path;
};
} // namespace

TEST_F(NpyFile, RoundTripsAllTypes) {
  for (const char *name : {"f16", "bf16", "f32", "f64", "i1", "i8", "i16",
                           "i32", "i64", "index"}) {
    ElementType type = *findElementType(name);
    llvm::Expected<Tensor> tensor = Tensor::zeros(type, {2, 2});
    ASSERT_TRUE(bool(tensor));
    for (int64_t i = 0; i != 4; ++i)
      writeElement(type, tensor->element(i), i % 2);
    ASSERT_FALSE(bool(writeNpy(path, tensor->view())));
    llvm::Expected<Tensor> again = readNpy(path, type);
    ASSERT_TRUE(bool(again)) << llvm::toString(again.takeError());
    EXPECT_EQ(again->shape(), tensor->shape());
    EXPECT_EQ(llvm::StringRef(again->data(), again->numBytes()),
              llvm::StringRef(tensor->data(), tensor->numBytes()));
  }
}

TEST_F(NpyFile, HeaderIsPaddedTo64) {
  llvm::Expected<Tensor> tensor = Tensor::zeros(ElementType::F32, {});
  ASSERT_TRUE(bool(tensor));
  ASSERT_FALSE(bool(writeNpy(path, tensor->view())));
  auto contents = llvm::MemoryBuffer::getFile(path);
  ASSERT_TRUE(bool(contents));
  EXPECT_EQ((*contents)->getBufferSize(), 128u + 4u);
}

TEST_F(NpyFile, KeepsTheOldFileOnError) {
  llvm::Expected<Tensor> tensor = Tensor::zeros(ElementType::F32, {4});
  ASSERT_TRUE(bool(tensor));
  std::string inFile = path + "/y.npy";
  ASSERT_FALSE(bool(writeNpy(path, tensor->view())));
  EXPECT_EQ(llvm::toString(writeNpy(inFile, tensor->view())),
            "cannot write '" + inFile + "': Not a directory");
  EXPECT_TRUE(bool(readNpy(path, ElementType::F32)));
  // Nothing is left beside it.
  std::error_code code;
  int files = 0;
  for (llvm::sys::fs::directory_iterator it(folder, code), end;
       it != end && !code; it.increment(code))
    ++files;
  EXPECT_EQ(files, 1);
}

TEST_F(NpyFile, WritesThroughLinksAndIntoDevices) {
  llvm::Expected<Tensor> tensor = Tensor::zeros(ElementType::F32, {4});
  ASSERT_TRUE(bool(tensor));
  ASSERT_FALSE(bool(writeNpy(path, tensor->view())));
  std::string link = (folder + "/link.npy").str();
  ASSERT_FALSE(llvm::sys::fs::create_link(path, link));
  ASSERT_FALSE(bool(writeNpy(link, tensor->view())));
  EXPECT_TRUE(llvm::sys::fs::is_symlink_file(link));
  ASSERT_FALSE(bool(writeNpy("/dev/null", tensor->view())));
  EXPECT_FALSE(llvm::sys::fs::is_regular_file("/dev/null"));
}
