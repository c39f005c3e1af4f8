"""cross_entropy with its options, alone, in pairs and at random."""

import itertools

import numpy as np
import torch
import torch.nn.functional as F

from .case import (Case, as_numpy, braces, logits_of, normal, random_shape,
                   row_type)


class LossOptions:
    """What act.cross_entropy can be told, by its names."""

    def __init__(self, **given):
        self.reduction = "mean"
        self.class_weight = self.token_weight = False
        self.ignore_index = None
        self.label_smoothing = 0.0
        self.smoothing, self.smooth_over = "torch", "all"
        self.z_loss, self.temperature, self.softcap = 0.0, 1.0, None
        self.__dict__.update(given)

    def numbers(self, dim):
        text = [f"dim = {dim}"]
        if self.ignore_index is not None:
            text.append(f"ignore_index = {self.ignore_index}")
        for name, default in (("label_smoothing", 0.0), ("z_loss", 0.0),
                              ("temperature", 1.0), ("softcap", None)):
            value = getattr(self, name)
            if value != default:
                text.append(f"{name} = {value}")
        return braces(*text)

    def keywords(self, w, a):
        text = f" class_weight(%w : {w})" if w else ""
        text += f" token_weight(%a : {a})" if a else ""
        text += f" reduction({self.reduction})"
        if self.smoothing != "torch":
            text += f" smoothing({self.smoothing})"
        if self.smooth_over != "all":
            text += f" smooth_over({self.smooth_over})"
        return text

    def __str__(self):
        default = LossOptions().__dict__
        return " ".join(f"{k}={v}" for k, v in self.__dict__.items()
                        if v != default[k])


def cross_entropy(x, target, dim, options, w=None, a=None):
    """The loss with PyTorch: torch.nn.functional.cross_entropy where that has
    the options, what it lacks around it."""
    z = logits_of(x, options.temperature, options.softcap).movedim(dim, -1)
    classes = z.shape[-1]
    hard = not target.is_floating_point()
    ignored = -100 if options.ignore_index is None else options.ignore_index
    lse = torch.logsumexp(z, -1)
    share = options.label_smoothing
    finite = (z > -np.inf).to(z.dtype)
    if options.smooth_over == "finite":
        classes_of_row = finite.sum(-1, keepdim=True)
    else:
        classes_of_row = torch.tensor(classes, dtype=z.dtype)
    if options.smoothing == "megatron":
        share = torch.where(classes_of_row == 1, 0.0,
                            share * classes_of_row / (classes_of_row - 1))
    if hard:
        flat = target.reshape(-1).long()
        kept = (flat != ignored).reshape(target.shape)
        v = kept.to(z.dtype)
        if w is not None:
            v = v * w[torch.where(kept, target.long(), 0)]
    else:
        target = target.movedim(dim, -1)
        flat = target.reshape(-1, classes)
        kept = torch.ones(lse.shape, dtype=bool)
        v = torch.ones_like(lse)
    if options.smooth_over == "finite" or options.smoothing == "megatron":
        q = target
        if hard:
            q = F.one_hot(torch.where(kept, target.long(), 0), classes)
            q = q.to(z.dtype)
        spread = finite if options.smooth_over == "finite" else 1.0
        q = (1 - share) * q + share * spread / classes_of_row
        if w is not None:
            q = w * q
        terms = torch.where(q == 0, 0.0, q * F.log_softmax(z, -1))
        loss = torch.where(kept, -terms.sum(-1), 0.0)
    else:
        loss = F.cross_entropy(z.reshape(-1, classes), flat, weight=w,
                               ignore_index=ignored, reduction="none",
                               label_smoothing=share).reshape(lse.shape)
    if a is not None:
        loss, v = loss * a, v * a
    loss = loss + options.z_loss * v * lse**2
    if options.reduction == "none":
        return loss
    return loss.sum() if options.reduction == "sum" else loss.sum() / v.sum()


def loss_choices(rng):
    """All pairs of two options and random combinations of more."""
    switches = [{"class_weight": True}, {"token_weight": True},
                {"label_smoothing": 0.1}, {"label_smoothing": 1.0},
                {"label_smoothing": 0.2, "smoothing": "megatron"},
                {"label_smoothing": 0.3, "smooth_over": "finite"},
                {"z_loss": 0.01}, {"temperature": 2.0}, {"softcap": 3.0},
                {"ignore_index": 2}]
    for reduction in ("none", "sum", "mean"):
        yield LossOptions(reduction=reduction)
        for switch in switches:
            yield LossOptions(reduction=reduction, **switch)
    for first, second in itertools.combinations(switches, 2):
        yield LossOptions(**first, **{k: v for k, v in second.items()
                                      if k not in first})
    for _ in range(60):
        options = {"reduction": str(rng.choice(["none", "sum", "mean"]))}
        for index in rng.permutation(len(switches))[:int(rng.integers(3, 7))]:
            for key, value in switches[index].items():
                options.setdefault(key, value)
        if "label_smoothing" not in options:
            options.pop("smoothing", None), options.pop("smooth_over", None)
        yield LossOptions(**options)


def make_loss_case(rng, options, soft):
    shape, _, dynamic = random_shape(rng)
    dim = int(rng.integers(0, len(shape)))
    classes = shape[dim] = int(rng.choice([3, 5, 10, 65]))
    rows = shape[:dim] + shape[dim + 1:]
    row_dynamic = {i - (i > dim) for i in dynamic if i != dim}
    kind = "soft" if soft else "hard"
    case = Case(f"cross_entropy {kind} {options} {shape} dim {dim}")
    x = normal(rng, shape, 3.0)
    if options.smooth_over == "finite":
        x[torch.tensor(rng.random(shape) < 0.2)] = -np.inf
    if soft:
        q = torch.tensor(rng.random(shape))
        q = q / q.sum(dim, keepdim=True)
        if options.smooth_over == "finite":
            x[torch.isinf(x)] = -5.0
        target = q
    else:
        target = torch.tensor(rng.integers(0, classes, rows))
        # The mean of no rows is a documented difference.
        target.view(-1)[:1] = 0
        # A target is a possible class.
        x.scatter_(dim, target.unsqueeze(dim), normal(rng, rows).unsqueeze(dim))
        if options.ignore_index is None:
            left_out = torch.tensor(rng.random(rows) < 0.2, dtype=torch.bool)
            left_out.view(-1)[:1] = False
            target[left_out] = -100
    type = case.input("x", as_numpy(x), dynamic)
    array = as_numpy(target)
    if not soft and rng.random() < 0.3:
        array = array.astype("i4")
    t = case.input("t", array, dynamic if soft else row_dynamic)
    w = a = None
    w_type = a_type = ""
    if options.class_weight:
        w = torch.tensor(rng.random(classes) + 0.1)
        w_type = case.input("w", as_numpy(w), {0} if dim in dynamic else ())
    if options.token_weight:
        a = torch.tensor(rng.random(rows) + 0.1)
        a_type = case.input("a", as_numpy(a), row_dynamic)
    x.requires_grad_()
    if soft:
        target.requires_grad_()
    loss = cross_entropy(x, target, dim, options, w, a)
    dloss = normal(rng, loss.shape)
    row = row_type(shape, dim, dynamic)
    l = row if options.reduction == "none" else "tensor<f64>"
    case.inputs["g"] = (as_numpy(dloss), l)
    dx, *dt = torch.autograd.grad(loss, (x, target) if soft else (x,), dloss)
    text = options.keywords(w_type, a_type)
    numbers = options.numbers(dim)
    case.add(f"act.cross_entropy %x, %t{text}{numbers} : {type}, {t} -> {l}",
             (l, loss))
    results = [(type, dx)] + ([(t, dt[0])] if dt else [])
    case.add(f"act.cross_entropy_backward %g, %x, %t{text}{numbers}"
             f" : {l}, {type}, {t}" +
             (f" -> {type}, {t}" if dt else ""), *results)
    case.add(f"act.cross_entropy_with_grad %x, %t, %g{text}{numbers}"
             f" : {type}, {t} -> {l}, {type}", (l, loss), (type, dx))
    return case


def cross_entropies(rng):
    for soft in (False, True):
        for options in loss_choices(rng):
            if soft and options.ignore_index is not None:
                continue
            yield make_loss_case(rng, options, soft)
