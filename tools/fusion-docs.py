"""Makes docs/Fusion.md of the examples that the tests run.

    fusion-docs.py act-opt EXAMPLES.mlir

In the examples a line `//# text` is text of the page. A function stands on the
page as it is written, and again as act-fuse leaves it.
"""

import re
import subprocess
import sys


def read_examples(path):
    """The page's parts in order: ("text", line) or ("function", source)."""
    parts = []
    function = None
    with open(path) as file:
        for line in file:
            line = line.rstrip("\n")
            if function is not None:
                function.append(line)
                if line == "}":
                    parts.append(("function", "\n".join(function)))
                    function = None
            elif line.startswith("//#"):
                parts.append(("text", line[4:]))
            elif line.startswith("func.func"):
                function = [line]
    return parts


def fuse(act_opt, path):
    """The functions after act-fuse, by name."""
    output = subprocess.run(
        [act_opt, path, "--act-fuse"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    functions = {}
    for match in re.finditer(r"^  func\.func @(\w+).*?^  }$", output, re.S | re.M):
        functions[match[1]] = re.sub("^  ", "", match[0], flags=re.M)
    return functions


def rename_arguments(before, after):
    """`after` with the names that the arguments have in `before`."""
    signature = before[: before.index("{\n")]
    for number, name in enumerate(re.findall(r"%(\w+):", signature)):
        after = re.sub(rf"%arg{number}\b", f"%{name}", after)
    return after


def body(function):
    """The operations of a function, without its signature and its end."""
    lines = function[function.index("{\n") + 2 :].split("\n")[:-1]
    return "\n".join(line[2:] for line in lines if not line.startswith("  return"))


def main():
    act_opt, path = sys.argv[1:]
    fused = fuse(act_opt, path)
    for kind, content in read_examples(path):
        if kind == "text":
            print(content)
            continue
        name = re.match(r"func\.func @(\w+)", content)[1]
        after = rename_arguments(content, fused[name])
        print("```mlir")
        print(body(content))
        print("// becomes")
        print(body(after))
        print("```")


main()
