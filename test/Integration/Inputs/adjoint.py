#!/usr/bin/env python3
"""Compares both modes of act-differentiate as they run: the tangents of the
results times the cotangents are the gradients times the tangents.

adjoint.py FILE FUNCTION...
"""

import re
import subprocess
import sys
import tempfile


def run(command):
    process = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if process.returncode:
        sys.exit(f"failed: {' '.join(command)}")
    return process.stdout


def outputs(text):
    """The elements of each output that is printed."""
    elements, name = {}, None
    for line in text.split("\n"):
        head = re.match(r"(\w+): [0-9x]*f[0-9]+$", line)
        if head:
            name = head.group(1)
            elements[name] = []
        elif name and not line.startswith("time:"):
            if "n" in line:
                sys.exit(f"{name} has NaN or infinity: {line}")
            elements[name] += map(float, re.findall(r"[-\d.e+]+", line))
    return elements


def linspace(low, high, count):
    step = (high - low) / max(count - 1, 1)
    return [low + i * step for i in range(count)]


# The tangents of all arguments and the cotangents of all results.
GIVEN = {"jvp": (-1, 2), "vjp": (1, -2)}


def product(folder, file, function, mode):
    """What the derivative gives, times what the other mode is given."""
    derivative = f"{folder}/{mode}.mlir"
    run(["act-opt", file, "-o", derivative,
         f"--act-differentiate=entry={function} mode={mode}"])
    command = ["act-run", derivative, f"--entry={function}_{mode}"]
    signature = run(command + ["--describe"])
    given = "linspace:{}:{}".format(*GIVEN[mode])
    inputs = re.findall(r"input (d_\w+): (?:tensor<)?([^>\n]+)", signature)
    names = re.findall(r"output (d_\w+)", signature)
    results = outputs(run(
        command + [f"--input={name}={type}={given}" for name, type in inputs]
        + [f"--output={name}=-" for name in names]))
    other = GIVEN["vjp" if mode == "jvp" else "jvp"]
    return sum(x * y for name in names
               for x, y in zip(results[name],
                               linspace(*other, len(results[name]))))


file, functions = sys.argv[1], sys.argv[2:]
for function in functions:
    with tempfile.TemporaryDirectory() as folder:
        tangents = product(folder, file, function, "jvp")
        gradients = product(folder, file, function, "vjp")
    close = abs(tangents - gradients) <= 2e-5 * max(1, abs(gradients))
    print(f"{function}: tangents {tangents:.6g}, gradients {gradients:.6g}",
          "agree" if close else "DIFFER", flush=True)
    if not close:
        sys.exit(1)
