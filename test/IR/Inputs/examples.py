"""Prints the examples of groups of docs/Dialect.md as a module, one function
each:  examples.py Dialect.md ARGUMENTS GROUP..."""

import re
import sys

page, arguments, *groups = sys.argv[1:]
sections = re.split(r"^### (.*)\n", open(page).read(), flags=re.M)
texts = dict(zip(sections[1::2], sections[2::2]))
number = 0
for group in groups:
    operations = re.split(r"^#### `(act\.\w+)`", texts[group], flags=re.M)
    for name, text in zip(operations[1::2], operations[2::2]):
        examples = re.findall(r"```mlir\n(.*?)```", text, re.S)
        if not any(f"= {name} " in example for example in examples):
            sys.exit(f"no example of {name}")
        for example in examples:
            print(f"func.func @example{number}({arguments}) {{\n"
                  f"{example}  return\n}}")
            number += 1
