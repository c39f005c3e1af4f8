#!/usr/bin/env python3
"""Differentiates a function of each elementwise act operation: its gradient
must be that of the operation's own backward operation, and nothing else.

every-op.py ACT-OPT
"""

import json
import subprocess
import sys

tool = sys.argv[1]
operations = json.loads(subprocess.check_output([tool, "--act-list-ops=json"]))


def program(op, parameter):
    name, _, choice = op["op"].partition(" ")
    types = "tensor<?x3xf32>" + (", tensor<3xf32>" if parameter else "")
    arguments = "%x: tensor<?x3xf32>" + (
        ", %p: tensor<3xf32>" if parameter else "")
    return f"""func.func @f({arguments}) -> tensor<?x3xf32> {{
  %y = {name} %x{', %p' if parameter else ''} {choice} : {types}
  return %y : tensor<?x3xf32>
}}"""


def check(op, parameter):
    derivative = subprocess.run(
        [tool, "--act-differentiate=results=false"], text=True,
        input=program(op, parameter), stdout=subprocess.PIPE).stdout
    body = derivative.partition("@f_vjp")[2].partition("\n  }")[0]
    body = body.split("\n")[1:]
    name, _, choice = op["op"].partition(" ")
    if choice.endswith("(none)"):
        choice = ""
    operands = "%arg2, %arg0, %arg1" if parameter else "%arg1, %arg0"
    expected = f"{name}_backward {operands} {choice}".rstrip() + " : "
    if len(body) != 2 or expected not in body[0]:
        sys.exit(f"{op['op']}: expected '{expected}', got\n{derivative}")


count = 0
for op in operations:
    if "rule" not in op:
        continue
    operand = any(p["operand"] for p in op["parameters"])
    required = any("default" not in p for p in op["parameters"])
    if not required:
        check(op, False)
    if operand:
        check(op, True)
    count += 1
print(f"{count} operations are differentiated by their backward operations")
