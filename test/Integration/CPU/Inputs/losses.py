# Inputs and expected results of losses, from their definitions: in double
# precision with exactly rounded sums for f32, in 50 digits for f64.
#
#   losses.py DIR --shape=8x100 --margin=20 --smoothing=0.1 ...
#
# writes x.npy, class_weight.npy, token_weight.npy, dloss.npy (one number),
# drow.npy (one for each row) and the targets: target.npy, classes of which
# every fifth is -100 and ignored, and q.npy, distributions. What follows from
# them is that of hard targets, with --soft that of soft ones:
#
#   rows, rows_dx, rows_dq   the losses and their gradients, with cotangent drow
#   sum, sum_dx              the same of their sum, with cotangent dloss
#   loss, dx, dq             the same of their mean
#   lse, log_prob, entropy, argmax, counts
#   nll, nll_dx, nll_rows, nll_rows_dx   where x are taken for log-probabilities
#
# With --weights both weights count, else they are 1; of a soft target every
# fifth token weight then is 0. With --holes some logits are -inf, and targets
# are 0 there. --bf16 makes x numbers of that type, --f64 inputs of f64.

import argparse
import decimal
import math
import os
import random
import struct

from rows import to_f32, write

decimal.getcontext().prec = 50


class Double:
    number = float
    exp = math.exp
    log1p = math.log1p
    tanh = math.tanh
    sum = math.fsum


class Digits:
    number = decimal.Decimal
    sum = sum

    @staticmethod
    def exp(v):
        return v.exp()

    @staticmethod
    def log1p(v):
        return (1 + v).ln()

    @staticmethod
    def tanh(v):
        t = (2 * v).exp()
        return (t - 1) / (t + 1)


class Row:
    """One row that is kept; `target` is None for a soft target."""

    def __init__(self, x, target, q, weights, token, options, real):
        self.real, self.x, self.target = real, x, target
        number = real.number
        t = number(options.temperature)
        self.slope = [1 / t] * len(x)
        self.z = [v / t for v in x]
        if options.softcap:
            cap = number(options.softcap)
            self.slope = [(1 - real.tanh(v / cap) ** 2) / t for v in self.z]
            self.z = [cap * real.tanh(v / cap) for v in self.z]
        self.top = max(self.z)
        self.first = self.z.index(self.top)
        self.argmax = x.index(max(x))
        self.terms = [real.exp(v - self.top) for v in self.z]
        self.others = real.sum(self.without(self.terms))
        self.total = 1 + self.others
        self.log = real.log1p(self.others)
        self.lse = self.top + self.log

        finite = [not options.finite or v > -math.inf for v in self.z]
        n = sum(finite)
        share = number(options.smoothing)
        if options.megatron:
            share = share * n / (n - 1) if n > 1 else number(0)
        self.own = 1 - share
        if target is not None:
            q = [number(int(k == target)) for k in range(len(x))]
        q = [self.own * v + (share / n if f else 0) for v, f in zip(q, finite)]
        self.weights, self.token = weights, token
        self.c = [w * v for w, v in zip(weights, q)]
        self.v = token * (1 if target is None else weights[target])
        self.zeta = self.v * number(options.z_loss)

    def without(self, values):
        return values[:self.first] + values[self.first + 1:]

    def negative(self, k):
        return (self.top - self.z[k]) + self.log

    def loss(self):
        terms = [c * self.negative(k) for k, c in enumerate(self.c) if c]
        return self.token * self.real.sum(terms) + self.zeta * self.lse ** 2

    def gradient(self, scale):
        weight = self.real.sum(self.c)
        rest = self.real.sum(self.without(self.c))
        result = []
        for k, c in enumerate(self.c):
            p = self.terms[k] / self.total
            if k == self.first:
                value = rest * p - c * self.others / self.total
            else:
                value = weight * p - c
            value = self.token * value + 2 * self.zeta * self.lse * p
            result.append(scale * value * self.slope[k])
        return result

    def target_gradient(self, scale):
        return [scale * self.token * w * self.own * self.negative(k)
                for k, w in enumerate(self.weights)]

    def entropy(self):
        terms = [t * (self.top - z) for t, z in zip(self.terms, self.z) if t]
        return self.log + self.real.sum(terms) / self.total

    def nll(self):
        weight = self.token * self.weights[self.target]
        return -weight * self.x[self.target]

    def nll_gradient(self, scale):
        result = [0] * len(self.x)
        result[self.target] = -scale * self.token * self.weights[self.target]
        return result


def to_bf16(value):
    bits, = struct.unpack("<I", struct.pack("<f", value))
    return struct.unpack("<f", struct.pack("<I", bits & 0xffff0000))[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory")
    parser.add_argument("--shape", required=True)
    parser.add_argument("--dim", type=int, default=1)
    parser.add_argument("--margin", type=float)
    parser.add_argument("--soft", action="store_true")
    parser.add_argument("--smoothing", type=float, default=0.0)
    parser.add_argument("--megatron", action="store_true")
    parser.add_argument("--finite", action="store_true")
    parser.add_argument("--holes", action="store_true")
    parser.add_argument("--z-loss", type=float, default=0.0)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--softcap", type=float)
    parser.add_argument("--weights", action="store_true")
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--f64", action="store_true")
    options = parser.parse_args()
    os.makedirs(options.directory, exist_ok=True)
    real = Digits if options.f64 else Double
    kind = "f8" if options.f64 else "f4"
    to_input = float if options.f64 else to_f32
    shape = [int(size) for size in options.shape.split("x")]
    n = shape[options.dim]
    inner = math.prod(shape[options.dim + 1:])
    row_shape = shape[:options.dim] + shape[options.dim + 1:]
    count = math.prod(row_shape)
    rng = random.Random(n)

    weights = [to_input(rng.uniform(0.2, 2)) for _ in range(n)]
    weights = weights if options.weights else [1.0] * n
    rows, data, targets, qs, tokens, drow = [], [], [], [], [], []
    for number in range(count):
        x = [to_input(rng.gauss(0, 2)) for _ in range(n)]
        target = rng.randrange(n)
        q = [rng.expovariate(1) for _ in range(n)]
        if options.margin is not None:
            others = x[:target] + x[target + 1:]
            x[target] = to_input(max(others, default=0.0) + options.margin)
            # Little for the others, but more than their probabilities.
            q = [n * math.exp(-options.margin) * (4 + v) for v in q]
            q[target] = n
        if options.bf16:
            x = [to_bf16(v) for v in x]
        if options.holes:
            for k in range(n):
                if k != target and rng.random() < 0.3:
                    x[k], q[k] = -math.inf, 0.0
        q = [to_input(v / n) for v in q]
        token = to_input(rng.uniform(0.5, 2)) if options.weights else 1.0
        ignored = number % 5 == 4
        if options.soft:
            ignored = ignored and options.weights
            token = 0.0 if ignored else token
        data.append(x)
        qs.append(q)
        tokens.append(token)
        drow.append(to_input(rng.gauss(0, 1)))
        targets.append(-100 if ignored else target)
        convert = [[real.number(v) for v in part] for part in (x, q, weights)]
        rows.append(None if ignored else Row(
            convert[0], None if options.soft else target, convert[1],
            convert[2], real.number(token), options, real))
    dloss = to_input(rng.gauss(0, 1))
    divisor = real.sum([row.v for row in rows if row])
    kept = [row for row in rows if row]
    right = [row for row in kept if row.argmax == row.target]

    def put(name, kind, shape, values):
        convert = int if kind == "i8" else float
        write(options.directory, name, kind, shape,
              [convert(value) for value in values])

    def put_rows(name, kind, function, other=0):
        put(name, kind, row_shape,
            [function(row) if row else other for row in rows])

    def put_data(name, kind, values):
        elements = [None] * (count * n)
        for number, row in enumerate(values):
            start = number // inner * n * inner + number % inner
            elements[start:start + n * inner:inner] = row
        put(name, kind, shape, elements)

    def put_gradient(name, function, scales):
        put_data(name, "f8", [function(row, real.number(scale))
                              if row else [0] * n
                              for row, scale in zip(rows, scales)])

    put_data("x", kind, data)
    put_data("q", kind, qs)
    put("target", "i8", row_shape, targets)
    put("dloss", kind, [], [dloss])
    put("drow", kind, row_shape, drow)
    put("class_weight", kind, [n], weights)
    put("token_weight", kind, row_shape, tokens)
    scales = {"rows_": drow, "sum_": [dloss] * count,
              "": [real.number(dloss) / divisor] * count}
    losses = [row.loss() if row else 0 for row in rows]
    put("rows", "f8", row_shape, losses)
    put("sum", "f8", [], [real.sum(losses)])
    put("loss", "f8", [], [real.sum(losses) / divisor])
    for name, scale in scales.items():
        put_gradient(name + "dx", Row.gradient, scale)
    put_rows("lse", "f8", lambda row: row.lse)
    put_rows("entropy", "f8", Row.entropy)
    put_rows("argmax", "i8", lambda row: row.argmax, -1)
    if options.soft:
        put_gradient("rows_dq", Row.target_gradient, scales["rows_"])
        put_gradient("dq", Row.target_gradient, scales[""])
        return
    put_rows("log_prob", "f8", lambda row: -row.negative(row.target))
    put("counts", "i8", [2], [len(kept), len(right)])
    put_rows("nll_rows", "f8", Row.nll)
    put("nll", "f8", [], [real.sum([row.nll() for row in kept]) / divisor])
    put_gradient("nll_rows_dx", Row.nll_gradient, scales["rows_"])
    put_gradient("nll_dx", Row.nll_gradient, scales[""])


if __name__ == "__main__":
    main()
