#!/usr/bin/env python3
"""Runs random programs of loops and branches that hand on tensors, and compares
each result with what the program says, as this script computes it.

control-flow.py [--first=N] [--count=N] [--device=DEVICE] [--keep=FOLDER]

Tensors are small and hold integers, so that sums are exact. A program follows from
its number alone. What bufferization refuses with a diagnostic, for want of memory
that would do, is counted apart. With --keep what is wrong is written to
FOLDER/<number>.mlir. Exit status 1 if any result is wrong.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile

SIZE = 6
TENSOR = f"tensor<{SIZE}xf32>"


class Program:
    """Lines of text, and steps that do the same to an environment of values."""

    def __init__(self, number):
        self.rng = random.Random(number)
        self.names = 0
        self.inputs = {name: [float(self.rng.randrange(-9, 10))
                              for _ in range(SIZE)] for name in ("%x", "%y")}
        self.flags = {name: self.rng.random() < 0.5 for name in ("%b", "%c")}
        lines, steps, visible = self.block(list(self.inputs), 0, [])
        # What is made of one tensor, in several ways, is near the end.
        made = visible[-4:]
        self.results = [visible[-1]] + self.rng.choices(made, k=2)
        parameters = [f"{name}: {TENSOR}" for name in self.inputs]
        parameters += [f"{name}: i1" for name in self.flags]
        parameters = [f"{p} {{act.name = \"{p[1]}\"}}" for p in parameters]
        constants = [f"%c{i} = arith.constant {i} : index" for i in range(SIZE)]
        constants.append("%zero = arith.constant 0.0 : f32")
        types = ", ".join([TENSOR] * 3)
        self.text = "\n".join(
            [f"func.func @f({', '.join(parameters)}) -> ({types}) {{"] +
            ["  " + line for line in constants + lines] +
            [f"  return {', '.join(self.results)} : {types}", "}", ""])
        environment = {**self.inputs, **self.flags}
        for step in steps:
            step(environment)
        self.expected = [environment[name] for name in self.results]

    def name(self):
        self.names += 1
        return f"%v{self.names}"

    def pick(self, visible):
        """Newer ones more often."""
        return visible[int(len(visible) * self.rng.random()**0.6)]

    def block(self, visible, depth, counters):
        """Some operations; `visible` are the tensors before them."""
        visible, lines, steps = list(visible), [], []
        kinds = [self.sum, self.insert, self.insert, self.slice, self.copy,
                 self.largest]
        if depth < 3:
            kinds += [self.loop, self.loop, self.branch, self.branch]
        for _ in range(self.rng.choice([1, 2, 3, 4]) + (depth == 0)):
            text, step, made = self.rng.choice(kinds)(visible, depth, counters)
            lines += text
            steps.append(step)
            visible += made
        return lines, steps, visible

    def sum(self, visible, *_):
        a, b, y = self.pick(visible), self.pick(visible), self.name()

        def step(values):
            values[y] = [p + q for p, q in zip(values[a], values[b])]
        return [f"{y} = arith.addf {a}, {b} : {TENSOR}"], step, [y]

    def largest(self, visible, *_):
        a, b, y = self.pick(visible), self.pick(visible), self.name()

        def step(values):
            values[y] = [max(p, q) for p, q in zip(values[a], values[b])]
        return [f"{y} = arith.maximumf {a}, {b} : {TENSOR}"], step, [y]

    def insert(self, visible, *_):
        a, b, e, y = (self.pick(visible), self.pick(visible), self.name(),
                      self.name())
        i, j = self.rng.randrange(SIZE), self.rng.randrange(SIZE)

        def step(values):
            values[y] = list(values[b])
            values[y][j] = values[a][i]
        return [f"{e} = tensor.extract {a}[%c{i}] : {TENSOR}",
                f"{y} = tensor.insert {e} into {b}[%c{j}] : {TENSOR}"], step, [y]

    def slice(self, visible, *_):
        a, b, s, y = (self.pick(visible), self.pick(visible), self.name(),
                      self.name())
        size = self.rng.choice([2, 3])
        i, j = (self.rng.randrange(SIZE - size + 1) for _ in range(2))
        part = f"tensor<{size}xf32>"

        def step(values):
            values[y] = list(values[b])
            values[y][j:j + size] = values[a][i:i + size]
        return [f"{s} = tensor.extract_slice {a}[{i}] [{size}] [1]"
                f" : {TENSOR} to {part}",
                f"{y} = tensor.insert_slice {s} into {b}[{j}] [{size}] [1]"
                f" : {part} into {TENSOR}"], step, [y]

    def copy(self, visible, *_):
        """Elements in reverse, by a body."""
        a, e, y = self.pick(visible), self.name(), self.name()

        def step(values):
            values[y] = values[a][::-1]
        maps = f"affine_map<(i) -> ({SIZE - 1} - i)>, affine_map<(i) -> (i)>"
        return [f"{e} = tensor.empty() : {TENSOR}",
                f"{y} = linalg.generic {{indexing_maps = [{maps}], "
                f"iterator_types = [\"parallel\"]}} ins({a} : {TENSOR}) "
                f"outs({e} : {TENSOR}) {{", "^bb0(%p: f32, %q: f32):",
                "  linalg.yield %p : f32", f"}} -> {TENSOR}"], step, [y]

    def handed_on(self, carried, before, after):
        """What a turn or a side yields: what it got, or made, or found."""
        made = after[len(before):]
        if made and self.rng.random() < 0.5:
            return self.rng.choice(made)
        return self.rng.choice(carried if carried and self.rng.random() < 0.5
                               else after)

    def loop(self, visible, depth, counters):
        count = self.rng.choice([1, 2, 2, 3])
        starts = [self.pick(visible) for _ in range(count)]
        carried = [self.name() for _ in range(count)]
        y, i, turns = self.name(), self.name(), self.rng.randrange(4)
        before = visible + carried
        lines, steps, after = self.block(before, depth + 1, counters + [i])
        nexts = [self.handed_on(carried, before, after) for _ in range(count)]
        made = [f"{y}#{k}" for k in range(count)]

        def step(values):
            current = [values[name] for name in starts]
            for turn in range(turns):
                inner = {**values, **dict(zip(carried, current)), i: turn}
                for inside in steps:
                    inside(inner)
                current = [inner[name] for name in nexts]
            values.update(zip(made, current))
        types = ", ".join([TENSOR] * count)
        arguments = ", ".join(f"{c} = {s}" for c, s in zip(carried, starts))
        return ([f"{y}:{count} = scf.for {i} = %c0 to %c{turns} step %c1 "
                 f"iter_args({arguments}) -> ({types}) {{"] +
                ["  " + line for line in lines] +
                [f"  scf.yield {', '.join(nexts)} : {types}", "}"], step, made)

    def branch(self, visible, depth, counters):
        count = self.rng.choice([1, 1, 2])
        y, flag = self.name(), self.rng.choice(list(self.flags))
        head = []
        test = flag
        if counters and self.rng.random() < 0.4:
            flag, test = self.rng.choice(counters), self.name()
            head = [f"{test} = arith.cmpi slt, {flag}, %c1 : index"]
        sides = [self.block(visible, depth + 1, counters) for _ in range(2)]
        yields = [[self.handed_on([], visible, side[2]) for _ in range(count)]
                  for side in sides]
        made = [f"{y}#{k}" for k in range(count)]

        def step(values):
            taken = values[flag] if flag in self.flags else values[flag] < 1
            inner = dict(values)
            for inside in sides[0 if taken else 1][1]:
                inside(inner)
            names = yields[0 if taken else 1]
            values.update((m, inner[name]) for m, name in zip(made, names))
        types = ", ".join([TENSOR] * count)
        text = head + [f"{y}:{count} = scf.if {test} -> ({types}) {{"]
        for number, (side, names) in enumerate(zip(sides, yields)):
            text += ["} else {"] if number else []
            text += ["  " + line for line in side[0]]
            text.append(f"  scf.yield {', '.join(names)} : {types}")
        return text + ["}"], step, made


def check(program, path, device):
    """What is wrong, "refused" or nothing."""
    with open(path, "w") as file:
        file.write(program.text)
    command = ["act-run", path, f"--device={device}"]
    for name, elements in program.inputs.items():
        numbers = ",".join(map(str, elements))
        command.append(f"--input={name[1:]}={SIZE}xf32=[{numbers}]")
    command += [f"--input={name[1:]}=i1={int(flag)}"
                for name, flag in program.flags.items()]
    command += [f"--output=res{k}=-" for k in range(3)]
    process = subprocess.run(command, capture_output=True, text=True)
    if process.returncode == 1 and ("RaW conflict" in process.stderr or
                                    "not lowered for GPUs" in process.stderr):
        return "refused"
    if process.returncode:
        return f"{' '.join(command)}\n{process.stderr}"
    found = [[float(number) for number in line.strip("[]").split(",")]
             for line in process.stdout.splitlines() if line.startswith("[")]
    if found != program.expected:
        return f"{' '.join(command)}\nexpected {program.expected}, got {found}\n"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--keep")
    options = parser.parse_args()
    wrong = refused = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.first, options.first + options.count):
            program = Program(number)
            found = check(program, os.path.join(folder, "program.mlir"),
                          options.device)
            refused += found == "refused"
            if not found or found == "refused":
                continue
            wrong += 1
            print(f"program {number}: {found}{program.text}")
            if options.keep:
                os.makedirs(options.keep, exist_ok=True)
                path = os.path.join(options.keep, f"{number}.mlir")
                with open(path, "w") as file:
                    file.write(program.text)
    print(f"{options.count} programs, {wrong} wrong, {refused} refused")
    sys.exit(wrong > 0)


main()
