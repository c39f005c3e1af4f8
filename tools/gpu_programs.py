"""Programs whose GPU kernels gpu-evidence.py looks at."""

import re

BYTES = {"f64": 8, "f32": 4, "bf16": 2, "f16": 2}

# Each operation: arguments, what is computed, results. X stands for the tensor,
# whose type is that of the program, M for its mask, R for a number of each row
# and T for its target; DIM is where the operation says along what rows are.
ELEMENTWISE = {op: ("%x: X", f"%y = act.{op} %x : X", "%y: X") for op in (
    "relu", "silu", "gelu", "tanh", "mish", "sigmoid", "logsigmoid", "softsign",
    "hardsigmoid", "relu6", "leaky_relu", "elu", "selu", "softplus",
    "hardswish")}
ELEMENTWISE |= {
    op + "_backward": ("%dy: X, %x: X", f"%dx = act.{op}_backward %dy, %x : X",
                       "%dx: X") for op in ELEMENTWISE}
ELEMENTWISE |= {
    "gelu_tanh": ("%x: X", "%y = act.gelu %x approximate(tanh) : X", "%y: X"),
    "gelu_tanh_backward": (
        "%dy: X, %x: X",
        "%dx = act.gelu_backward %dy, %x approximate(tanh) : X", "%dx: X"),
    "swiglu": ("%a: X, %b: X",
               "%s = act.silu %a : X\n  %y = arith.mulf %s, %b : X", "%y: X"),
    "geglu": ("%a: X, %b: X", "%y = act.gate geglu %a, %b : X", "%y: X"),
} | {f"{gate}_backward": ("%d: X, %a: X, %b: X", f"%da, %db = act.gate_backward"
                          f" {gate} %d, %a, %b : X", "%da: X, %db: X")
     for gate in ("swiglu", "geglu")}

ROWS = {
    "softmax": ("%x: X", "%y = act.softmax %x DIM : X", "%y: X"),
    "softmax_backward": (
        "%dy: X, %x: X", "%dx = act.softmax_backward %dy, %x DIM : X",
        "%dx: X"),
    "cross_entropy": (
        "%x: X, %t: T", "%y = act.cross_entropy %x, %t reduction(none)"
        " : X, T -> R", "%y: R"),
    "log_softmax_backward": (
        "%dy: X, %x: X", "%dx = act.log_softmax_backward %dy, %x DIM : X",
        "%dx: X"),
    "cross_entropy_with_grad": (
        "%x: X, %t: T, %d: R", "%y, %dx = act.cross_entropy_with_grad %x, %t,"
        " %d reduction(none) : X, T -> R, X", "%y: R, %dx: X"),
    "log_softmax": ("%x: X", "%y = act.log_softmax %x DIM : X", "%y: X"),
    "logsumexp": ("%x: X", "%y = act.logsumexp %x DIM : X -> R", "%y: R"),
    "logsumexp_backward": (
        "%dy: R, %x: X", "%dx = act.logsumexp_backward %dy, %x DIM : R, X",
        "%dx: X"),
    "softmax_saved": (
        "%dy: X, %x: X",
        "%dx = act.softmax_backward %dy, %x saved(output) DIM : X", "%dx: X"),
    "softmax_lse": ("%x: X", "%y, %l = act.softmax %x DIM : X -> X, R",
                    "%y: X, %l: R"),
    "softmax_backward_lse": (
        "%dy: X, %x: X, %l: R",
        "%dx = act.softmax_backward %dy, %x, %l DIM : X, R", "%dx: X"),
    "masked_softmax": (
        "%x: X, %m: M", "%y = act.softmax %x mask(%m : M) DIM : X", "%y: X"),
    "masked_softmax_backward": (
        "%dy: X, %x: X, %m: M",
        "%dx = act.softmax_backward %dy, %x mask(%m : M) DIM : X", "%dx: X"),
    "smoothed_cross_entropy": (
        "%x: X, %t: T", "%y = act.cross_entropy %x, %t reduction(none)"
        " {label_smoothing = 0.1} : X, T -> R", "%y: R"),
    "smoothed_cross_entropy_with_grad": (
        "%x: X, %t: T, %d: R", "%y, %dx = act.cross_entropy_with_grad %x, %t,"
        " %d reduction(none) {label_smoothing = 0.1} : X, T -> R, X",
        "%y: R, %dx: X"),
    "weighted_cross_entropy": (
        "%x: X, %t: T, %w: tensor<SIZExTYPE>", "%y = act.cross_entropy %x, %t"
        " class_weight(%w : tensor<SIZExTYPE>) reduction(none)"
        " {label_smoothing = 0.1, z_loss = 1.0e-4} : X, T -> R", "%y: R"),
    "capped_cross_entropy": (
        "%x: X, %t: T", "%y = act.cross_entropy %x, %t reduction(none)"
        " {softcap = 30.0, temperature = 2.0} : X, T -> R", "%y: R"),
    "soft_cross_entropy": (
        "%x: X, %t: X", "%y = act.cross_entropy %x, %t reduction(none)"
        " : X, X -> R", "%y: R"),
    "cross_entropy_backward": (
        "%d: R, %x: X, %t: T", "%dx = act.cross_entropy_backward %d, %x, %t"
        " reduction(none) : R, X, T", "%dx: X"),
    "soft_cross_entropy_backward": (
        "%d: R, %x: X, %t: X",
        "%dx, %dt = act.cross_entropy_backward %d, %x, %t reduction(none)"
        " : R, X, X -> X, X", "%dx: X, %dt: X"),
}


def tensor(shape, element):
    return f"tensor<{'x'.join((*shape, element))}>"


def write(operation, shape, dim, dtype):
    """The program of an operation, along dimension `dim` of a shape."""
    kept = [size for number, size in enumerate(shape) if number != dim]
    types = {"X": tensor(shape, dtype), "M": tensor(shape, "i1"),
             "R": tensor(kept, "f64" if dtype == "f64" else "f32"),
             "T": tensor(kept, "i64"), "SIZE": shape[dim], "TYPE": dtype,
             "DIM": "" if dim == len(shape) - 1 else f"{{dim = {dim}}}"}
    arguments, body, results = (
        re.sub(r"\b[XMRT]\b|SIZE|TYPE|DIM", lambda found: types[found[0]], text)
        for text in operation)
    names = re.findall(r"%\w+(?=:)", results)
    returned = ", ".join(re.findall(r"(?<=: )tensor<\S+>", results))
    return (f"func.func @f({arguments}) -> ({returned}) {{\n  {body}\n"
            f"  return {', '.join(names)} : {returned}\n}}")


def elementwise(op, dtype):
    return write(ELEMENTWISE[op], ("?",), 0, dtype)


def rows(op, dtype, size):
    return write(ROWS[op], ("?", size), 1, dtype)


def columns(op, dtype, size):
    """The same of rows whose elements lie apart."""
    return write(ROWS[op], ("?", size, "?"), 1, dtype)


def inputs(op):
    """How many tensors of x's shape are read."""
    return len(re.findall(r"\bX\b", (ELEMENTWISE | ROWS)[op][0]))


def traffic(op, dtype):
    """Compulsory bytes per element."""
    results = (ELEMENTWISE | ROWS)[op][2]
    return BYTES[dtype] * (inputs(op) + len(re.findall(r"\bX\b", results)))
