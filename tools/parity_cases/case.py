"""A case: operations of act on inputs, and what PyTorch gives."""

import numpy as np
import torch

ELEMENTS = {np.dtype("f8"): "f64", np.dtype("f4"): "f32",
            np.dtype("i8"): "i64", np.dtype("i4"): "i32", np.dtype("?"): "i1"}


class Case:
    """Operations of act on inputs, and the results that are expected.

    `documented` is None, or why PyTorch's results, `torch`, are others.
    """

    def __init__(self, name):
        self.name = name
        self.inputs = {}
        self.lines = []
        self.results = []  # (value of act, type, expected)
        self.torch = []    # (found, expected) where the two differ
        self.documented = None

    def input(self, name, array, dynamic=()):
        """An argument; `dynamic` are the dimensions of unknown size."""
        array = np.array(array, order="C")
        sizes = ["?" if i in dynamic else str(n)
                 for i, n in enumerate(array.shape)]
        self.inputs[name] = (array, "tensor<" + "".join(
            size + "x" for size in sizes) + ELEMENTS[array.dtype] + ">")
        return self.inputs[name][1]

    def add(self, operation, *expected):
        """An operation, and the type and the value of each of its results; what
        is None is not compared."""
        number = len(self.lines)
        count = f":{len(expected)}" if len(expected) > 1 else ""
        self.lines.append(f"%V{number}{count} = {operation}")
        for i, (type, value) in enumerate(expected):
            name = f"%V{number}#{i}" if count else f"%V{number}"
            if value is not None:
                self.results.append((name, type, as_numpy(value)))


def as_numpy(value):
    if isinstance(value, torch.Tensor):
        return value.detach().numpy()
    return np.asarray(value)


def braces(*attributes):
    text = ", ".join(a for a in attributes if a)
    return f" {{{text}}}" if text else ""


def normal(rng, shape, deviation=1.5):
    return torch.tensor(rng.standard_normal(shape) * deviation,
                        dtype=torch.float64)


def row_type(shape, dim, dynamic, keep=False):
    sizes = ["?" if i in dynamic else str(n) for i, n in enumerate(shape)]
    sizes[dim:dim + 1] = ["1"] if keep else []
    return "tensor<" + "".join(size + "x" for size in sizes) + "f64>"


def random_shape(rng):
    rank = int(rng.integers(1, 5))
    shape = [int(n) for n in rng.integers(1, 8, rank)]
    dim = int(rng.integers(0, rank))
    shape[dim] = int(rng.choice([1, 2, 7, 33, 70]))
    dynamic = {i for i in range(rank) if rng.random() < 0.4}
    return shape, dim, dynamic


def logits_of(x, temperature, softcap, mask=None, negative=False):
    z = x / temperature
    if softcap is not None:
        z = softcap * torch.tanh(z / softcap)
    if negative:
        z = -z
    return z if mask is None else z.masked_fill(~mask, -np.inf)
