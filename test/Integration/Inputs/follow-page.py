"""Does what docs/AddingAnActivation.md says, in a copy of the source tree.

Usage: follow-page.py SOURCE BUILD SCRATCH

Copies SOURCE to SCRATCH, inserts the page's blocks into the files that its
comments name, builds the tools as BUILD was configured, and runs its commands.
"""

import os
import re
import shutil
import subprocess
import sys


def insert(path, block):
    """Puts `block` before the last line (the #endif) of a file."""
    with open(path) as file:
        lines = file.read().rstrip("\n").split("\n")
    lines[-1:] = block.rstrip("\n").split("\n") + ["", lines[-1]]
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")


def cached(build, name):
    """The value of a variable in the CMake cache of `build`."""
    with open(os.path.join(build, "CMakeCache.txt")) as file:
        match = re.search(rf"^{name}:[A-Z]*=(.*)$", file.read(), re.M)
    return match.group(1) if match else ""


def main():
    source, build, scratch = sys.argv[1:]
    shutil.rmtree(scratch, ignore_errors=True)
    tree = os.path.join(scratch, "act")
    for part in ("include", "lib", "tools", "docs/examples/digits",
                 "CMakeLists.txt"):
        whole = os.path.join(source, part)
        if os.path.isdir(whole):
            shutil.copytree(whole, os.path.join(tree, part))
        else:
            shutil.copy(whole, tree)

    with open(os.path.join(source, "docs", "AddingAnActivation.md")) as file:
        page = file.read()
    edits = re.findall(r"<!-- insert into (.*?) -->\n```\w+\n(.*?)```", page,
                       re.S)
    commands = re.findall(r"<!-- run -->\n```sh\n(.*?)```", page, re.S)
    if len(edits) != 2 or not commands:
        sys.exit("the page must hold two edits and its commands")
    for path, block in edits:
        insert(os.path.join(tree, path), block)

    out = os.path.join(scratch, "build")
    names = ("CMAKE_C_COMPILER", "CMAKE_CXX_COMPILER", "MLIR_DIR",
             "CMAKE_EXE_LINKER_FLAGS", "ACT_ENABLE_MPFR")
    subprocess.run(
        ["cmake", "-G", "Ninja", "-S", tree, "-B", out,
         "-DACT_BUILD_TESTS=OFF", "-DCMAKE_BUILD_TYPE=Release",
         "-DCMAKE_CXX_FLAGS_RELEASE=-O0 -g0"]
        + [f"-D{name}={cached(build, name)}" for name in names],
        check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        ["cmake", "--build", out, "--target", "act-opt", "act-run",
         "act-plot"], check=True, stdout=subprocess.DEVNULL)

    environment = dict(os.environ)
    environment["PATH"] = (os.path.join(out, "bin") + os.pathsep
                           + environment["PATH"])
    for block in commands:
        subprocess.run(["bash", "-euo", "pipefail", "-c", block], check=True,
                       cwd=scratch, env=environment)


if __name__ == "__main__":
    main()
