// The templates of a small rule: one function, literals in both kinds, and a
// subformula that is computed once.
//
// RUN: act-tblgen -gen-rule-templates -I %act_src/include %s | FileCheck %s

include "Act/Rules/Primitives.td"

def Shift : Function<(params Real:$x), Real> {
  defvar twice = (Add $x, $x);
  let body = (Mul twice, twice);
  let description = "4 x^2";
}

// CHECK-LABEL: /// 4 x^2
// CHECK: inline typename A::Value shift({{.*}}A &a, {{.*}}typename A::Value x_)
// CHECK-NEXT: [[TWICE:v[0-9]+]] = a.add(x_, x_);
// CHECK-NEXT: [[SQUARE:v[0-9]+]] = a.mul([[TWICE]], [[TWICE]]);
// CHECK-NEXT: return [[SQUARE]];
