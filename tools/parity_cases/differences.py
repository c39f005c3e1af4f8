"""Where act differs from PyTorch on purpose: docs/Losses.md."""

import numpy as np
import torch
import torch.nn.functional as F

from .case import Case, as_numpy
from .gates import GATES

NAN, INF = float("nan"), float("inf")


def difference(name, why):
    case = Case("difference: " + name)
    case.documented = why
    return case


def loss_difference(name, why, x, target, act, pytorch, keywords="",
                    w=None, op="cross_entropy"):
    """`act` and `pytorch` are the loss and its gradient, or None where they
    agree."""
    case = difference(name, why)
    x = torch.tensor(x, dtype=torch.float64)
    target = torch.tensor(target)
    type, t = case.input("x", as_numpy(x)), case.input("t", as_numpy(target))
    case.input("g", np.array(1.0))
    weight = ""
    if w is not None:
        w = torch.tensor(w, dtype=torch.float64)
        weight = f" class_weight(%w : {case.input('w', as_numpy(w))})"
    x.requires_grad_()
    function = F.nll_loss if op == "nll" else F.cross_entropy
    loss = function(x, target, weight=w)
    dx, = torch.autograd.grad(loss, x)
    for found, expected in zip((loss, dx), pytorch):
        case.torch.append((as_numpy(found), np.broadcast_to(
            np.array(expected, dtype=float), found.shape)))
    full = [np.broadcast_to(np.array(value, dtype=float), like.shape)
            for value, like in zip(act, (loss, dx))]
    one = "tensor<f64>"
    text = weight + keywords
    case.add(f"act.{op} %x, %t{text} : {type}, {t} -> {one}", (one, full[0]))
    case.add(f"act.{op}_backward %g, %x, %t{text} : {one}, {type}, {t}",
             (type, full[1]))
    return case


def differences():
    x = [[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]]
    for choice, value in (("", NAN), (" empty_mean(zero)", 0.0)):
        yield loss_difference(
            "mean of ignored rows" + choice, "empty_mean chooses", x,
            [-100, -100], (value, 0.0), (NAN, 0.0), choice)
        yield loss_difference(
            "mean of class weights that are 0" + choice,
            "nothing counts: no gradient", x, [1, 1], (value, 0.0), (NAN, NAN),
            choice, w=[1.0, 0.0, 1.0])
    p = np.exp(x[1]) / np.exp(x[1]).sum()
    yield loss_difference(
        "NaN in a row that is ignored", "ignored rows are not read",
        [[NAN, 2.0, 3.0], x[1]], [-100, 2],
        (-np.log(p[2]), [[0, 0, 0], p - [0, 0, 1]]),
        (-np.log(p[2]), [[NAN, NAN, NAN], p - [0, 0, 1]]))
    q = np.exp([1.0, 2.0]) / np.exp([1.0, 2.0]).sum()
    yield loss_difference(
        "logit -inf where a soft target is 0", "a term 0 counts 0",
        [[1.0, 2.0, -INF]], [[0.25, 0.75, 0.0]],
        (-(0.25 * np.log(q[0]) + 0.75 * np.log(q[1])),
         [[q[0] - 0.25, q[1] - 0.75, 0.0]]),
        (NAN, [[q[0] - 0.25, q[1] - 0.75, 0.0]]))
    yield loss_difference(
        "nll weight 0 times -inf", "a term 0 counts 0",
        [[-INF, -1.0], [-1.0, -2.0]], [0, 1], (2.0, [[0, 0], [0, -1.0]]),
        (NAN, [[0, 0], [0, -1.0]]), w=[0.0, 1.0], op="nll")

    case = difference("gradient of logsumexp of an empty row",
                      "nothing counts: no gradient")
    z = torch.full((2, 3), -INF, dtype=torch.float64, requires_grad=True)
    y = torch.logsumexp(z, 1)
    dz, = torch.autograd.grad(y, z, torch.ones(2, dtype=torch.float64))
    type = case.input("x", as_numpy(z))
    case.input("g", np.ones(2))
    case.torch = [(as_numpy(y), np.full(2, -INF)),
                  (as_numpy(dz), np.full((2, 3), NAN))]
    case.add(f"act.logsumexp %x : {type} -> tensor<2xf64>",
             ("tensor<2xf64>", np.full(2, -INF)))
    case.add(f"act.logsumexp_backward %g, %x : tensor<2xf64>, {type}",
             (type, np.zeros((2, 3))))
    yield case

    for choice, value, log in (("zero", 0.0, -INF),
                               ("uniform", 0.25, np.log(0.25))):
        case = difference(f"softmax of an empty row: empty_row({choice})",
                          "empty_row chooses")
        z = torch.full((1, 4), -INF, dtype=torch.float64)
        type = case.input("x", as_numpy(z))
        case.torch = [(as_numpy(F.softmax(z, 1)), np.full((1, 4), NAN))]
        case.add(f"act.softmax %x empty_row({choice}) : {type}",
                 (type, np.full((1, 4), value)))
        case.add(f"act.log_softmax %x empty_row({choice}) : {type}",
                 (type, np.full((1, 4), log)))
        yield case

    for kind in ("swiglu", "geglu", "geglu_tanh", "quick_geglu"):
        case = difference(f"{kind} of -inf", "the limit, not inf * 0")
        g = torch.tensor([-INF], dtype=torch.float64)
        type = case.input("g", as_numpy(g))
        case.input("u", np.ones(1))
        case.torch = [(as_numpy(GATES[kind](g)), np.array([NAN]))]
        case.add(f"act.gate {kind} %g, %u : {type}", (type, np.zeros(1)))
        yield case
