"""Gates of two tensors and of the parts of one."""

import itertools

import torch
import torch.nn.functional as F

from .case import Case, as_numpy, braces, normal


def swish(x, beta):
    return x * torch.sigmoid(beta * x)


GATES = {
    "glu": torch.sigmoid,
    "reglu": F.relu,
    "sreglu": lambda g: F.relu(g)**2,
    "geglu": F.gelu,
    "geglu_tanh": lambda g: F.gelu(g, approximate="tanh"),
    "quick_geglu": lambda g: swish(g, 1.702),
    "swiglu": F.silu,
    "bilinear": lambda g: g,
}


def gate_function(kind, beta=None, limit=None, alpha=1.702, offset=1.0):
    if kind == "swiglu" and beta is not None:
        return lambda g, u: swish(g, beta) * u
    if kind != "swiglu_oai":
        return lambda g, u: GATES[kind](g) * u

    def function(g, u):
        if limit is not None:
            g, u = g.clamp(max=limit), u.clamp(-limit, limit)
        return swish(g, alpha) * (u + offset)
    return function


def gate_choices():
    for kind in GATES:
        yield kind, "", "", {}
    for beta in (1.5, -0.75, 0.0):
        yield "swiglu", "", f"beta = {beta:.3}", {"beta": beta}
    yield "swiglu_oai", "", "", {"limit": 7.0}
    yield "swiglu_oai", "", "no_limit", {}
    yield ("swiglu_oai", "", "limit = 1.5, alpha = 1.25, offset = 0.5",
           {"limit": 1.5, "alpha": 1.25, "offset": 0.5})


def gates(rng):
    for kind, keywords, numbers, options in gate_choices():
        function = gate_function(kind, **options)
        for rank in (1, 2, 3):
            shape = tuple(rng.integers(1, 9, rank))
            case = Case(f"gate {kind}{keywords} {numbers} {shape}")
            g, u, dy = (normal(rng, shape, 3.0) for _ in range(3))
            for name, value in (("g", g), ("u", u), ("dy", dy)):
                type = case.input(name, as_numpy(value), dynamic={0})
            g.requires_grad_(), u.requires_grad_()
            y = function(g, u)
            dg, du = torch.autograd.grad(y, (g, u), dy)
            text = f"{keywords}{braces(numbers)} : {type}"
            case.add(f"act.gate {kind} %g, %u{text}", (type, y))
            case.add(f"act.gate_backward {kind} %dy, %g, %u{text}",
                     (type, dg), (type, du))
            yield case
        for layout, part in itertools.product(("halves", "interleaved"),
                                              ("first", "second")):
            rank = int(rng.integers(1, 5))
            dim = int(rng.integers(0, rank))
            shape = [int(n) for n in rng.integers(1, 6, rank)]
            half = list(shape)
            shape[dim] *= 2
            case = Case(f"glu {kind}{keywords} {numbers} {layout} {part} "
                        f"{shape} dim {dim}")
            x, dy = normal(rng, shape), normal(rng, half)
            dynamic = {int(rng.integers(0, rank))}
            packed = case.input("x", as_numpy(x), dynamic)
            type = case.input("dy", as_numpy(dy), dynamic)
            x.requires_grad_()
            if layout == "halves":
                first, second = x.chunk(2, dim)
            else:
                index = torch.arange(half[dim])
                first = x.index_select(dim, 2 * index)
                second = x.index_select(dim, 2 * index + 1)
            g, u = (first, second) if part == "first" else (second, first)
            y = function(g, u)
            dx, = torch.autograd.grad(y, x, dy)
            text = (f"{keywords} layout({layout}) gate({part})"
                    f"{braces(numbers, f'dim = {dim - rank}')}")
            case.add(f"act.glu {kind} %x{text} : {packed} -> {type}", (type, y))
            case.add(f"act.glu_backward {kind} %dy, %x{text}"
                     f" : {type}, {packed}", (packed, dx))
            yield case
