#!/usr/bin/env python3
"""Makes entries with every act operation and its options.

Usage: act-opt --act-list-ops=json | decompose.py DIR
       decompose.py --run DIR [ENTRY...]

Writes DIR/all.mlir, and for each entry of it two files of arguments of act-run:
DIR/ENTRY.save, which writes the results, and DIR/ENTRY.expect, which compares
with them. With --run the results of entries of DIR/all.mlir are what those of
DIR/decomposed.mlir are compared with; DIR/entries names all entries.
"""

import json
import os
import subprocess
import sys

# What elementwise operations are asked besides random numbers.
SPECIAL = "[nan,inf,-inf,0,-0.0,1e30,-1e30,3e38,-3e38,60,-60,12,-12,1e-30]"


class Entry:
    """A function that returns everything it is asked for."""

    def __init__(self, name, arguments, inputs, rtol="1e-5", atol="1e-6"):
        self.name = name
        self.arguments = arguments
        self.inputs = inputs
        self.tolerance = f"--rtol={rtol}\n--atol={atol}\n"
        self.body = []
        self.results = []

    def add(self, text, types):
        """An operation whose results have these types."""
        number = len(self.body)
        count = f":{len(types)}" if len(types) > 1 else ""
        self.body.append(f"  %{number}{count} = {text}")
        for i, type in enumerate(types):
            value = f"%{number}#{i}" if count else f"%{number}"
            self.results.append((value, type))

    def text(self):
        arguments = ", ".join(f"%{name}: {type} {{act.name = \"{name}\"}}"
                              for name, type in self.arguments.items())
        results = ",\n     ".join(f"{type} {{act.name = \"r{i}\"}}"
                                  for i, (_, type) in enumerate(self.results))
        values = ", ".join(value for value, _ in self.results)
        types = ", ".join(type for _, type in self.results)
        return (f"func.func @{self.name}({arguments})\n  -> ({results}) {{\n" +
                "\n".join(self.body) + f"\n  return {values}\n    : {types}\n}}\n")

    def write(self, folder):
        inputs = f"--entry={self.name}\n" + "".join(
            f"--input={name}={value}\n" for name, value in self.inputs.items())
        with open(os.path.join(folder, self.name + ".save"), "w") as file:
            file.write(inputs)
            for i in range(len(self.results)):
                file.write(f"--output=r{i}=@{folder}/{self.name}{i}.npy\n")
        with open(os.path.join(folder, self.name + ".expect"), "w") as file:
            file.write(inputs + self.tolerance)
            for i in range(len(self.results)):
                file.write(f"--expect=r{i}=@{folder}/{self.name}{i}.npy\n")


def saved_rows():
    """Gradients from the result of softmax."""
    x, mask = "tensor<?x6xf32>", "tensor<?x6xi1>"
    entry = Entry("saved_rows", {"x": x, "dy": x, "m": mask},
                  {"x": "5x6xf32=randn:seed=1", "dy": "5x6xf32=randn:seed=2",
                   "m": "5x6xi1=[[0,0,0,0,0,0],[1,1,1,1,1,1],[1,0,1,0,0,1],"
                        "[0,1,0,0,0,0],[1,1,1,0,0,1]]"})
    for mnemonic in ("softmax", "log_softmax"):
        for choice in ("", " empty_row(zero)"):
            text = f" mask(%m : {mask}){choice}"
            entry.add(f"act.{mnemonic} %x{text} : {x}", [x])
            y = entry.results[-1][0]
            entry.add(f"act.{mnemonic}_backward %dy, {y}{text.replace(choice, '')}"
                      f" saved(output){choice} : {x}", [x])
    return entry


def elementwise(ops, element, name, shape, inputs, **options):
    """Every function with its defaults, forward and backward."""
    tensor = f"tensor<{shape}x{element}>"
    entry = Entry(name, {"x": tensor, "dy": tensor, "p": element}, inputs,
                  **options)
    for op in ops:
        op_name, _, keywords = op["op"].partition(" ")
        keywords = " " + keywords if keywords else ""
        needs_operand = any(
            p["operand"] and "default" not in p for p in op["parameters"])
        parameter = ", %p" if needs_operand else ""
        types = f"{tensor}, {element}" if needs_operand else tensor
        entry.add(f"{op_name} %x{parameter}{keywords} : {types}", [tensor])
        results = [tensor, element] if needs_operand else [tensor]
        entry.add(f"{op_name}_backward %dy, %x{parameter}{keywords} : {types}",
                  results)
    return entry


def parametric():
    """Parameters as attributes and operands, one number or one per channel."""
    x, w, one = "tensor<?x3x?xf32>", "tensor<3xf32>", "tensor<1xf32>"
    entry = Entry("parametric", {"x": x, "dy": x, "w": w, "one": one,
                                 "p": "f32"},
                  {"x": "4x3x7xf32=randn:seed=1", "dy": "4x3x7xf32=randn:seed=2",
                   "w": "3xf32=[0.5,-1.5,0]", "one": "1xf32=[0.25]",
                   "p": "f32=1.25"})
    for text in ("leaky_relu %x {slope = 0.2}", "elu %x {alpha = 1.3}",
                 "swish %x {beta = -1.5}", "swish %x {beta = 50.0}",
                 "softplus %x {beta = 3.0}",
                 "softplus %x {beta = 2.0, threshold = 1.0}",
                 "hardsigmoid %x {slope = 0.2, offset = 0.4}"):
        mnemonic, _, rest = text.partition(" ")
        entry.add(f"act.{text} : {x}", [x])
        entry.add(f"act.{mnemonic}_backward %dy, {rest} : {x}", [x])
    for mnemonic in ("prelu", "swish"):
        for operand, type in (("w", w), ("one", one), ("p", "f32")):
            attributes = " {channel_dim = 1}" if operand == "w" else ""
            entry.add(f"act.{mnemonic} %x, %{operand}{attributes} : {x}, {type}",
                      [x])
            entry.add(f"act.{mnemonic}_backward %dy, %x, %{operand}{attributes}"
                      f" : {x}, {type}", [x, type])
    entry.add(f"act.exp_difference %x, %p : {x}, f32", [x])
    entry.add(f"act.shifted_exp %x, %p : {x}, f32", [x])
    entry.add(f"act.tempered_exp %x, %p {{temperature = 11.3}} : {x}, f32", [x])
    entry.add(f"act.exp_distance %x, %p : {x}, f32", [x])
    for mnemonic in ("relu", "relu6", "sigmoid", "tanh", "selu", "elu"):
        # Outputs of these functions, but for relu6: what is beyond is 0.
        entry.add(f"act.sigmoid_backward %dy, %x : {x}", [x])
        y = entry.results[-1][0]
        entry.add(f"act.{mnemonic}_backward %dy, {y} saved(output) : {x}", [x])
    return entry


def gates():
    x, half = "tensor<?x?xf32>", "tensor<?x5xf32>"
    entry = Entry("gates", {"g": half, "u": half, "dy": half, "x": "tensor<?x10xf32>",
                            "xt": "tensor<10x?xbf16>", "dyt": "tensor<5x?xbf16>"},
                  {"g": "6x5xf32=randn:seed=1", "u": "6x5xf32=randn:seed=2",
                   "dy": "6x5xf32=randn:seed=3", "x": "6x10xf32=randn:seed=4",
                   "xt": "10x3xbf16=randn:seed=5", "dyt": "5x3xbf16=randn:seed=6"},
                  rtol="1e-2")
    kinds = ["glu", "reglu", "sreglu", "geglu", "geglu_tanh", "quick_geglu",
             "swiglu", "bilinear", "swiglu_oai"]
    choices = [(kind, "") for kind in kinds] + [
        ("swiglu", " {beta = 1.5}"), ("swiglu_oai", " {no_limit}"),
        ("swiglu_oai", " {limit = 0.5, alpha = 1.25, offset = 0.3}")]
    for kind, attributes in choices:
        entry.add(f"act.gate {kind} %g, %u{attributes} : {half}", [half])
        entry.add(f"act.gate_backward {kind} %dy, %g, %u{attributes} : {half}",
                  [half, half])
    for kind in kinds:
        for layout in ("halves", "interleaved"):
            for part in ("first", "second"):
                entry.add(f"act.glu {kind} %x layout({layout}) gate({part}) : "
                          f"tensor<?x10xf32> -> {half}", [half])
        entry.add(f"act.glu_backward {kind} %dyt, %xt {{dim = 0}} : "
                  f"tensor<5x?xbf16>, tensor<10x?xbf16>", ["tensor<10x?xbf16>"])
    return entry


def dropout():
    x, y = "tensor<?x3xf32>", "tensor<2x?xbf16>"
    entry = Entry("dropout", {"x": x, "y": y, "seed": "i64", "offset": "i64"},
                  {"x": "5x3xf32=randn:seed=1", "y": "2x9xbf16=randn:seed=2",
                   "seed": "i64=-7", "offset": "i64=123456789012"}, rtol="0",
                  atol="0")
    for mnemonic in ("dropout", "alpha_dropout"):
        for suffix in ("", "_backward"):
            op = f"act.{mnemonic}{suffix}"
            entry.add(f"{op} %x, %seed, %offset {{p = 0.3}} : {x}", [x])
            entry.add(f"{op} %y, %seed : {y}", [y])
    return entry


def softmax(name, shape, rows, numbers, choices, inputs, element="f32",
            **options):
    """softmax and its kin with these numbers; `choices` may name the mask %m."""
    x, mask = f"tensor<{shape}x{element}>", f"tensor<{shape}xi1>"
    row = f"tensor<{rows}f32>"
    entry = Entry(name, {"x": x, "dy": x, "m": mask, "dyr": row}, inputs,
                  **options)
    for choice in choices:
        masked = choice.replace("%m", f"%m : {mask}")
        for mnemonic in ("softmax", "softmin", "log_softmax"):
            results = [x] if mnemonic == "softmin" else [x, row]
            types = f"{x} -> {x}, {row}" if mnemonic != "softmin" else x
            entry.add(f"act.{mnemonic} %x{masked}{numbers} : {types}", results)
            lse = entry.results[-1][0]
            entry.add(f"act.{mnemonic}_backward %dy, %x{masked}{numbers} : {x}",
                      [x])
            if mnemonic != "softmin" and choice == choices[0]:
                entry.add(f"act.{mnemonic}_backward %dy, %x, {lse}{masked}"
                          f"{numbers} : {x}, {row}", [x])
        masked = masked.partition(" empty_row")[0]
        entry.add(f"act.logsumexp %x{masked}{numbers} : {x} -> {row}", [row])
        entry.add(f"act.logsumexp_backward %dyr, %x{masked}{numbers}"
                  f" : {row}, {x}", [x])
    return entry


def losses(name, shape, rows, dim, classes, inputs, choices):
    """cross_entropy of hard targets with these keywords and numbers, or, if there
    are none, all else."""
    x, row, one = f"tensor<{shape}xf32>", f"tensor<{rows}f32>", "tensor<f32>"
    target, weight = f"tensor<{rows}i64>", f"tensor<{classes}xf32>"
    entry = Entry(name, {"x": x, "t": target, "q": x, "w": weight, "a": row,
                         "g": row, "one": one}, inputs)
    weighted = f" class_weight(%w : {weight})"
    tokens = f" token_weight(%a : {row})"
    smooth = "label_smoothing = 0.25"
    for number, (keywords, numbers) in enumerate(choices):
        keywords = keywords.replace("W", weighted).replace("A", tokens)
        attributes = f" {{dim = {dim}" + (", " + numbers if numbers else "") + "}"
        reduction = ("none", "sum", "mean")[number % 3]
        loss = row if reduction == "none" else one
        dloss = "%g" if reduction == "none" else "%one"
        choice = f"{keywords} reduction({reduction})"
        entry.add(f"act.cross_entropy %x, %t{choice} extra(lse, log_prob)"
                  f"{attributes} : {x}, {target} -> {loss}, {row}, {row}",
                  [loss, row, row])
        entry.add(f"act.cross_entropy_backward {dloss}, %x, %t{choice}"
                  f"{attributes} : {loss}, {x}, {target}", [x])
    if choices:
        return entry
    where = f"{{dim = {dim}}}"
    entry.add(f"act.cross_entropy_with_grad %x, %t, %one{weighted}{tokens} "
              f"{where} : {x}, {target} -> {one}, {x}", [one, x])
    integer = row.replace("f32", "i64")
    entry.add(f"act.cross_entropy %x, %t reduction(none) extra(lse, log_prob, "
              f"entropy, argmax, counts) {where} : {x}, {target} -> {row}, "
              f"{row}, {row}, {row}, {integer}, tensor<2xi64>",
              [row, row, row, row, integer, "tensor<2xi64>"])
    lse = entry.results[-5][0]
    entry.add(f"act.cross_entropy_backward %g, %x, %t, {lse} reduction(none) "
              f"{where} : {row}, {x}, {target}, {row}", [x])
    for keywords, numbers in (("", ""), (weighted + tokens, ", " + smooth)):
        attributes = f" {{dim = {dim}{numbers}}}"
        entry.add(f"act.cross_entropy %x, %q{keywords}{attributes}"
                  f" : {x}, {x} -> {one}", [one])
        entry.add(f"act.cross_entropy_backward %one, %x, %q{keywords}"
                  f"{attributes} : {one}, {x}, {x} -> {x}, {x}", [x, x])
    entry.add(f"act.cross_entropy %x, %t smooth_over(finite) {{dim = {dim}, "
              f"{smooth}}} : {x}, {target} -> {one}", [one])
    for reduction, loss, dloss in (("none", row, "%g"), ("mean", one, "%one")):
        choice = f"{weighted}{tokens} reduction({reduction}) {where}"
        entry.add(f"act.nll %x, %t{choice} : {x}, {target} -> {loss}", [loss])
        entry.add(f"act.nll_backward {dloss}, %x, %t{choice}"
                  f" : {loss}, {x}, {target}", [x])
    return entry


def run(folder, entries):
    """Whether these entries agree; all if there is none."""
    good = True
    if not entries:
        with open(os.path.join(folder, "entries")) as file:
            entries = file.read().split()
    for entry in entries:
        for program, kind in (("all", "save"), ("decomposed", "expect")):
            with open(os.path.join(folder, f"{entry}.{kind}")) as file:
                arguments = file.read().splitlines()
            path = os.path.join(folder, program + ".mlir")
            if subprocess.run(["act-run", path] + arguments).returncode != 0:
                print(f"{entry}: {program} failed", file=sys.stderr)
                good = False
                break
    return good


def main():
    if sys.argv[1] == "--run":
        sys.exit(0 if run(sys.argv[2], sys.argv[3:]) else 1)
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    ops = json.load(sys.stdin)
    entries = [parametric(), gates(), dropout(), saved_rows()]
    for element, rtol in (("f32", "1e-5"), ("f64", "1e-9"), ("f16", "2e-3"),
                          ("bf16", "1e-2")):
        entries.append(elementwise(
            ops, element, f"all_{element}", "?x9",
            {"x": f"7x9x{element}=uniform:-6:6:seed=1",
             "dy": f"7x9x{element}=randn:seed=2", "p": f"{element}=0.25"},
            rtol=rtol))
    for element in ("f32", "f64"):
        entries.append(elementwise(
            ops, element, f"special_{element}", "14",
            {"x": f"14x{element}={SPECIAL}", "dy": f"14x{element}=ones",
             "p": f"{element}=0.25"}, rtol="1e-4"))
    entries += [
        softmax("rows1", "?", "", "", [" mask(%m)"],
                {"x": "33xf32=randn:seed=1", "dy": "33xf32=randn:seed=2",
                 "m": "33xi1=randint:0:2:seed=3", "dyr": "f32=1.5"}),
        softmax("rows2", "?x7", "?x", " {dim = -1, temperature = 2.5}", [""],
                {"x": "5x7xf32=randn:seed=1", "dy": "5x7xf32=randn:seed=2",
                 "m": "5x7xi1=ones", "dyr": "5xf32=randn:seed=4"}),
        softmax("rows4", "2x?x4x3", "2x4x3x",
                " {dim = 1, softcap = 1.5, temperature = 0.5}", [" mask(%m)"],
                {"x": "2x6x4x3xf16=randn:seed=1",
                 "dy": "2x6x4x3xf16=randn:seed=2",
                 "m": "2x6x4x3xi1=randint:0:2:seed=3",
                 "dyr": "2x4x3xf32=randn:seed=4"},
                element="f16", rtol="3e-3", atol="1e-3"),
    ]
    edges = {"x": "8x4xf32=[[0,-inf,0,0],[nan,1,-inf,2],[inf,1,-inf,2],"
                  "[inf,inf,nan,0],[-inf,-inf,-inf,-inf],[nan,-inf,-inf,-inf],"
                  "[80,-80,0,80],[nan,nan,nan,nan]]",
             "dy": "8x4xf32=randn:seed=2",
             "m": "8x4xi1=[[1,1,0,1],[0,1,1,1],[0,1,1,1],[1,1,0,1],[1,1,1,1],"
                  "[0,1,1,1],[1,1,1,1],[0,0,0,0]]",
             "dyr": "8xf32=randn:seed=4"}
    for name, choice in (("edges", " mask(%m)"), ("edges_plain", ""),
                         ("edges_zero", " mask(%m) empty_row(zero)"),
                         ("edges_uniform", " mask(%m) empty_row(uniform)")):
        entries.append(softmax(name, "8x4", "8x", "", [choice], edges))
    entries += [
        losses("losses2", "?x9", "?x", 1, "9",
               {"x": "6x9xf32=randn:seed=1", "t": "6xi64=[0,1,8,-100,4,4]",
                "w": "9xf32=[1,2,0.5,3,0,1,1,0.25,2]",
                "a": "6xf32=[1,0.5,2,1,0,3]", "q": "6x9xf32=uniform:0:1:seed=5",
                "g": "6xf32=randn:seed=2", "one": "f32=1.5"}, []),
        losses("losses3", "2x5x?", "2x?x", 1, "5",
               {"x": "2x5x3xf32=randn:seed=1", "t": "2x3xi64=[[0,1,4],[3,-100,4]]",
                "w": "5xf32=[1,2,0.5,3,0]", "q": "2x5x3xf32=uniform:0:1:seed=5",
                "a": "2x3xf32=[[1,0.5,2],[0,1,1]]",
                "g": "2x3xf32=randn:seed=2", "one": "f32=1"},
               [("", ""), ("WA", "label_smoothing = 0.25"),
                ("A", "softcap = 1.5"),
                (" smoothing(megatron)", "label_smoothing = 0.25"),
                ("W", "z_loss = 0.1"),
                ("A", "label_smoothing = 1.0, z_loss = 0.1, temperature = 2.0")]),
    ]
    with open(os.path.join(folder, "all.mlir"), "w") as file:
        file.write("\n".join(entry.text() for entry in entries))
    with open(os.path.join(folder, "entries"), "w") as file:
        file.writelines(entry.name + "\n" for entry in entries)
    for entry in entries:
        entry.write(folder)


if __name__ == "__main__":
    main()
