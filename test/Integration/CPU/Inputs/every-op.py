#!/usr/bin/env python3
"""Makes an entry with every activation, forward and backward.

Usage: act-opt --act-list-ops=json | every-op.py TYPE > FILE.mlir

Every result is added to the output, so that all of the code is kept. Gradients
of operand parameters are further outputs.
"""

import json
import sys


def main():
    type = sys.argv[1]
    tensor = f"tensor<?x{type}>"
    body, terms, gradients = [], [], []
    for number, op in enumerate(json.load(sys.stdin)):
        name, _, keywords = op["op"].partition(" ")
        keywords = " " + keywords if keywords else ""
        needs_operand = any(
            p["operand"] and "default" not in p for p in op["parameters"])
        parameter = ", %p" if needs_operand else ""
        types = f"{tensor}, {type}" if needs_operand else tensor
        body.append(
            f"  %y{number} = {name} %x{parameter}{keywords} : {types}")
        results = f"%d{number}"
        if needs_operand:
            gradients.append(f"%g{number}")
            results += f", %g{number}"
        body.append(f"  {results} = {name}_backward %dy, %x{parameter}"
                    f"{keywords} : {types}")
        terms += [f"%y{number}", f"%d{number}"]
    total = "%x"
    for number, term in enumerate(terms):
        body.append(f"  %t{number} = arith.addf {total}, {term} : {tensor}")
        total = f"%t{number}"
    results = ", ".join([tensor] + [type] * len(gradients))
    print(f"func.func @all(%x: {tensor}, %dy: {tensor}, %p: {type})\n"
          f"    -> ({results}) {{")
    print("\n".join(body))
    print(f"  return {', '.join([total] + gradients)} : {results}\n}}")


if __name__ == "__main__":
    main()
