// Values of parameters are f64 numbers: a decimal is rounded to f64 before its
// f32 parts are taken, a fraction and an infinity are exact. A decimal in a
// formula is never rounded to f64 first.
//
// RUN: act-tblgen -gen-rule-info -I %act_src/include %s | FileCheck %s
// RUN: act-tblgen -gen-rule-templates -I %act_src/include %s \
// RUN:   | FileCheck %s --check-prefix=FORMULA
// RUN: sed -e s@1/3@1/0@ %s > %t.td
// RUN: not act-tblgen -gen-rule-info -I %act_src/include %t.td 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ZERO

include "Act/Rules/Formula.td"

def Slope : Parameter<"slope"> {
  let defaultValue = "1/3";
  let testValues = ["0.1", "inf"];
}

def Line : Rule<"line"> {
  let parameters = [Slope];
  let definition = (Mul $slope, (Add $x, "0.1"));
  let derivative = (Id $slope);
}

// CHECK: "slope"
// CHECK-SAME: {"1/3", 0x3eaaaaabu, 0xb22aaaabu, 0x3fd5555555555555ull, 0x3c75555555555555ull}
// CHECK-SAME: {"0x1.999999999999ap-4", 0x3dcccccdu, 0xb0cccccdu, 0x3fb999999999999aull, 0x0ull}
// CHECK-SAME: {"inf", 0x7f800000u, 0x0u, 0x7ff0000000000000ull, 0x0ull}

// FORMULA: {"0.1", 0x3dcccccdu, 0xb0cccccdu, 0x3fb999999999999aull, 0xbc5999999999999aull}

// ZERO: error: '1/0' is not a number
