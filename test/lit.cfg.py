# Configuration of lit. A test sees act-opt, act-run, act-plot and act-tblgen,
# FileCheck, not, count and split-file on its PATH, and
#
#   %act_src     the source tree         %act_build   the build tree
#   %python      the interpreter         %cmake       CMake
#   %mlir_dir    of MLIRConfig.cmake
#   %fakecuda    a driver that interprets PTX, or does nothing (test/FakeCUDA)
#
# and the features `mpfr`; `archives` where the archives of LLVM and MLIR are
# found, and `nvjitlink`, `openblas`, `ptxas`, `torch` where these are; `avx2`, `avx512f`, `f16c`, `fma` of this machine; and `long-tests`
# where the environment variable ACT_LONG_TESTS is set.

import ctypes
import importlib.util
import os
import shutil
import sys

import lit.formats

config.name = "Act"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".td"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.act_build_root, "test")
config.excludes = ["CMakeLists.txt", "lit.cfg.py", "downstream", "Inputs"]

path = [
    os.path.join(config.act_build_root, "bin"),
    config.llvm_tools_dir,
    config.environment.get("PATH", ""),
]
config.environment["PATH"] = os.pathsep.join(path)
# The calling shell must not change what is tested.
for name in (
    "OMP_NUM_THREADS",
    "ACT_LIBOMP",
    "ACT_LIBOPENBLAS",
    "ACT_LLC_BYTES",
    "ACT_LIBCUDA",
    "ACT_LIBNVJITLINK",
    "ACT_PTXAS",
):
    config.environment.pop(name, None)
# Some machines need this for the library to compute right.
if "OPENBLAS_CORETYPE" in os.environ:
    config.environment["OPENBLAS_CORETYPE"] = os.environ["OPENBLAS_CORETYPE"]

config.substitutions += [
    ("%act_src", config.act_source_root),
    ("%act_build", config.act_build_root),
    ("%python", sys.executable),
    ("%cmake", config.cmake),
    ("%mlir_dir", config.mlir_dir),
    ("%fakecuda", os.path.join(config.act_build_root, "lib", "libfakecuda.so")),
    ("%cxx_compiler", config.cxx_compiler),
    ("%c_compiler", config.c_compiler),
    ("%exe_linker_flags", config.exe_linker_flags),
]

if config.has_mpfr:
    config.available_features.add("mpfr")
# For tools that are linked statically.
if os.path.exists(os.path.join(config.mlir_dir, "../../libMLIROptLib.a")):
    config.available_features.add("archives")
# The library that multiplies matrices where it is found.
try:
    ctypes.CDLL("libopenblas.so.0")
    config.available_features.add("openblas")
except OSError:
    pass
for name in ("libnvJitLink.so.13", "libnvJitLink.so.12", "libnvJitLink.so"):
    try:
        ctypes.CDLL(name)
        config.available_features.add("nvjitlink")
        break
    except OSError:
        pass
# NVIDIA's assembler, for machine code of GPUs; found as act-compile finds it.
cuda_homes = [os.environ.get("CUDA_HOME"), os.environ.get("CUDA_PATH")]
cuda_homes.append("/usr/local/cuda")
cuda_path = [os.path.join(home, "bin") for home in cuda_homes if home]
if shutil.which("ptxas") or shutil.which("ptxas", path=os.pathsep.join(cuda_path)):
    config.available_features.add("ptxas")
for name in ("CUDA_HOME", "CUDA_PATH"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
# For tools/parity.py.
if importlib.util.find_spec("torch") and importlib.util.find_spec("numpy"):
    config.available_features.add("torch")
# Tests that take minutes, such as one that builds the project once more.
if os.environ.get("ACT_LONG_TESTS"):
    config.available_features.add("long-tests")


def cpu_flags():
    """The features of this machine's processor, as Linux names them."""
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                if line.startswith("flags"):
                    return set(line.split(":", 1)[1].split())
    except OSError:
        pass
    return set()


config.available_features |= cpu_flags() & {"avx2", "avx512f", "f16c", "fma"}
