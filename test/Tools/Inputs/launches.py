#!/usr/bin/env python3
"""Follows the steps of a description (act-compile --emit=json) and prints the
launches as the fake driver does (test/FakeCUDA):

  launches.py FILE.json x=4x4 y=4 value=1.5

Tensors are given by their shapes, contiguous and each with memory of its own,
m0, m1, ...; memory that the steps allocate comes after them.
"""

import json
import struct
import sys

OPERATORS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a // b,
    "ceildiv": lambda a, b: -(-a // b),
    "%": lambda a, b: a % b,
    "min": min,
    "max": max,
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "xor": lambda a, b: a ^ b,
    "<<": lambda a, b: a << b,
    ">>": lambda a, b: a >> b,
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b),
    "<=": lambda a, b: int(a <= b),
    ">": lambda a, b: int(a > b),
    ">=": lambda a, b: int(a >= b),
    "select": lambda condition, a, b: a if condition else b,
}


def bits(number, kind):
    """The bits of a number that its type holds."""
    if kind == "bf16":
        return bits(number, "f32") >> 16
    code, whole = {"f16": "eH", "f32": "fI", "f64": "dQ"}[kind]
    return struct.unpack("<" + whole, struct.pack("<" + code, number))[0]


class Launcher:
    def __init__(self, description, given):
        self.kernels = {k["name"]: k for k in description["kernels"]}
        self.values, self.shapes, self.types, self.allocated = {}, {}, {}, 0
        for argument in description["arguments"]:
            name, text = argument["name"], given[argument["name"]]
            if argument["role"] == "number":
                number = float if argument["type"][0] in "bf" else int
                self.values[name] = number(text)
                self.types[name] = argument["type"]
                continue
            self.shapes[name] = [int(n) for n in text.split("x") if n]
            self.values[name] = self.allocate()
        self.run(description["steps"])

    def allocate(self):
        self.allocated += 1
        return self.allocated << 40

    def value(self, e):
        if isinstance(e, str):
            return self.values[e]
        if not isinstance(e, list):
            return e
        name, operands = e[0], e[1:]
        if name == "address":
            return self.value(operands[0])
        if name == "size":
            return self.shapes[operands[0]][operands[1]]
        if name == "stride":
            stride = 1
            for size in self.shapes[operands[0]][operands[1] + 1 :]:
                stride *= size
            return stride
        if name == "offset":
            return 0
        if name == "bits":
            return bits(self.value(operands[0]), self.types[operands[0]])
        return OPERATORS[name](*[self.value(o) for o in operands])

    def run(self, steps):
        for step in steps:
            if "let" in step:
                self.values[step["let"]] = self.value(step["be"])
            elif "allocate" in step:
                self.values[step["allocate"]] = self.allocate()
            elif "if" in step:
                self.run(step["then" if self.value(step["if"]) else "else"])
            elif "for" in step:
                bounds = [self.value(step[k]) for k in ("from", "to", "step")]
                for i in range(*bounds):
                    self.values[step["for"]] = i
                    self.run(step["do"])
            elif "launch" in step:
                self.launch(step)
            else:
                assert "free" in step, step

    def launch(self, step):
        kernel = self.kernels[step["launch"]]
        numbers = lambda es: " ".join(str(self.value(e)) for e in es)
        grid, block = numbers(step["grid"]), numbers(step["block"])
        if "0" in grid.split():
            return
        assert kernel["block"] is None or block == numbers(kernel["block"])
        cluster = numbers(step["cluster"] or [1, 1, 1])
        line = f"launch {step['launch']} grid {grid} block {block}"
        line += f" cluster {cluster} shared {self.value(step['shared'])}"
        for parameter, e in zip(kernel["parameters"], step["arguments"]):
            line += " " + self.show(parameter, self.value(e))
        print("fake: " + line)

    @staticmethod
    def show(parameter, value):
        if parameter["type"] == "f32":
            return str(struct.unpack("<I", struct.pack("<f", value))[0])
        if parameter["type"] != "pointer":
            return str(value % 2 ** (8 * parameter["size"]))
        number, offset = (value >> 40) - 1, value % 2**40
        return f"m{number}" + (f"+{offset}" if offset else "")


with open(sys.argv[1]) as file:
    Launcher(json.load(file), dict(a.split("=") for a in sys.argv[2:]))
