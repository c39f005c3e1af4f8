"""softmax and its kin, with every option."""

import itertools

import numpy as np
import torch
import torch.nn.functional as F

from .case import (Case, as_numpy, braces, logits_of, normal, random_shape,
                   row_type)


def random_mask(rng, shape, dim, broadcast):
    """Keeps at least one element of each row."""
    if broadcast:
        shape = [n if i == dim or rng.random() < 0.5 else 1
                 for i, n in enumerate(shape)]
    keep = rng.random(shape) < 0.6
    np.put_along_axis(keep, rng.integers(0, shape[dim], [
        1 if i == dim else n for i, n in enumerate(shape)]), True, dim)
    return keep


SCALES = [(1.0, None), (2.5, None), (0.25, None), (1.0, 2.0), (0.5, 1.5)]


def softmaxes(rng):
    functions = {"softmax": F.softmax, "softmin": F.softmax,
                 "log_softmax": F.log_softmax}
    for mnemonic, (temperature, softcap), masking, spread in itertools.product(
            functions, SCALES, ("no", "full", "broadcast"), (1.0, 30.0)):
        shape, dim, dynamic = random_shape(rng)
        case = Case(f"{mnemonic} T={temperature} softcap={softcap} "
                    f"mask={masking} {shape} dim {dim}")
        x, dy = normal(rng, shape, spread), normal(rng, shape)
        type = case.input("x", as_numpy(x), dynamic)
        keywords, mask = "", None
        if masking != "no":
            keep = random_mask(rng, shape, dim, masking == "broadcast")
            sizes = {i for i in dynamic if keep.shape[i] == shape[i] != 1}
            keywords = f" mask(%m : {case.input('m', keep, sizes)})"
            mask = torch.tensor(keep).expand(shape)
            dy = dy.masked_fill(~mask, 0.0)
        case.input("dy", as_numpy(dy), dynamic)
        x.requires_grad_()
        z = logits_of(x, temperature, softcap, mask, mnemonic == "softmin")
        y = functions[mnemonic](z, dim)
        dx, = torch.autograd.grad(y, x, dy, retain_graph=True)
        cap = "" if softcap is None else f"softcap = {softcap}"
        text = keywords + braces(f"dim = {dim - len(shape)}",
                                 f"temperature = {temperature}", cap)
        rows = row_type(shape, dim, dynamic)
        if mnemonic == "softmin":
            case.add(f"act.softmin %x{text} : {type}", (type, y))
        else:
            case.add(f"act.{mnemonic} %x{text} : {type} -> {type}, {rows}",
                     (type, y), (rows, torch.logsumexp(z, dim)))
            # The logsumexp is taken from the forward operation.
            case.add(f"act.{mnemonic}_backward %dy, %x, %V0#1{text} : {type}, "
                     f"{rows}", (type, dx))
        case.add(f"act.{mnemonic}_backward %dy, %x{text} : {type}", (type, dx))
        yield case
        if mnemonic == "softmin" or softcap is not None:
            continue
        saved = Case(case.name + " saved(output)")
        saved.inputs = {n: case.inputs[n] for n in ("x", "dy", "m")
                        if n in case.inputs}
        saved.lines = [f"%V0 = act.{mnemonic} %x{text} : {type}"]
        saved.add(f"act.{mnemonic}_backward %dy, %V0{keywords} saved(output)"
                  f"{braces(f'dim = {dim}', f'temperature = {temperature}')}"
                  f" : {type}", (type, dx))
        yield saved


def logsumexps(rng):
    for (temperature, softcap), keep, masked in itertools.product(
            SCALES, (False, True), (False, True)):
        shape, dim, dynamic = random_shape(rng)
        case = Case(f"logsumexp T={temperature} softcap={softcap}"
                    f" keepdim={keep} mask={masked} {shape} dim {dim}")
        x = normal(rng, shape, 4.0)
        type = case.input("x", as_numpy(x), dynamic)
        keywords, mask = "", None
        if masked:
            m = random_mask(rng, shape, dim, False)
            keywords, mask = f" mask(%m : {case.input('m', m, dynamic)})", \
                torch.tensor(m)
        x.requires_grad_()
        y = torch.logsumexp(logits_of(x, temperature, softcap, mask), dim, keep)
        dy = normal(rng, y.shape)
        dx, = torch.autograd.grad(y, x, dy)
        rows = row_type(shape, dim, dynamic, keep)
        case.inputs["dy"] = (as_numpy(dy), rows)
        cap = "" if softcap is None else f"softcap = {softcap}"
        text = keywords + braces(f"dim = {dim}", f"temperature = {temperature}",
                                 cap, "keepdim = true" if keep else "")
        case.add(f"act.logsumexp %x{text} : {type} -> {rows}", (rows, y))
        case.add(f"act.logsumexp_backward %dy, %x{text} : {rows}, {type}",
                 (type, dx))
        yield case
