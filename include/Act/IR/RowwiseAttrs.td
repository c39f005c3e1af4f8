//===- RowwiseAttrs.td - Keywords of row-wise ops ----------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the choices of row-wise operations and losses.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ROWWISEATTRS_TD
#define ACT_IR_ROWWISEATTRS_TD

include "Act/IR/ActAttrs.td"

def Act_EmptyRow : Act_Keyword<"EmptyRow", "what a row without weight gives", [
    I32EnumCase<"NaN", 0, "nan">, I32EnumCase<"Zero", 1, "zero">,
    I32EnumCase<"Uniform", 2, "uniform">]>;
def Act_EmptyRowAttr : Act_KeywordAttr<Act_EmptyRow, "empty_row">;

def Act_Reduction : Act_Keyword<"Reduction", "how row losses become one", [
    I32EnumCase<"Mean", 0, "mean">, I32EnumCase<"Sum", 1, "sum">,
    I32EnumCase<"None", 2, "none">]>;
def Act_ReductionAttr : Act_KeywordAttr<Act_Reduction, "reduction">;

def Act_EmptyMean : Act_Keyword<"EmptyMean", "the mean of no rows", [
    I32EnumCase<"NaN", 0, "nan">, I32EnumCase<"Zero", 1, "zero">]>;
def Act_EmptyMeanAttr : Act_KeywordAttr<Act_EmptyMean, "empty_mean">;

def Act_Smoothing : Act_Keyword<"Smoothing", "the form of label smoothing", [
    I32EnumCase<"Torch", 0, "torch">, I32EnumCase<"Megatron", 1, "megatron">]>;
def Act_SmoothingAttr : Act_KeywordAttr<Act_Smoothing, "smoothing">;

def Act_SmoothOver : Act_Keyword<"SmoothOver",
    "the classes that label smoothing spreads over", [
    I32EnumCase<"All", 0, "all">, I32EnumCase<"Finite", 1, "finite">]>;
def Act_SmoothOverAttr : Act_KeywordAttr<Act_SmoothOver, "smooth_over">;

/// Results beside the loss, in this order.
def Act_Extra : I32BitEnum<"Extra", "further results of a loss", [
    I32BitEnumCaseNone<"None", "none">,
    I32BitEnumCaseBit<"Lse", 0, "lse">,
    I32BitEnumCaseBit<"LogProb", 1, "log_prob">,
    I32BitEnumCaseBit<"Entropy", 2, "entropy">,
    I32BitEnumCaseBit<"ArgMax", 3, "argmax">,
    I32BitEnumCaseBit<"Counts", 4, "counts">]> {
  let cppNamespace = "::act";
  let separator = ", ";
  let printBitEnumPrimaryGroups = 0;
}
def Act_ExtraAttr : Act_KeywordAttr<Act_Extra, "extra">;

#endif // ACT_IR_ROWWISEATTRS_TD
