# Inputs and expected results of cross_entropy with hard targets, from the
# definition, in double precision with exactly rounded sums.
#
#   losses.py DIR --shape=8x100 --margin=20 --smoothing=0.1 ...
#
# writes x.npy, target.npy, dloss.npy (one number), drow.npy (one for each row),
# class_weight.npy and token_weight.npy; and what follows: loss.npy and dx.npy
# of the mean, sum.npy, sum_dx.npy, rows.npy, rows_dx.npy, lse.npy, log_prob.npy.
# Every fifth target is -100 and ignored. With --weights both weights count,
# else they are 1.

import argparse
import math
import os
import random

from rows import to_f32, write


class Row:
    def __init__(self, x, target, weights, token, options):
        n = len(x)
        t, cap = options.temperature, options.softcap
        self.slope = [1.0 / t] * n
        self.z = [v / t for v in x]
        if cap:
            self.slope = [(1.0 - math.tanh(v / cap) ** 2) / t for v in self.z]
            self.z = [cap * math.tanh(v / cap) for v in self.z]
        self.target, self.weights, self.token = target, weights, token
        self.zeta = options.z_loss
        self.top = max(self.z)
        self.first = self.z.index(self.top)
        self.rest = math.fsum(math.exp(v - self.top)
                              for i, v in enumerate(self.z) if i != self.first)
        share = options.smoothing
        if options.megatron:
            share = share * n / (n - 1)
        # Of all classes, and what the target has beside.
        self.spread, self.own = share / n, 1.0 - share
        self.lse = self.top + math.log1p(self.rest)

    def negative(self, k):
        return (self.top - self.z[k]) + math.log1p(self.rest)

    def loss(self):
        w, t = self.weights, self.target
        terms = [w[k] * self.spread * self.negative(k) for k in range(len(w))]
        terms.append(w[t] * self.own * self.negative(t))
        penalty = self.token * w[t] * self.zeta * self.lse ** 2
        return self.token * math.fsum(terms) + penalty

    def gradient(self, scale):
        w, t, total = self.weights, self.target, 1.0 + self.rest
        share = w[t] * self.own + self.spread * math.fsum(w)
        factor = (self.token * share +
                  2.0 * self.token * w[t] * self.zeta * self.lse)
        result = []
        for k, v in enumerate(self.z):
            q = self.token * w[k] * (self.spread + (self.own if k == t else 0))
            if k == self.first:
                value = (factor - q) - factor * self.rest / total
            else:
                value = factor * math.exp(v - self.top) / total - q
            result.append(scale * value * self.slope[k])
        return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory")
    parser.add_argument("--shape", required=True)
    parser.add_argument("--margin", type=float)
    parser.add_argument("--smoothing", type=float, default=0.0)
    parser.add_argument("--megatron", action="store_true")
    parser.add_argument("--z-loss", type=float, default=0.0)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--softcap", type=float)
    parser.add_argument("--weights", action="store_true")
    options = parser.parse_args()
    os.makedirs(options.directory, exist_ok=True)
    count, n = (int(size) for size in options.shape.split("x"))
    rng = random.Random(n)

    weights = [to_f32(rng.uniform(0.2, 2)) for _ in range(n)]
    weights = weights if options.weights else [1.0] * n
    rows, data, targets, tokens, drow = [], [], [], [], []
    for number in range(count):
        x = [to_f32(rng.gauss(0, 2)) for _ in range(n)]
        target = rng.randrange(n)
        if options.margin is not None:
            others = x[:target] + x[target + 1:]
            x[target] = to_f32(max(others, default=0.0) + options.margin)
        token = to_f32(rng.uniform(0.5, 2)) if options.weights else 1.0
        ignored = number % 5 == 4
        data += x
        tokens.append(token)
        drow.append(to_f32(rng.gauss(0, 1)))
        targets.append(-100 if ignored else target)
        rows.append(None if ignored else
                    Row(x, target, weights, token, options))
    dloss = to_f32(rng.gauss(0, 1))
    divisor = math.fsum(row.token * row.weights[row.target]
                        for row in rows if row)

    def gradients(scales):
        return [v for row, scale in zip(rows, scales)
                for v in (row.gradient(scale) if row else [0.0] * n)]

    losses = [row.loss() if row else 0.0 for row in rows]
    total = math.fsum(losses)

    def put(name, kind, shape, values):
        write(options.directory, name, kind, shape, values)

    put("x", "f4", [count, n], data)
    put("target", "i8", [count], targets)
    put("dloss", "f4", [], [dloss])
    put("drow", "f4", [count], drow)
    put("class_weight", "f4", [n], weights)
    put("token_weight", "f4", [count], tokens)
    put("rows", "f8", [count], losses)
    put("sum", "f8", [], [total])
    put("loss", "f8", [], [total / divisor])
    put("rows_dx", "f8", [count, n], gradients(drow))
    put("sum_dx", "f8", [count, n], gradients([dloss] * count))
    put("dx", "f8", [count, n], gradients([dloss / divisor] * count))
    put("lse", "f8", [count], [row.lse if row else 0.0 for row in rows])
    put("log_prob", "f8", [count],
        [-row.negative(row.target) if row else 0.0 for row in rows])


if __name__ == "__main__":
    main()
