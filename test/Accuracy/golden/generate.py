"""Prints values of the activations and their derivatives to 40 digits.

    python3 generate.py > values.txt

Written from the formulas of the semantics alone: it reads no rule and no other
file. Derivatives of smooth functions are written out, not differentiated, so
that they are an oracle of their own. Needs mpmath.

A line is: rule, part, parameter values or -, x as a hexadecimal double, value.
"""

from mpmath import (cosh, erf, erfc, exp, expm1, log, log1p, mp, mpf, nint,
                    nstr, pi, sqrt, tanh)

mp.prec = 700


def s(x):
    return 1 / (1 + exp(-x))


def softplus(x):
    return log1p(exp(x))


def phi(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def Phi(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def swish_derivative(v):
    return s(v) * (1 + v * s(-v))


def gelu_tanh_argument(x):
    c = mpf("0.044715")
    return 2 * sqrt(2 / pi) * (x + c * x**3), 2 * sqrt(2 / pi) * (1 + 3 * c * x**2)


def gelu_tanh_derivative(x):
    v, slope = gelu_tanh_argument(x)
    return s(v) * (1 + x * slope * s(-v))


def mish_derivative(x):
    t = tanh(softplus(x))
    return t + x * s(x) * (1 - t * t)


def shifted(x, m):
    unit, units = mpf(0x162E43) / 2**21, mpf(0xB8AA3B) / 2**23
    return 2**24 * exp(x - unit * nint(units * m))


def tempered(x, m, t):
    return 2**24 * exp(x / t - log(mpf(2)) * nint(m / (t * log(mpf(2)))))


def clamp(x, low, high):
    return min(max(x, low), high)


L = mpf("1.0507009873554805")
A = mpf("1.6732632423543772")
QUICK = mpf("1.702")

# name: (parameter lists, f, f'[, df/dp])
FUNCTIONS = {
    "sigmoid": ([()], s, lambda x: s(x) * s(-x)),
    "tanh": ([()], tanh, lambda x: 1 / cosh(x)**2),
    "relu": ([()], lambda x: max(x, mpf(0)), lambda x: mpf(x > 0)),
    "relu6": ([()], lambda x: clamp(x, mpf(0), mpf(6)),
              lambda x: mpf(0 < x < 6)),
    "leaky_relu": ([(0.01,), (0.2,), (0.0,)],
                   lambda x, a: x if x > 0 else a * x,
                   lambda x, a: mpf(1) if x > 0 else a),
    "prelu": ([(0.25,), (-1.5,)], lambda x, w: x if x > 0 else w * x,
              lambda x, w: mpf(1) if x > 0 else w,
              lambda x, w: mpf(0) if x > 0 else x),
    "elu": ([(1.0,), (0.5,), (1.3,)],
            lambda x, a: x if x > 0 else a * expm1(x),
            lambda x, a: mpf(1) if x > 0 else a * exp(x)),
    "selu": ([()], lambda x: L * (x if x > 0 else A * expm1(x)),
             lambda x: L * (mpf(1) if x > 0 else A * exp(x))),
    "gelu": ([()], lambda x: x * Phi(x), lambda x: Phi(x) + x * phi(x)),
    "gelu_tanh": ([()], lambda x: x * s(gelu_tanh_argument(x)[0]),
                  gelu_tanh_derivative),
    "gelu_sigmoid": ([()], lambda x: x * s(QUICK * x),
                     lambda x: swish_derivative(QUICK * x)),
    "silu": ([()], lambda x: x * s(x), swish_derivative),
    "swish": ([(1.0,), (1.702,), (-1.5,), (0.0,)],
              lambda x, b: x * s(b * x), lambda x, b: swish_derivative(b * x),
              lambda x, b: x * x * s(b * x) * s(-b * x)),
    "mish": ([()], lambda x: x * tanh(softplus(x)), mish_derivative),
    "softplus": ([(1.0, float("inf")), (3.0, float("inf")), (1.0, 20.0)],
                 lambda x, b, t: x if b * x > t else softplus(b * x) / b,
                 lambda x, b, t: mpf(1) if b * x > t else s(b * x)),
    "logsigmoid": ([()], lambda x: -softplus(-x), lambda x: s(-x)),
    "hardsigmoid": ([(None, 0.5), (0.2, 0.4)],
                    lambda x, a, o: clamp(a * x + o, mpf(0), mpf(1)),
                    lambda x, a, o: a if 0 < a * x + o < 1 else mpf(0)),
    "hardswish": ([()], lambda x: x * clamp(x + 3, mpf(0), mpf(6)) / 6,
                  lambda x: mpf(0) if x <= -3 else mpf(1) if x >= 3 else
                  (2 * x + 3) / 6),
    "softsign": ([()], lambda x: x / (1 + abs(x)),
                 lambda x: 1 / (1 + abs(x))**2),
    "relu_squared": ([()], lambda x: max(x, mpf(0))**2,
                     lambda x: 2 * max(x, mpf(0))),
    "identity": ([()], lambda x: x, lambda x: mpf(1)),
    "exp_difference": ([(0.0,), (1.5,)], lambda x, m: exp(min(x - m, mpf(0))),
                       lambda x, m: exp(x - m) if x < m else mpf(0),
                       lambda x, m: -exp(x - m) if x < m else mpf(0)),
    "shifted_exp": ([(0.0,), (1.5,), (60.25,)],
                    lambda x, m: shifted(min(x, m), m),
                    lambda x, m: shifted(x, m) if x < m else mpf(0),
                    lambda x, m: mpf(0) if x < m else shifted(m, m)),
    "tempered_exp": ([(0.0, 3.0), (1.5, 0.7), (60.25, 11.25)],
                     lambda x, m, t: tempered(min(x, m), m, t),
                     lambda x, m, t: tempered(x, m, t) / t if x < m else mpf(0),
                     lambda x, m, t: mpf(0) if x < m else
                     tempered(m, m, t) / t),
    "exp_distance": ([(0.0,), (1.5,)], lambda x, m: 2**24 * exp(-abs(x - m)),
                     lambda x, m: (1 if x < m else -1) * 2**24
                     * exp(-abs(x - m)),
                     lambda x, m: (-1 if x < m else 1) * 2**24
                     * exp(-abs(x - m))),
    "exp": ([()], exp, exp),
    "exp2": ([()], lambda x: mpf(2)**x, lambda x: mpf(2)**x * log(mpf(2))),
    "expm1": ([()], expm1, exp),
    "log": ([()], log, lambda x: 1 / x),
    "log2": ([()], lambda x: log(x) / log(mpf(2)),
             lambda x: 1 / (x * log(mpf(2)))),
    "log1p": ([()], log1p, lambda x: 1 / (1 + x)),
    "erf": ([()], erf, lambda x: 2 / sqrt(pi) * exp(-x * x)),
    "erfc": ([()], erfc, lambda x: -2 / sqrt(pi) * exp(-x * x)),
}

# What None stands for: the slope of hardsigmoid.
ABSENT = mpf(1) / 6

DOMAIN = {"log": lambda x: x > 0, "log2": lambda x: x > 0,
          "log1p": lambda x: x > -1}


def points():
    """64 doubles of both signs: tiny, moderate, in the tails, at kinks."""
    magnitudes = [2.0**-30, 1.5 * 2.0**-20, 2.0**-10, 0.01171875, 0.0625,
                  0.15625, 0.25, 0.34375, 0.5, 0.6875, 0.751953125, 0.8125, 1.0,
                  1.19140625, 1.27734375, 1.5, 1.875, 2.25, 2.71875, 3.0, 3.5,
                  4.125, 5.0, 6.0, 7.25, 8.84375, 11.0, 15.5, 22.25, 37.0, 58.5,
                  87.25]
    return [sign * m for m in magnitudes for sign in (1.0, -1.0)]


def main():
    for name, (parameter_lists, f, *derivatives) in FUNCTIONS.items():
        for parameters in parameter_lists:
            numbers = [ABSENT if p is None else mpf(p) for p in parameters]
            text = ",".join("-" if p is None else p.hex()
                            for p in parameters) or "-"
            parts = ["forward", "derivative", "parameter"]
            for part, function in zip(parts, [f] + derivatives):
                for x in points():
                    if not DOMAIN.get(name, lambda x: True)(x):
                        continue
                    value = function(mpf(x), *numbers)
                    print(name, part, text, x.hex(), nstr(value, 40))


if __name__ == "__main__":
    main()
