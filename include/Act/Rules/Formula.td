//===- Formula.td - The language rules are written in ------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the formula language: kinds of values, the operations an
// algebra provides, functions built from them, and the records (Rule,
// Evaluation) that act-tblgen reads. It knows nothing of MLIR.
//
// A formula is a dag. Its operator is an Operation, a Function, a Struct (which
// builds a value of that struct) or a Field (which reads one). Its arguments
// are parameters of the enclosing record (`$x`), other formulas, or literals:
//
//   "0x1.8p+23" "1.702" "1/6" "inf"
//                         a Real; in place of a Pair it is split exactly into
//                         high and low part. Always a string, so that it is
//                         rounded once, in the type of the use.
//   127                   an Int.
//
// `defvar` names a subformula. Dags are unique, so a subformula that is used
// twice is computed once.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_FORMULA_TD
#define ACT_RULES_FORMULA_TD

//===----------------------------------------------------------------------===//
// Kinds
//===----------------------------------------------------------------------===//

/// The kind of a value. `cppName` is the member type of the algebra.
class Kind<string name> {
  string cppName = name;
}

def Real : Kind<"Value">; // One number of the evaluation's type.
def Int : Kind<"Int">;    // An integer as wide as a Real (its bits).
def Bool : Kind<"Bool">;  // The result of a comparison.

/// Marks a list of typed names, e.g. `(params Real:$a, Pair:$b)`.
def params;

/// A value of several fields, e.g. `(params Real:$h, Real:$l)`.
class Struct<string name, dag fieldList> : Kind<name> {
  dag fields = fieldList;
}

/// Reads the field `name` of a struct: `(H p)`.
class Field<string fieldName> {
  string name = fieldName;
}

/// An unevaluated sum h + l.
def Pair : Struct<"Pair", (params Real:$h, Real:$l)>;

def H : Field<"h">;
def L : Field<"l">;
def N : Field<"n">;

//===----------------------------------------------------------------------===//
// Operations: what an algebra must provide
//===----------------------------------------------------------------------===//

/// One method of the algebra. Operations of evaluations are one IEEE operation,
/// rounded to nearest even, and keep NaN; what they mean is fixed here.
class Operation<string method, list<Kind> operandKinds, Kind resultKind> {
  string cppName = method;
  list<Kind> operands = operandKinds;
  Kind result = resultKind;
}

/// An operation over the reals. It may stand in definitions only: it has no
/// correctly rounded counterpart on every target.
class RealFunction<string method, list<Kind> operandKinds = [Real]>
    : Operation<method, operandKinds, Real>;

/// An instruction of GPUs that gives a function not exactly, but within a bound
/// of the PTX ISA: see Act/Rules/Approximations.h. It may stand in evaluations
/// of the fast tiers and the device tiers only.
class Approximation<string method> : Operation<method, [Real], Real>;

// Arithmetic.
def Add : Operation<"add", [Real, Real], Real>;
def Sub : Operation<"sub", [Real, Real], Real>;
def Mul : Operation<"mul", [Real, Real], Real>;
/// A product that is no number or needs no rounding, whatever the operands that
/// the formula gives it: a sum that it is a term of may be fused with it.
def MulExact : Operation<"mulExact", [Real, Real], Real>;
def Div : Operation<"div", [Real, Real], Real>;
def Neg : Operation<"neg", [Real], Real>;
def Abs : Operation<"abs", [Real], Real>;
def Sqrt : Operation<"sqrt", [Real], Real>;
def Fma : Operation<"fma", [Real, Real, Real], Real>; // a*b+c, rounded once.
def CopySign : Operation<"copySign", [Real, Real], Real>;
// NaN where one operand is; -0 is below +0. One instruction of GPUs, and two of
// CPUs.
def Minimum : Operation<"minimum", [Real, Real], Real>;
def Maximum : Operation<"maximum", [Real, Real], Real>;

// Comparisons: ordered (false on NaN), but for IsNaN.
def Lt : Operation<"lt", [Real, Real], Bool>;
def Le : Operation<"le", [Real, Real], Bool>;
def Gt : Operation<"gt", [Real, Real], Bool>;
def Ge : Operation<"ge", [Real, Real], Bool>;
def Eq : Operation<"eq", [Real, Real], Bool>;
def IsNaN : Operation<"isNaN", [Real], Bool>;
def And : Operation<"logicalAnd", [Bool, Bool], Bool>;
def Or : Operation<"logicalOr", [Bool, Bool], Bool>;
def Not : Operation<"logicalNot", [Bool], Bool>;

/// (Select c, a, b): a where c holds, else b; never blends a NaN of the side
/// not taken. a and b are of one kind, any kind but Bool; structs are selected
/// field by field.
def Select;

/// (Id $x) is $x, for places where TableGen wants a formula, such as defvar.
def Id;

// Bits. Integers wrap; shift counts are constants.
def Bits : Operation<"bits", [Real], Int>;         // bit pattern
def FromBits : Operation<"fromBits", [Int], Real>; // the reverse
def IAdd : Operation<"iadd", [Int, Int], Int>;
def ISub : Operation<"isub", [Int, Int], Int>;
def IAnd : Operation<"iand", [Int, Int], Int>;
def IOr : Operation<"ior", [Int, Int], Int>;
def IXor : Operation<"ixor", [Int, Int], Int>;
def Shl : Operation<"shl", [Int, Int], Int>;
def LShr : Operation<"lshr", [Int, Int], Int>;
def AShr : Operation<"ashr", [Int, Int], Int>;
def IMax : Operation<"imax", [Int, Int], Int>; // signed
def IMin : Operation<"imin", [Int, Int], Int>; // signed
def ILt : Operation<"ilt", [Int, Int], Bool>;  // signed
def IEq : Operation<"ieq", [Int, Int], Bool>;

/// True when the caller rounds the result once more to a 16-bit type and the
/// formula must therefore round its last sum to odd. It is known at
/// compile time, so a Select on it costs nothing.
def RoundsToOdd : Operation<"roundsToOdd", [], Bool>;

/// True in kernels of GPUs. Known at compile time as well.
def OnGPU : Operation<"onGPU", [], Bool>;

// Functions of the reals, for definitions.
def Exp : RealFunction<"exp">;
def Exp2 : RealFunction<"exp2">;
def Expm1 : RealFunction<"expm1">;
def Log : RealFunction<"log">;
def Log2 : RealFunction<"log2">;
def Log1p : RealFunction<"log1p">;
def RealTanh : RealFunction<"tanh">; // Tanh is the rule.
def Erf : RealFunction<"erf">;
def Erfc : RealFunction<"erfc">;
def Nearest : RealFunction<"nearest">; // integer, ties to even
def Pi : RealFunction<"pi", []>;

// Approximations: 2^x, 1/x and log2(x) flush subnormal operands and results to
// zeros of their sign.
def ApproxExp2 : Approximation<"approxExp2">;
def ApproxReciprocal : Approximation<"approxReciprocal">;
def ApproxLog2 : Approximation<"approxLog2">;
def ApproxTanh : Approximation<"approxTanh">;

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// A named formula: act-tblgen makes it one C++ function template over an
/// algebra. Every primitive that evaluations share is one of these.
class Function<dag parameterList, Kind resultKind> {
  dag parameters = parameterList;
  Kind result = resultKind;
  dag body;
  string description = "";
  /// Whether the result is one of IEEE operations although the body has
  /// approximations: then it may stand in every evaluation.
  bit isExact = false;
}

/// The coefficients of a polynomial, from the constant term up. A formula that
/// serves f64 too has a second, longer list for it.
class Coefficients<list<string> coefficientList, list<string> f64List = []> {
  list<string> values = coefficientList;
  list<string> f64Values = f64List;
}

/// (ByWidth "0x1.8p+23", "0x1.8p+52"): the first literal in f32, the second in
/// f64; also for Int literals. It is known when the formula is read.
def ByWidth;

/// (Horner C, r): C[0] + r*(C[1] + r*(...)) by fused multiply-adds, from the
/// highest coefficient down. (HornerFrom C, 2, r) starts at C[2]: the value of
/// C[2] + r*(C[3] + ...).
def Horner;
def HornerFrom;

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

/// A numeric parameter of a rule besides x. In definitions it is a Real, in
/// evaluations a Pair (an attribute is split exactly; an operand has low part
/// zero).
class Parameter<string parameterName> {
  string name = parameterName;
  /// The default value; empty: it must be given. Values are those of f64
  /// attributes: a decimal is rounded to f64, a fraction is exact.
  string defaultValue = "";
  /// What a value must satisfy, checked by the verifier for attributes:
  /// "", "positive" (> 0) or "nonNegative" (>= 0).
  string constraint = "";
  /// Whether ops may take it as an operand, and then have its gradient.
  bit operand = false;
  /// Values at which tests evaluate the rule, as attribute and as operand.
  list<string> testValues = [];
  string description = "";
}

/// One function and its derivative.
class Rule<string ruleName> {
  /// Name in C++, file and command lines, e.g. "gelu_tanh".
  string name = ruleName;
  list<Parameter> parameters = [];

  /// Whether the dialect has operations for it. The other rules only serve
  /// gates, or to expand functions of the math dialect.
  bit isActivation = true;

  /// f over the reals, in $x and the parameters: the oracle. Written so that
  /// it is stable in high precision; its dual number is the oracle of f'.
  dag definition;

  /// f' over the reals, the textbook formula, for documentation; checked
  /// against the dual number of `definition`.
  dag derivative;

  /// df/dp for each parameter that may be an operand, in the order of
  /// `parameters`.
  list<dag> parameterDerivatives = [];

  /// A Bool formula of $x: where it holds, f' is zero on a whole piece and
  /// dx is +0 whatever dy is. Unset: nowhere. False for NaN.
  dag zeroWhere = ?;
  /// The same for the gradient of the operand parameter.
  dag parameterZeroWhere = ?;

  /// Points where f' jumps or f has a corner; tests take their neighbours.
  list<string> kinks = [];
  /// Decimal approximations of the roots of f', for tests near them.
  list<string> derivativeRoots = [];
  /// Bounds of f in the default and exact tier, in ulp (f32).
  string exactBound = "1";
  string defaultBound = "3";

  /// LaTeX of f and f' for the documentation.
  string latex = "";
  string derivativeLatex = "";
  string summary = "";
  string description = "";
  /// Name in torch.nn.functional, or an expression.
  string pytorch = "";

  /// Values at special points, bit for bit in the exact tier, as C literals in
  /// the order f(-inf), f(+inf), f(-0), f(+0), f'(-inf), f'(+inf), f'(0). An
  /// entry "?" is not checked. Parameters have their defaults.
  list<string> specialValues = [];
}

/// A function of the math dialect, of which only f is ever computed.
class MathFunction<string functionName> : Rule<functionName> {
  let isActivation = false;
}

/// What an evaluation computes.
class Part<string partName> {
  string name = partName;
}
def Forward : Part<"Forward">;
def Derivative : Part<"Derivative">;
/// df/dp of the rule's only operand parameter.
def ParameterDerivative : Part<"ParameterDerivative">;
/// f' as a formula of the output y = f(x), which $x names here: for backward
/// ops that saved y instead of x. Rules that allow it have one.
def OutputDerivative : Part<"OutputDerivative">;

/// How accurate: the tiers of docs/Numerics.md. A missing tier falls back:
/// device -> half -> default -> exact, fast half -> fast -> default.
class Tier<string tierName> {
  string name = tierName;
}
def Exact : Tier<"Exact">;
def Default : Tier<"Default">;
/// Evaluations for operand and result of one 16-bit type, rounded at once.
def HalfBF16 : Tier<"HalfBF16">;
def HalfF16 : Tier<"HalfF16">;
/// The same in kernels of GPUs, by approximations: the results are the ones of
/// the half tiers whatever these give within their bounds.
def DeviceBF16 : Tier<"DeviceBF16">;
def DeviceF16 : Tier<"DeviceF16">;
/// What GPUs approximate: in f32, and where operand or result have a 16-bit
/// type.
def Fast : Tier<"Fast">;
def FastHalf : Tier<"FastHalf">;

/// The type an evaluation computes in.
class Width<string widthName> {
  string name = widthName;
}
def Float32 : Width<"F32">;
def Float64 : Width<"F64">;
defvar BothWidths = [Float32, Float64];

/// One way to compute a part of a rule well. `body` is a Real formula in $x
/// and the rule's parameters (Pairs). A formula may serve several widths.
class Evaluation<Rule evaluatedRule, Part evaluatedPart, Tier evaluationTier,
                 list<Width> evaluationWidths = [Float32]> {
  Rule rule = evaluatedRule;
  Part part = evaluatedPart;
  Tier tier = evaluationTier;
  list<Width> widths = evaluationWidths;
  dag body;
  /// Interleave in native vectors that runs fastest (measured).
  int interleave = 4;
  /// For 16-bit stores: the value may be a tie in f32 whose exact value lies
  /// above it, so that ties go upward instead of to even.
  bit tiesUpward = false;
  /// In a fast tier: the largest error of the f32 value, in ulp of f32 whatever
  /// type it is rounded to, and an error that is always allowed.
  string bound = "0";
  string absolute = "0";
}

/// An evaluation of a fast tier, with its bound. What is flushed to zero may
/// have been a factor: results below 2^-118 may come out as zero.
class FastEvaluation<Rule evaluatedRule, Part evaluatedPart,
                     Tier evaluationTier, string fastBound>
    : Evaluation<evaluatedRule, evaluatedPart, evaluationTier> {
  let bound = fastBound;
  let absolute = "0x1p-118";
}

#endif // ACT_RULES_FORMULA_TD
