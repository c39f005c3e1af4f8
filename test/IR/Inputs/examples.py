"""Prints the examples of docs/Dialect.md as a module, one function each."""

import re
import sys

arguments = ("%x: tensor<?x8xf32>, %dy: tensor<?x8xf32>, "
             "%w: tensor<8xf32>, %beta: f32")
text = open(sys.argv[1]).read()
operations = re.findall(r"^#+ `(act\.\w+)` ", text, re.M)
examples = re.findall(r"```mlir\n(.*?)```", text, re.S)
for number, example in enumerate(examples):
    print(f"func.func @example{number}({arguments}) {{\n{example}  return\n}}")
missing = [name for name in operations
           if not re.search(re.escape(name) + r"\b[^`]*:", "".join(examples))]
if missing:
    sys.exit("no example of " + ", ".join(missing))
