//===- MathFunctions.td - Functions of the math dialect ----*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the rules by which act-expand computes functions of the math
// dialect: exponentials, logarithms and the error function. Its tanh is the
// activation's.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_MATHFUNCTIONS_TD
#define ACT_RULES_MATHFUNCTIONS_TD

include "Act/Rules/Functions.td"
include "Act/Rules/Lean.td"
include "Act/Rules/Reals.td"

//===----------------------------------------------------------------------===//
// Exponentials
//===----------------------------------------------------------------------===//

def MathExp : MathFunction<"exp"> {
  let summary = "exponential";
  let latex = "f(x) = e^x";
  let derivativeLatex = "f'(x) = e^x";
  let definition = (Exp $x);
  let derivative = (Exp $x);
  let specialValues = ["0.0", "inf", "1", "1", "?", "?", "?"];
}

def MathExp2 : MathFunction<"exp2"> {
  let summary = "power of two";
  let latex = "f(x) = 2^x";
  let derivativeLatex = "f'(x) = 2^x \\log 2";
  let definition = (Exp2 $x);
  let derivative = (Mul (Exp2 $x), (Log "2"));
  let specialValues = ["0.0", "inf", "1", "1", "?", "?", "?"];
}

def MathExpm1 : MathFunction<"expm1"> {
  let summary = "exponential less one";
  let latex = "f(x) = e^x - 1";
  let derivativeLatex = "f'(x) = e^x";
  let definition = (Expm1 $x);
  let derivative = (Exp $x);
  let specialValues = ["-1", "inf", "-0.0", "0.0", "?", "?", "?"];
}

//===----------------------------------------------------------------------===//
// Logarithms: NaN for arguments outside their domain
//===----------------------------------------------------------------------===//

def MathLog : MathFunction<"log"> {
  let summary = "natural logarithm";
  let latex = "f(x) = \\log x";
  let derivativeLatex = "f'(x) = 1/x";
  let definition = (Log $x);
  let derivative = (Div "1", $x);
  let specialValues = ["nan", "inf", "-inf", "-inf", "?", "?", "?"];
}

def MathLog2 : MathFunction<"log2"> {
  let summary = "binary logarithm";
  let latex = "f(x) = \\log_2 x";
  let derivativeLatex = "f'(x) = 1/(x \\log 2)";
  let definition = (Log2 $x);
  let derivative = (Div "1", (Mul $x, (Log "2")));
  let specialValues = ["nan", "inf", "-inf", "-inf", "?", "?", "?"];
}

def MathLog1p : MathFunction<"log1p"> {
  let summary = "logarithm of one plus the argument";
  let latex = "f(x) = \\log(1 + x)";
  let derivativeLatex = "f'(x) = 1/(1 + x)";
  let definition = (Log1p $x);
  let derivative = (Div "1", (Add "1", $x));
  let specialValues = ["nan", "inf", "-0.0", "0.0", "?", "?", "?"];
}

//===----------------------------------------------------------------------===//
// Error function
//===----------------------------------------------------------------------===//

def MathErf : MathFunction<"erf"> {
  let summary = "error function";
  let latex = "f(x) = \\frac{2}{\\sqrt{\\pi}} \\int_0^x e^{-t^2} dt";
  let derivativeLatex = "f'(x) = \\frac{2}{\\sqrt{\\pi}}\\,e^{-x^2}";
  let definition = (Erf $x);
  let derivative = (Mul (Div "2", (Sqrt (Pi))), (Exp (Neg (Mul $x, $x))));
  let specialValues = ["-1", "1", "-0.0", "0.0", "?", "?", "?"];
}

#endif // ACT_RULES_MATHFUNCTIONS_TD
