"""nll, and the statistics beside cross_entropy."""

import itertools

import torch
import torch.nn.functional as F

from .case import Case, as_numpy, normal, random_shape, row_type
from .cross_entropy import LossOptions, cross_entropy


def extras(rng):
    """The statistics beside the loss."""
    for soft, extra in itertools.product((False, True), (
            "lse", "log_prob", "entropy", "argmax", "counts", "all")):
        if soft and extra in ("log_prob", "counts"):
            continue
        shape, _, dynamic = random_shape(rng)
        dim = len(shape) - 1
        classes = shape[dim] = 12
        rows = shape[:-1]
        row_dynamic = {i for i in dynamic if i != dim}
        case = Case(f"extra({extra}) {'soft' if soft else 'hard'} {shape}")
        x = normal(rng, shape, 2.0)
        type = case.input("x", as_numpy(x), dynamic)
        row = row_type(shape, dim, dynamic)
        kept = torch.ones(rows, dtype=torch.bool)
        if soft:
            target = torch.softmax(normal(rng, shape), dim)
            t = case.input("t", as_numpy(target), dynamic)
        else:
            target = torch.tensor(rng.integers(0, classes, rows))
            kept = torch.tensor(rng.random(rows) < 0.8, dtype=torch.bool)
            target = torch.where(kept, target, -100)
            t = case.input("t", as_numpy(target), row_dynamic)
        log_p = F.log_softmax(x, dim)
        index = torch.where(kept, target, 0) if not soft else None
        most = x.argmax(dim)
        integer = row.replace("f64", "i64")
        zero = torch.zeros((), dtype=torch.float64)
        known = {
            "lse": (row, torch.where(kept, torch.logsumexp(x, dim), zero)),
            "log_prob": (row, None if soft else torch.where(
                kept, log_p.gather(dim, index.unsqueeze(dim)).squeeze(dim),
                zero)),
            "entropy": (row, torch.where(
                kept, -(log_p.exp() * log_p).sum(dim), zero)),
            "argmax": (integer, torch.where(kept, most, -1)),
            "counts": ("tensor<2xi64>", None if soft else torch.stack(
                [kept.sum(), (kept & (most == target)).sum()])),
        }
        names = [extra] if extra != "all" else [
            n for n in known if not soft or n not in ("log_prob", "counts")]
        results = [known[n] for n in names]
        loss = cross_entropy(x, target, dim, LossOptions(reduction="none"))
        case.add(f"act.cross_entropy %x, %t reduction(none) "
                 f"extra({', '.join(names)}) {{dim = {dim}}}"
                 f" : {type}, {t} -> " +
                 ", ".join(t for t, _ in [(row, loss)] + results),
                 (row, loss), *results)
        yield case


def nlls(rng):
    for reduction, weighted, tokens, ignore in itertools.product(
            ("none", "sum", "mean"), (False, True), (False, True),
            (None, 1)):
        shape, _, dynamic = random_shape(rng)
        dim = int(rng.integers(0, len(shape)))
        classes = shape[dim] = 6
        rows = shape[:dim] + shape[dim + 1:]
        row_dynamic = {i - (i > dim) for i in dynamic if i != dim}
        case = Case(f"nll {reduction} class_weight={weighted} "
                    f"token_weight={tokens} ignore_index={ignore} {shape} "
                    f"dim {dim}")
        options = LossOptions(reduction=reduction, ignore_index=ignore)
        x = F.log_softmax(normal(rng, shape), dim)
        target = torch.tensor(rng.integers(0, classes, rows))
        # The mean of no rows is a documented difference.
        target.view(-1)[:1] = 0
        type = case.input("x", as_numpy(x), dynamic)
        t = case.input("t", as_numpy(target), row_dynamic)
        w = torch.tensor(rng.random(classes) + 0.1) if weighted else None
        a = torch.tensor(rng.random(rows) + 0.1) if tokens else None
        w_type = case.input("w", as_numpy(w)) if weighted else ""
        a_type = case.input("a", as_numpy(a), row_dynamic) if tokens else ""
        x.requires_grad_()
        ignored = -100 if ignore is None else ignore
        loss = F.nll_loss(x.movedim(dim, -1).reshape(-1, classes),
                          target.reshape(-1), weight=w, ignore_index=ignored,
                          reduction="none").reshape(target.shape)
        v = (target != ignored).to(x.dtype)
        if w is not None:
            v = v * w[target]
        if a is not None:
            loss, v = loss * a, v * a
        if reduction == "sum":
            loss = loss.sum()
        elif reduction == "mean":
            loss = loss.sum() / v.sum()
        dloss = normal(rng, loss.shape)
        l = "tensor<f64>"
        if reduction == "none":
            l = row_type(shape, dim, dynamic)
        case.inputs["g"] = (as_numpy(dloss), l)
        dx, = torch.autograd.grad(loss, x, dloss)
        text = options.keywords(w_type, a_type) + options.numbers(dim)
        case.add(f"act.nll %x, %t{text} : {type}, {t} -> {l}", (l, loss))
        case.add(f"act.nll_backward %g, %x, %t{text} : {l}, {type}, {t}",
                 (type, dx))
        yield case
