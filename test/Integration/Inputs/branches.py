"""Prints a function that passes a tensor of dynamic size through many branches.

Usage: branches.py COUNT

Branch i takes the tanh where the second argument is i.
"""

import sys

count = int(sys.argv[1])
print("""func.func @f(%x: tensor<?xf32> {act.name = "x"}, %n: index {act.name = "n"})
    -> (tensor<?xf32> {act.name = "y"}) {
  %c0 = arith.constant 0 : index
  %d = tensor.dim %x, %c0 : tensor<?xf32>
  %one = arith.constant 1.0 : f32
  %ones = tensor.splat %one[%d] : tensor<?xf32>
  %y0 = arith.mulf %x, %ones : tensor<?xf32>""")
for i in range(count):
    print(f"""  %i{i} = arith.constant {i} : index
  %b{i} = arith.cmpi eq, %n, %i{i} : index
  %y{i + 1} = scf.if %b{i} -> tensor<?xf32> {{
    %t{i} = act.tanh %y{i} : tensor<?xf32>
    scf.yield %t{i} : tensor<?xf32>
  }} else {{
    scf.yield %y{i} : tensor<?xf32>
  }}""")
print(f"""  return %y{count} : tensor<?xf32>
}}
func.func @tanh(%x: tensor<?xf32> {{act.name = "x"}})
    -> (tensor<?xf32> {{act.name = "y"}}) {{
  %y = act.tanh %x : tensor<?xf32>
  return %y : tensor<?xf32>
}}""")
