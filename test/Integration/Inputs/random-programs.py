#!/usr/bin/env python3
"""Runs random programs in several ways, which must give the same bits: on one
thread and on several, for older processors, on the SIMT runner for a chip, as PTX
for it where there is a driver that interprets it, and with the last result alone.

random-programs.py [--first=N] [--count=N] [--operations=N] [--special]
                   [--driver=LIBRARY] [--keep=FOLDER]

A program is a function of activations, rows, losses, gates, reductions, slices,
reshapes, calls, loops and branches on tensors of one type, some of whose sizes
are dynamic. Every other one is differentiated. It follows from its number alone.
With --special a third of the inputs are NaN, infinities, zeros, subnormal and very
large numbers. With --keep what fails is written to FOLDER/<number>.mlir, with the
command in its first line. Exit status 1 if anything fails.
"""

import argparse
import array
import os
import random
import subprocess
import sys
import tempfile

UNARY = ["relu", "relu6", "leaky_relu", "elu {alpha = 1.5}", "selu", "softplus",
         "gelu", "gelu approximate(tanh)", "silu", "swish {beta = 1.25}", "mish",
         "hardswish", "hardsigmoid", "sigmoid", "tanh", "logsigmoid", "softsign"]
BINARY = ["addf", "subf", "mulf", "maximumf", "minimumf"]
GATES = ["glu", "reglu", "sreglu", "geglu", "quick_geglu", "swiglu", "bilinear"]
SIZES = [1, 2, 3, 4, 5, 7, 8, 12, 16, 17, 32, 33, 64, 70]
LONG_SIZES = [100, 257, 514, 1000, 2048]


class Value:
    def __init__(self, name, shape, dynamic, element):
        self.name, self.shape, self.element = name, tuple(shape), element
        self.dynamic = tuple(dynamic)

    @property
    def type(self):
        sizes = ("?" if dynamic else str(size)
                 for size, dynamic in zip(self.shape, self.dynamic))
        return "tensor<" + "".join(size + "x" for size in sizes) + \
            self.element + ">"

    def at(self, dims):
        """A value without a name that has these of the dimensions."""
        return Value("", [self.shape[d] for d in dims],
                     [self.dynamic[d] for d in dims], self.element)


def spell(act, operands):
    """An operation of UNARY: its keyword and attributes follow the operand."""
    name, _, rest = act.partition(" ")
    return f"act.{name} {operands} {rest}"


class Body:
    """A function as it grows."""

    def __init__(self, program, arguments, depth=0):
        self.program, self.rng, self.depth = program, program.rng, depth
        self.values, self.lines = list(arguments), []
        self.targets, self.results = [], []

    def emit(self, text):
        self.lines.append("  " + text)

    def index(self, number):
        name = self.program.name()
        self.emit(f"{name} = arith.constant {number} : index")
        return name

    def new(self, like, text, keep=True):
        """The result of the operation `text`, of the type of `like`."""
        value = Value(self.program.name(), like.shape, like.dynamic,
                      like.element)
        self.emit(f"{value.name} = {text}")
        if keep:
            self.values.append(value)
        return value

    def pick(self, rank=0, suits=lambda value: True):
        found = [v for v in self.values
                 if len(v.shape) >= rank and suits(v)]
        if not found:
            return None
        # Programs are deep rather than broad.
        return found[int(len(found) * self.rng.random()**0.6)]

    def like(self, x):
        """Another value of the shape and type of `x`, or that itself."""
        y = self.pick(suits=lambda v: v.shape == x.shape and v is not x and
                      v.element == x.element) or x
        return self.cast(y, x.dynamic)

    def cast(self, x, dynamic):
        if x.dynamic == tuple(dynamic):
            return x
        to = Value("", x.shape, dynamic, x.element)
        return self.new(to, f"tensor.cast {x.name} : {x.type} to {to.type}",
                        keep=False)

    def static(self, x):
        return self.cast(x, [False] * len(x.shape))

    def empty(self, like, source, dims):
        """An empty tensor; dimension i is dimension dims[i] of `source`."""
        sizes = []
        for dim, dynamic in zip(dims, like.dynamic):
            if dynamic:
                index = self.index(dim)
                sizes.append(self.program.name())
                self.emit(f"{sizes[-1]} = tensor.dim {source.name}, {index} : "
                          f"{source.type}")
        return self.new(like, f"tensor.empty({', '.join(sizes)}) : {like.type}",
                        keep=False)

    def drop(self, x):
        """A dimension of `x`, and the others."""
        dim = self.rng.randrange(len(x.shape))
        return dim, [d for d in range(len(x.shape)) if d != dim]

    def filled(self, like, source, dims, number):
        """A tensor of one number, of the sizes that `empty` would have."""
        scalar = self.program.name()
        self.emit(f"{scalar} = arith.constant {number} : {like.element}")
        empty = self.empty(like, source, dims)
        return self.new(like, f"linalg.fill ins({scalar} : {like.element}) "
                        f"outs({empty.name} : {like.type}) -> {like.type}",
                        keep=False)

    # Each of these adds an operation, or nothing where no value suits.

    def unary(self):
        x = self.pick()
        self.new(x, spell(self.rng.choice(UNARY), x.name) + f" : {x.type}")

    def binary(self):
        x = self.pick()
        y = self.like(x)
        self.new(x, f"arith.{self.rng.choice(BINARY)} {x.name}, {y.name} : "
                    f"{x.type}")

    def dropout(self):
        x = self.pick()
        seed = self.program.name()
        self.emit(f"{seed} = arith.constant {self.rng.randrange(99)} : i64")
        self.new(x, f"act.dropout {x.name}, {seed} {{p = 0.3}} : {x.type}")

    def gate(self):
        x = self.pick()
        y = self.like(x)
        self.new(x, f"act.gate {self.rng.choice(GATES)} {x.name}, {y.name} : "
                    f"{x.type}")

    def glu(self):
        x = self.pick(1, lambda v: any(n % 2 == 0 for n in v.shape))
        if not x:
            return
        dim = self.rng.choice([d for d, n in enumerate(x.shape) if n % 2 == 0])
        shape = list(x.shape)
        shape[dim] //= 2
        y = Value("", shape, x.dynamic, x.element)
        layout = self.rng.choice(["", " layout(interleaved)"])
        self.new(y, f"act.glu {self.rng.choice(GATES)} {x.name}{layout} "
                    f"gate({self.rng.choice(['first', 'second'])}) "
                    f"{{dim = {dim}}} : {x.type} -> {y.type}")

    def numbers(self, dim):
        text = f"{{dim = {dim}"
        text += self.rng.choice(["", "", ", temperature = 2.5"])
        return text + self.rng.choice(["", "", ", softcap = 3.0"])

    def softmax(self):
        x = self.pick(1)
        if not x:
            return
        dim = self.rng.choice([len(x.shape) - 1, self.rng.randrange(len(x.shape))])
        name = self.rng.choice(["softmax", "softmin", "log_softmax"])
        self.new(x, f"act.{name} {x.name} {self.numbers(dim)}}} : {x.type}")

    def loss(self):
        x = self.pick(2)
        if not x or self.depth:
            return
        dim = len(x.shape) - 1
        rows = x.at(range(dim))
        target = Value(f"%t{len(self.targets)}", rows.shape, rows.dynamic, "i64")
        self.targets.append((target, x.shape[dim]))
        reduction = self.rng.choice(["none", "sum", "mean"])
        y = rows if reduction == "none" else x.at([])
        y.element = "f64" if x.element == "f64" else "f32"
        options = self.rng.choice(["", ", label_smoothing = 0.1", ", z_loss = 0.01"])
        loss = self.new(y, f"act.cross_entropy {x.name}, {target.name} "
                        f"reduction({reduction}) {self.numbers(dim)}{options}}} "
                        f": {x.type}, {target.type} -> {y.type}", keep=False)
        if y.element == x.element:
            self.values.append(loss)
        else:
            narrow = Value("", y.shape, y.dynamic, x.element)
            self.new(narrow, f"arith.truncf {loss.name} : {y.type} to "
                             f"{narrow.type}")

    def reduce(self):
        x = self.pick(1)
        if not x:
            return
        dim, kept = self.drop(x)
        y = x.at(kept)
        begin = self.filled(y, x, kept, 0.0)
        # A maximum has no derivative here, and a product a long one.
        kind = "addf" if self.program.differentiated else \
            self.rng.choice(["addf", "maximumf", "minimumf", "mulf"])
        self.new(y, f"linalg.reduce {{ arith.{kind} }} ins({x.name} : {x.type}) "
                    f"outs({begin.name} : {y.type}) dimensions = [{dim}]")

    def broadcast(self):
        x = self.pick(2)
        if not x:
            return
        dim, kept = self.drop(x)
        row = self.pick(suits=lambda v: v.shape == x.at(kept).shape and
                        v.element == x.element)
        if not row:
            return
        row = self.cast(row, x.at(kept).dynamic)
        empty = self.empty(x, x, range(len(x.shape)))
        wide = self.new(x, f"linalg.broadcast ins({row.name} : {row.type}) outs("
                        f"{empty.name} : {x.type}) dimensions = [{dim}]",
                        keep=False)
        self.new(x, f"arith.{self.rng.choice(BINARY)} {x.name}, {wide.name} : "
                    f"{x.type}")

    def transpose(self):
        x = self.pick(2)
        if not x:
            return
        order = list(range(len(x.shape)))
        self.rng.shuffle(order)
        y = x.at(order)
        empty = self.empty(y, x, order)
        self.new(y, f"linalg.transpose ins({x.name} : {x.type}) outs({empty.name}"
                    f" : {y.type}) permutation = {order}")

    def generic(self):
        x = self.pick()
        y = self.like(x)
        # One of the operands may know less of the sizes.
        y = self.cast(y, [self.rng.random() < 0.5 for _ in y.shape])
        rank = len(x.shape)
        empty = self.empty(x, x, range(rank))
        loops = ", ".join(f"d{d}" for d in range(rank))
        maps = ", ".join([f"affine_map<({loops}) -> ({loops})>"] * 3)
        kinds = ", ".join(['"parallel"'] * rank)
        e = x.element
        function = spell(self.rng.choice(UNARY), "%s")
        self.new(x, f"linalg.generic {{indexing_maps = [{maps}], iterator_types = "
                    f"[{kinds}]}} ins({x.name}, {y.name} : {x.type}, {y.type}) "
                    f"outs({empty.name} : {x.type}) {{\n"
                    f"  ^bb0(%p: {e}, %q: {e}, %o: {e}):\n"
                    f"    %s = arith.{self.rng.choice(BINARY)} %p, %q : {e}\n"
                    f"    %r = {function} : {e}\n"
                    f"    linalg.yield %r : {e}\n  }} -> {x.type}")

    def constant(self):
        x = self.pick(1)
        numbers = 1
        for size in x.shape if x else []:
            numbers *= size
        if not x or numbers > 300:
            return
        y = Value("", x.shape, [False] * len(x.shape), x.element)

        def nested(shape):
            if not shape:
                return f"{self.rng.randrange(-64, 64) / 16}"
            return "[" + ", ".join(nested(shape[1:])
                                   for _ in range(shape[0])) + "]"
        self.new(y, f"arith.constant dense<{nested(y.shape)}> : {y.type}")

    def window(self):
        """Maxima or sums of neighbours along a dimension; or every second
        element, or those elements twice."""
        x = self.pick(1)
        if not x or self.program.differentiated:
            return
        x = self.static(x)
        rank = len(x.shape)
        dim = self.rng.randrange(rank)
        kind, size = self.rng.choice(["maximumf", "addf", None]), x.shape[dim]
        loops = [f"d{d}" for d in range(rank)]
        read, shape = list(loops), list(x.shape)
        kinds = ["parallel"] * rank
        maps, operands, types = [], [x.name], [x.type]
        if kind:
            step, width = self.rng.choice([1, 2]), min(size, 3)
            shape[dim] = (size - width) // step + 1
            read[dim] = f"{step} * d{dim} + w"
            loops, kinds = loops + ["w"], kinds + ["reduction"]
            window = Value("", [width], [False], x.element)
            window = self.new(window, f"tensor.empty() : {window.type}",
                              keep=False)
            operands.append(window.name)
            types.append(window.type)
        elif self.rng.random() < 0.5:
            shape[dim] = (size + 1) // 2
            read[dim] = f"{2 * (shape[dim] - 1)} - 2 * d{dim}"
        else:
            shape[dim] *= 2
            read[dim] = f"d{dim} floordiv 2"
        y = Value("", shape, [False] * rank, x.element)
        maps = [read] + [["w"]] * (kind is not None) + [loops[:rank]]
        begin = self.filled(y, y, range(rank), 0.0)
        e = x.element
        self.new(y, "linalg.generic {indexing_maps = ["
                    + ", ".join(f"affine_map<({', '.join(loops)}) -> "
                                f"({', '.join(m)})>" for m in maps)
                    + "], iterator_types = ["
                    + ", ".join(f'"{k}"' for k in kinds)
                    + f"]}} ins({', '.join(operands)} : {', '.join(types)}) "
                    f"outs({begin.name} : {y.type}) {{\n"
                    f"  ^bb0(%p: {e}, {f'%q: {e}, ' if kind else ''}%o: {e}):\n"
                    f"    %r = arith.{kind or 'addf'} %o, %p : {e}\n"
                    f"    linalg.yield %r : {e}\n  }} -> {y.type}")

    def slice(self):
        x = self.pick(1)
        if not x:
            return
        offsets, sizes, dynamic = [], [], []
        for size in x.shape:
            sizes.append(self.rng.choice([size, (size + 1) // 2]))
            offsets.append(self.rng.randrange(size - sizes[-1] + 1))
            dynamic.append(self.rng.random() < 0.2)
        y = Value("", sizes, dynamic, x.element)
        texts = [self.index(n) if d else str(n) for n, d in zip(sizes, dynamic)]
        self.new(y, f"tensor.extract_slice {x.name}{offsets} [{', '.join(texts)}]"
                    f" {[1] * len(sizes)} : {x.type} to {y.type}")

    def insert(self):
        x = self.pick(1)
        y = x and self.pick(suits=lambda v: v is not x and
                            v.element == x.element and
                            len(v.shape) == len(x.shape) and
                            all(a <= b for a, b in zip(v.shape, x.shape)))
        if not y:
            return
        y = self.static(y)
        offsets = [self.rng.randrange(b - a + 1)
                   for a, b in zip(y.shape, x.shape)]
        # Both with and without what is inserted: one memory for two does not do.
        self.results.append(x)
        made = self.new(x, f"tensor.insert_slice {y.name} into {x.name}{offsets} "
                    f"{list(y.shape)} {[1] * len(offsets)} : {y.type} into "
                    f"{x.type}")
        self.results.append(made)

    def concat(self):
        x = self.pick(1)
        if not x:
            return
        x = self.static(x)
        y = self.like(x)
        dim = self.rng.randrange(len(x.shape))
        shape = list(x.shape)
        shape[dim] *= 2
        if shape[dim] > 5000:
            return
        z = Value("", shape, x.dynamic, x.element)
        self.new(z, f"tensor.concat dim({dim}) {x.name}, {y.name} : ({x.type}, "
                    f"{y.type}) -> {z.type}")

    def collapse(self):
        x = self.pick(suits=lambda v: len(v.shape) == 2 and not any(v.dynamic))
        if not x:
            return
        y = Value("", [x.shape[0] * x.shape[1]], [False], x.element)
        self.new(y, f"tensor.collapse_shape {x.name} [[0, 1]] : {x.type} into "
                    f"{y.type}")

    def call(self):
        if self.depth > 1:
            return
        fitting = [(callee, [self.pick(suits=lambda v, p=p: v.shape == p.shape and
                                       v.element == p.element)
                             for p in callee[1]])
                   for callee in self.program.callees]
        fitting = [(c, a) for c, a in fitting if all(a)]
        if fitting and self.rng.random() < 0.5:
            (name, parameters, result), arguments = self.rng.choice(fitting)
        else:
            arguments = [self.pick() for _ in range(self.rng.choice([1, 2]))]
            parameters = [Value(self.program.name(), a.shape, a.dynamic,
                                a.element) for a in arguments]
            body = Body(self.program, parameters, self.depth + 1)
            body.grow(self.rng.choice([1, 2, 4]))
            name, result = "h" + parameters[0].name[2:], body.values[-1]
            self.program.add_function(f"private @{name}", parameters, body,
                                      [result])
            self.program.callees.append((name, parameters, result))
        arguments = [self.cast(a, p.dynamic)
                     for a, p in zip(arguments, parameters)]
        self.new(result, f"call @{name}({', '.join(a.name for a in arguments)}) : "
                         f"({', '.join(a.type for a in arguments)}) -> "
                         f"{result.type}")

    def loop(self):
        if self.depth or self.program.differentiated:
            return
        x = self.pick()
        y = self.like(x)
        begin, end, step = self.index(0), self.index(self.rng.choice([0, 1, 3])), \
            self.index(1)
        self.new(x, f"scf.for %i = {begin} to {end} step {step} iter_args(%h = "
                    f"{x.name}) -> ({x.type}) {{\n"
                    f"    %u = {spell(self.rng.choice(UNARY), '%h')} : {x.type}\n"
                    f"    %v = arith.{self.rng.choice(BINARY)} %u, {y.name} : "
                    f"{x.type}\n    scf.yield %v : {x.type}\n  }}")

    def branch(self):
        x = self.pick(1)
        if not x or self.depth or self.program.differentiated:
            return
        index, size, isless = self.index(0), self.program.name(), \
            self.program.name()
        self.emit(f"{size} = tensor.dim {x.name}, {index} : {x.type}")
        limit = self.index(self.rng.choice([2, 9, 40]))
        self.emit(f"{isless} = arith.cmpi slt, {size}, {limit} : index")
        other = self.rng.choice([
            f"    scf.yield {x.name} : {x.type}\n",
            f"    %v = arith.mulf {x.name}, {x.name} : {x.type}\n"
            f"    scf.yield %v : {x.type}\n"])
        self.new(x, f"scf.if {isless} -> ({x.type}) {{\n"
                    f"    %u = {spell(self.rng.choice(UNARY), x.name)} : "
                    f"{x.type}\n    scf.yield %u : {x.type}\n  }} else {{\n"
                    f"{other}  }}")

    def grow(self, count):
        operations = [self.unary] * 4 + [self.binary] * 4 + [
            self.dropout, self.gate, self.glu, self.glu, self.softmax,
            self.softmax, self.loss, self.reduce, self.broadcast, self.broadcast,
            self.transpose, self.generic, self.slice, self.insert, self.concat,
            self.collapse, self.call, self.call, self.loop, self.branch,
            self.constant, self.window]
        for _ in range(count):
            self.rng.choice(operations)()


class Program:
    def __init__(self, number, operations):
        self.rng = random.Random(number)
        self.differentiated = number % 2 == 1
        self.count, self.functions, self.callees = 0, [], []
        element = self.rng.choice(["f32", "f32", "bf16", "f16", "f64"])
        sizes = self.rng.sample(SIZES, 3)
        if self.rng.random() < 0.15:
            sizes = [self.rng.choice(LONG_SIZES), self.rng.choice(LONG_SIZES), 3]
        self.inputs = []
        for _ in range(self.rng.choice([1, 2, 3])):
            shape = [self.rng.choice(sizes)
                     for _ in range(self.rng.choice([0, 1, 2, 2, 2, 3]))]
            while len(shape) > 2 and max(shape) > 70:
                shape.pop()
            dynamic = [self.rng.random() < 0.35 for _ in shape]
            for _ in range(self.rng.choice([1, 2])):
                self.inputs.append(Value(f"%x{len(self.inputs)}", shape, dynamic,
                                         element))
        body = Body(self, self.inputs)
        body.grow(operations)
        self.targets = body.targets
        self.results = body.results[-2:] + [body.values[-1]] + [
            self.rng.choice(body.values) for _ in range(self.rng.choice([0, 1, 2]))]
        self.rng.shuffle(self.results)
        parameters = self.inputs + [t for t, _ in self.targets]
        self.add_function("@f", parameters, body, self.results)
        self.add_function("@last", parameters, body, self.results[-1:])

    def name(self):
        self.count += 1
        return f"%v{self.count}"

    def add_function(self, name, parameters, body, results):
        self.functions.append(
            f"func.func {name}("
            + ", ".join(f"{p.name}: {p.type} {{act.name = \"{p.name[1:]}\"}}"
                        for p in parameters)
            + f") -> ({', '.join(r.type for r in results)}) {{\n"
            + "\n".join(body.lines)
            + f"\n  return {', '.join(r.name for r in results)} : "
            + f"{', '.join(r.type for r in results)}\n}}\n")

    @property
    def text(self):
        return "\n".join(self.functions)

    def arguments(self, folder, special):
        """Of act-run: the inputs, and the derivative where it is asked for."""
        def sizes(value):
            return "".join(f"{n}x" for n in value.shape) + value.element
        texts = [f"--input={x.name[1:]}={sizes(x)}=randn:seed={i}"
                 for i, x in enumerate(self.inputs)]
        if special:
            texts = [f"--input={x.name[1:]}=@" +
                     write_special(os.path.join(folder, x.name[1:] + ".npy"), x, i)
                     for i, x in enumerate(self.inputs)]
        texts += [f"--input={t.name[1:]}={sizes(t)}=randint:0:{classes}"
                  for t, classes in self.targets]
        return texts + ["--grad"] * self.differentiated

    def outputs(self, way):
        """What outputs are called, and which of all they are."""
        if "--entry=last" in way:
            return {"res0": f"res{len(self.results) - 1}"}
        names = [f"res{i}" for i in range(len(self.results))]
        if self.differentiated:
            names += [f"d_{x.name[1:]}" for x in self.inputs]
        return {name: name for name in names}

    def ways(self, driver):
        """Arguments of act-run, and what they need in the environment."""
        loops = "--matrix-products=loops"
        chip = self.rng.choice(["75", "80", "90", "100", "120"])
        # f64 needs a processor with FMA.
        cpu = "haswell" if self.inputs[0].element == "f64" else \
            self.rng.choice(["x86-64", "x86-64-v2"])
        ways = [(["--entry=f", loops, "--threads=1"], {}),
                (["--entry=f", loops, "--threads=3"], {}),
                (["--entry=f", loops, f"--target-cpu={cpu}"], {}),
                (["--entry=f", "--device=simt", f"--chip=sm_{chip}"], {})]
        if driver:
            ways.append((["--entry=f", "--device=cuda"],
                         {"ACT_LIBCUDA": driver, "ACT_FAKE_CUDA":
                          f"run=1,quiet=1,capability={chip}"}))
        if not self.differentiated:
            ways.append((["--entry=last", loops], {}))
        return ways


# What NumPy calls them; bf16 it has not.
NUMPY = {"f16": "<f2", "bf16": "<V2", "f32": "<f4", "f64": "<f8"}
# The letter of arrays for patterns of each type, and what is above all numbers.
PATTERNS = {"f16": ("H", 0x7c00), "bf16": ("H", 0x7f80), "f32": ("I", 0x7f800000),
            "f64": ("Q", 0x7ff0000000000000)}


def write_special(path, value, seed):
    """Writes an input with numbers of all kinds."""
    letter, infinity = PATTERNS[value.element]
    least = infinity & -infinity  # the least normal number
    sign = (infinity | least - 1) + 1
    one = infinity // 2 & -least
    rng = random.Random(seed)

    def pattern():
        if rng.random() < 0.67:  # 1/16 to 16
            return one + rng.randrange(-4, 4) * least + rng.randrange(least)
        return rng.choice([infinity, infinity + least // 2,
                           infinity + 1 + rng.randrange(least - 1), 0,
                           rng.randrange(least), infinity - 1 -
                           rng.randrange(4 * least), one])
    count = 1
    for size in value.shape:
        count *= size
    data = array.array(letter, [pattern() | rng.choice([0, sign])
                                for _ in range(count)])
    header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }" % (
        NUMPY[value.element], "".join("%d, " % size for size in value.shape))
    header += " " * (-(len(header) + 11) % 64) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" +
                   len(header).to_bytes(2, "little") + header.encode() +
                   data.tobytes())
    return path


def read(path, element):
    """The patterns of numbers in a file, where all NaN are one: GPUs make others
    than CPUs."""
    with open(path, "rb") as file:
        data = file.read()
    begin = 10 + int.from_bytes(data[8:10], "little")
    letter, infinity = PATTERNS[element]
    patterns = array.array(letter, data[begin:])
    magnitude = infinity | (infinity & -infinity) - 1
    return data[:begin], ["NaN" if pattern & magnitude > infinity else pattern
                          for pattern in patterns]


def check(program, folder, options):
    """What goes wrong, or nothing."""
    path = os.path.join(folder, "program.mlir")
    with open(path, "w") as file:
        file.write(program.text)
    first = None
    for way, environment in program.ways(options.driver):
        names = program.outputs(way)
        files = [os.path.join(folder, name + ".npy") for name in names]
        command = ["act-run", path] + \
            program.arguments(folder, options.special) + way
        process = subprocess.run(
            command + [f"--output={name}=@{file}"
                       for name, file in zip(names, files)],
            capture_output=True, text=True,
            env=dict(os.environ, **environment))
        told = "// " + " ".join(
            [f"{name}={value}" for name, value in environment.items()] +
            command) + "\n"
        if process.returncode:
            return told + process.stderr
        found = {}
        for name, file in zip(names.values(), files):
            found[name] = read(file, program.inputs[0].element)
        first = first or found
        for name in found:
            if found[name] != first[name]:
                return told + f"'{name}' differs\n"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--operations", type=int, default=14)
    parser.add_argument("--special", action="store_true")
    parser.add_argument("--driver")
    parser.add_argument("--keep")
    options = parser.parse_args()
    failed = 0
    for number in range(options.first, options.first + options.count):
        program = Program(number, options.operations)
        with tempfile.TemporaryDirectory() as folder:
            wrong = check(program, folder, options)
        if not wrong:
            continue
        failed += 1
        print(f"program {number}: {wrong}{program.text}")
        if options.keep:
            os.makedirs(options.keep, exist_ok=True)
            path = os.path.join(options.keep, f"{number}.mlir")
            with open(path, "w") as file:
                file.write(wrong.split("\n")[0] + "\n" + program.text)
    print(f"{options.count} programs, {failed} failed")
    sys.exit(failed > 0)


main()
