"""What bench-cpu.py and bench-gpu.py have in common: programs, samples of
act-run, and ratios."""

import os
import re
import statistics
import subprocess
import sys

# Elementwise operations of one tensor: names, and operations.
UNARY = {"relu": "relu %x", "silu": "silu %x", "gelu": "gelu %x",
         "gelu_tanh": "gelu %x approximate(tanh)", "tanh": "tanh %x",
         "sigmoid": "sigmoid %x", "softplus": "softplus %x", "mish": "mish %x"}


def unary(name):
    return f"""
func.func @{name}(%x: tensor<?x?xTYPE>) -> tensor<?x?xTYPE> {{
  %y = act.{UNARY[name]} : tensor<?x?xTYPE>
  return %y : tensor<?x?xTYPE>
}}
"""


def unary_backward(name):
    return f"""
func.func @{name}_backward(%x: tensor<?x?xTYPE>, %dy: tensor<?x?xTYPE>)
    -> tensor<?x?xTYPE> {{
  %dx = act.{name}_backward %dy, %x : tensor<?x?xTYPE>
  return %dx : tensor<?x?xTYPE>
}}
"""


# TYPE is that of the elements, COLS the length of rows, which may be ?, HALF
# that of the parts of a gate and PACKED twice that.
PROGRAM = """
func.func @softmax(%x: tensor<?xCOLSxTYPE>) -> tensor<?xCOLSxTYPE> {
  %y = act.softmax %x : tensor<?xCOLSxTYPE>
  return %y : tensor<?xCOLSxTYPE>
}
func.func @log_softmax(%x: tensor<?xCOLSxTYPE>) -> tensor<?xCOLSxTYPE> {
  %y = act.log_softmax %x : tensor<?xCOLSxTYPE>
  return %y : tensor<?xCOLSxTYPE>
}
func.func @logsumexp(%x: tensor<?xCOLSxTYPE>) -> tensor<?xf32> {
  %y = act.logsumexp %x : tensor<?xCOLSxTYPE> -> tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @softmax_backward_x(%x: tensor<?xCOLSxTYPE>, %dy: tensor<?xCOLSxTYPE>)
    -> tensor<?xCOLSxTYPE> {
  %dx = act.softmax_backward %dy, %x : tensor<?xCOLSxTYPE>
  return %dx : tensor<?xCOLSxTYPE>
}
func.func @softmax_backward_y(%y: tensor<?xCOLSxf32>, %dy: tensor<?xCOLSxf32>)
    -> tensor<?xCOLSxf32> {
  %dx = act.softmax_backward %dy, %y saved(output) : tensor<?xCOLSxf32>
  return %dx : tensor<?xCOLSxf32>
}
func.func @cross_entropy(%x: tensor<?xCOLSxTYPE>, %t: tensor<?xi64>)
    -> tensor<f32> {
  %loss = act.cross_entropy %x, %t
    : tensor<?xCOLSxTYPE>, tensor<?xi64> -> tensor<f32>
  return %loss : tensor<f32>
}
func.func @cross_entropy_with_grad(%x: tensor<?xCOLSxTYPE>, %t: tensor<?xi64>,
                                   %d: tensor<f32>)
    -> (tensor<f32>, tensor<?xCOLSxTYPE>) {
  %loss, %dx = act.cross_entropy_with_grad %x, %t, %d
    : tensor<?xCOLSxTYPE>, tensor<?xi64> -> tensor<f32>, tensor<?xCOLSxTYPE>
  return %loss, %dx : tensor<f32>, tensor<?xCOLSxTYPE>
}
func.func @cross_entropy_rows(%x: tensor<?xCOLSxTYPE>, %t: tensor<?xi64>)
    -> tensor<?xf32> {
  %loss = act.cross_entropy %x, %t reduction(none)
    : tensor<?xCOLSxTYPE>, tensor<?xi64> -> tensor<?xf32>
  return %loss : tensor<?xf32>
}
func.func @cross_entropy_rows_fast(%x: tensor<?xCOLSxTYPE>, %t: tensor<?xi64>)
    -> tensor<?xf32> attributes {act.accuracy = "fast"} {
  %loss = act.cross_entropy %x, %t reduction(none)
    : tensor<?xCOLSxTYPE>, tensor<?xi64> -> tensor<?xf32>
  return %loss : tensor<?xf32>
}
func.func @cross_entropy_rows_with_grad(
    %x: tensor<?xCOLSxTYPE>, %t: tensor<?xi64>, %d: tensor<?xf32>)
    -> (tensor<?xf32>, tensor<?xCOLSxTYPE>) {
  %loss, %dx = act.cross_entropy_with_grad %x, %t, %d reduction(none)
    : tensor<?xCOLSxTYPE>, tensor<?xi64> -> tensor<?xf32>, tensor<?xCOLSxTYPE>
  return %loss, %dx : tensor<?xf32>, tensor<?xCOLSxTYPE>
}
func.func @swiglu(%g: tensor<?x?xTYPE>, %u: tensor<?x?xTYPE>)
    -> tensor<?x?xTYPE> {
  %y = act.gate swiglu %g, %u : tensor<?x?xTYPE>
  return %y : tensor<?x?xTYPE>
}
func.func @swiglu_backward(%g: tensor<?x?xTYPE>, %u: tensor<?x?xTYPE>,
                           %dy: tensor<?x?xTYPE>)
    -> (tensor<?x?xTYPE>, tensor<?x?xTYPE>) {
  %dg, %du = act.gate_backward swiglu %dy, %g, %u : tensor<?x?xTYPE>
  return %dg, %du : tensor<?x?xTYPE>, tensor<?x?xTYPE>
}
func.func @swiglu_halves(%x: tensor<?xPACKEDxTYPE>) -> tensor<?xHALFxTYPE> {
  %y = act.glu swiglu %x : tensor<?xPACKEDxTYPE> -> tensor<?xHALFxTYPE>
  return %y : tensor<?xHALFxTYPE>
}
func.func @swiglu_interleaved(%x: tensor<?xPACKEDxTYPE>)
    -> tensor<?xHALFxTYPE> {
  %y = act.glu swiglu %x layout(interleaved)
    : tensor<?xPACKEDxTYPE> -> tensor<?xHALFxTYPE>
  return %y : tensor<?xHALFxTYPE>
}
"""
PROGRAM += "".join(map(unary, UNARY))
PROGRAM += unary_backward("silu") + unary_backward("gelu")


class Failure(Exception):
    """act-run does not do what it is asked for; with what it said."""


class TookTooLong(Failure):
    """act-run was ended before it was done."""


class ActRun:
    """act-run on one of the programs: a sample is the median of many calls."""

    def __init__(self, tool, folder, element, options, columns="?", half=1024):
        self.command = [tool, os.path.join(folder, f"{element}_{columns}.mlir")]
        self.command += options
        text = PROGRAM
        for name, value in (("TYPE", element), ("COLS", columns),
                            ("HALF", half), ("PACKED", 2 * half)):
            text = text.replace(name, str(value))
        with open(self.command[1], "w") as file:
            file.write(text)

    def sample(self, entry, inputs):
        """seconds per call, of the kernel and of a copy of as many bytes"""
        return self.measure(entry, inputs)[:2]

    def measure(self, entry, inputs, options=(), timeout=None):
        """The same, and all that was printed."""
        command = self.command + ["--entry=" + entry]
        command += ["--input=" + value for value in inputs] + list(options)
        try:
            run = subprocess.run(command, capture_output=True, text=True,
                                 timeout=timeout)
        except subprocess.TimeoutExpired:
            raise TookTooLong(f"did not end within {timeout:.0f} s") from None
        medians = re.findall(r"(kernel|copy) +median ([\d.]+) us", run.stdout)
        if run.returncode != 0 or len(medians) != 2:
            raise Failure(f"{' '.join(command)}\n{run.stderr}")
        return (*(float(value) * 1e-6 for _, value in medians), run.stdout)


def describe(ratios):
    """The median, least and greatest."""
    ratios = sorted(ratios)
    return (f"{statistics.median(ratios):5.2f} "
            f"({ratios[0]:.2f}-{ratios[-1]:.2f})")


def names(text):
    """What --option=a,b lists."""
    return [name for name in text.split(",") if name]


def check_names(parser, given, known):
    for name in given:
        if name not in known:
            parser.error(f"unknown '{name}'; there are {', '.join(known)}")


def find_act_run():
    """act-run of an archive, which is beside tools/, or of a build."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    released = os.path.join(root, "bin", "act-run")
    build = os.environ.get("ACT_BUILD_DIR", os.path.join(root, "build"))
    built = os.path.join(build, "bin", "act-run")
    return built if os.path.exists(built) else released


def check_act_run(parser, tool):
    if not os.path.exists(tool):
        parser.error(f"no {tool}: build it with tools/quickstart.sh, or say "
                     "--act-run=FILE")


def load_peers(makers, packages, wanted, program):
    """name -> peer, of those that can be imported, and for each other a line
    that tells how to install it. A peer that is asked for must be there."""
    peers, missing = {}, []
    for name in makers if wanted is None else wanted:
        try:
            peers[name] = makers[name]()
        # Packages that do not fit each other throw whatever they like.
        except Exception as error:
            hint = (f"{name} is not there ({error}): {sys.executable} -m pip "
                    f"install {packages[name]}")
            if wanted is not None:
                sys.exit(f"{program}: {hint}")
            missing.append(hint)
    return peers, missing
