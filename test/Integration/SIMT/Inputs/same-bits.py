#!/usr/bin/env python3
"""Hashes the results of operations on the CPU and on the runner of GPU kernels,
or on a GPU.

Usage: same-bits.py [--device=simt|cuda[:N]] [--approximations=MODEL] FOLDER
                    WHAT...

WHAT is a type, for every activation, and the derivatives that are elementwise,
on numbers of all kinds; or an entry of same-bits.mlir. Prints a line for each
result: what, name, hash. NaN counts as one number. Where the devices differ it
says so and ends with exit status 1.
"""

import hashlib
import json
import os
import struct
import subprocess
import sys

# NumPy's name, bytes, bits of the mantissa.
TYPES = {"f16": ("f2", 2, 10), "bf16": ("V2", 2, 7), "f32": ("f4", 4, 23),
         "f64": ("f8", 8, 52)}

# Sizes of each entry of same-bits.mlir.
ENTRIES = {"rows": "3x1000", "halves": "3x1000", "gates": "3x1001",
           "losses": "40x100", "sums": "5x3x1001"}


def write(path, descr, shape, data):
    header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }" % (
        descr, "".join("%d, " % size for size in shape))
    header += " " * (-(len(header) + 11) % 64) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) +
                   header.encode() + data)


def patterns(type, count, seed):
    """Numbers of all kinds: special ones, then patterns that are spread over
    all exponents."""
    _, width, mantissa = TYPES[type]
    bits = 8 * width
    top = 1 << bits
    state, values = seed, []
    ones = (1 << (bits - 1)) - (1 << mantissa)
    for special in (0, 1, ones, ones + (1 << (mantissa - 1)), ones - 1,
                    1 << mantissa):
        values += [special, special | top >> 1]
    while len(values) < count:
        state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        values.append(state >> (64 - bits))
    return values


def elementwise(folder, type, ops, count):
    """Every activation, forward and backward, each with results of its own."""
    tensor = f"tensor<?x{type}>"
    body, results = [], []
    for op in ops:
        name, _, keywords = op["op"].partition(" ")
        keywords = " " + keywords if keywords else ""
        operand = any(p["operand"] and "default" not in p
                      for p in op["parameters"])
        parameter = ", %p" if operand else ""
        types = f"{tensor}, {type}" if operand else tensor
        rule = op["rule"]
        body.append(f"  %{rule} = {name} %x{parameter}{keywords} : {types}")
        results.append((f"%{rule}", tensor))
        # The gradient of an operand is a sum, which has a kernel of its own.
        if operand:
            continue
        results.append((f"%d_{rule}", tensor))
        body.append(f"  %d_{rule} = {name}_backward %dy, %x{keywords} : {types}")
    named = ", ".join('%s {act.name = "%s"}' % (type, value[1:])
                      for value, type in results)
    text = (f"func.func @all(%x: {tensor}, %dy: {tensor}, %p: {type})\n"
            f"    -> ({named}) {{\n" + "\n".join(body) +
            "\n  return " + ", ".join(value for value, _ in results) + " : " +
            ", ".join(type for _, type in results) + "\n}\n")
    file = os.path.join(folder, type + ".mlir")
    with open(file, "w") as out:
        out.write(text)
    descr, width, _ = TYPES[type]
    inputs = []
    for name, seed in (("x", 12345), ("dy", 54321)):
        path = os.path.join(folder, f"{type}_{name}.npy")
        data = b"".join(value.to_bytes(width, "little")
                        for value in patterns(type, count, seed))
        write(path, "<" + descr, [count], data)
        inputs.append("--input=@" + path)
    return file, inputs + [f"--input={type}=0.75"], [v[1:] for v, _ in results]


def entry(name, shape):
    """An entry of same-bits.mlir, with numbers from -8 to 8."""
    file = os.path.join(os.path.dirname(__file__), "same-bits.mlir")
    lines = subprocess.run(["act-run", file, "--entry=" + name, "--describe"],
                           check=True, stdout=subprocess.PIPE).stdout
    inputs, names = ["--entry=" + name], []
    for number, line in enumerate(lines.decode().splitlines()[1:]):
        kind, text = line.split(" ", 1)
        argument, type = text.split(": ")
        if kind == "output":
            names.append(argument)
            continue
        *sizes, element = type.replace("tensor<", "").strip(">").split("x")
        sizes = [given if size == "?" else size
                 for size, given in zip(sizes, shape.split("x"))]
        values = "randint:0:100" if element == "i64" else "uniform:-8:8"
        inputs.append(f"--input={argument}={'x'.join(sizes + [element])}="
                      f"{values}:seed={number}")
    return file, inputs, names


def hash_of(path):
    """The hash of a file of numbers, with one pattern for all NaN."""
    with open(path, "rb") as file:
        data = file.read()
    size = 10 + struct.unpack("<H", data[8:10])[0]
    descr = data[10:size].split(b"'")[3].decode()[1:]
    for name, width, mantissa in TYPES.values():
        if name != descr:
            continue
        code = {2: "H", 4: "I", 8: "Q"}[width]
        numbers = struct.unpack("<%d%s" % ((len(data) - size) // width, code),
                                data[size:])
        sign = 1 << (8 * width - 1)
        infinity = sign - (1 << mantissa)
        numbers = [n if n & (sign - 1) <= infinity else sign - 1
                   for n in numbers]
        data = data[:size] + struct.pack("<%d%s" % (len(numbers), code),
                                         *numbers)
    return hashlib.sha256(data).hexdigest()[:16]


def run(file, device, inputs, names, folder, more):
    files = [os.path.join(folder, f"{device}_{name}.npy") for name in names]
    outputs = [f"--output={name}=@{path}" for name, path in zip(names, files)]
    status = subprocess.run(
        ["act-run", file, f"--device={device}"] + more + inputs + outputs,
        stdout=subprocess.DEVNULL).returncode
    if status:
        sys.exit(f"act-run --device={device} {file} failed")
    return [hash_of(path) for path in files]


def main(device, more, folder, wanted):
    os.makedirs(folder, exist_ok=True)
    listed = subprocess.run(["act-opt", "--act-list-ops=json"], check=True,
                            stdout=subprocess.PIPE).stdout
    ops = json.loads(listed)
    status = 0
    for what in wanted:
        # An odd number, so that the last elements are single ones.
        file, inputs, names = (
            elementwise(folder, what, ops, 4099) if what in TYPES
            else entry(what, ENTRIES[what]))
        cpu = run(file, "cpu", inputs, names, folder, [])
        there = run(file, device, inputs, names, folder, more)
        for name, one, other in zip(names, cpu, there):
            print(what, name, one)
            if one != other:
                print(f"error: {what} {name} differs on the device '{device}'")
                status = 1
    return status


def option(name):
    """The last option of this name, or nothing."""
    return [a for a in sys.argv[1:] if a.startswith(f"--{name}=")][-1:]


if __name__ == "__main__":
    devices = option("device") or ["--device=simt"]
    folder, *wanted = [a for a in sys.argv[1:] if not a.startswith("--")]
    sys.exit(main(devices[0].partition("=")[2], option("approximations"),
                  folder, wanted))
