# Shared by quickstart.sh and check.sh: installs what is missing, configures and
# builds. Sourced, never run.
#
#   ACT_BUILD_DIR   where to build (default: build)
#   MLIR_DIR        folder of MLIRConfig.cmake 22.1 (default: Debian's)

case ${1:-} in
  --help | -h) sed -n '2,/^set -eu/s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac

act_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
act_build=${ACT_BUILD_DIR:-$act_root/build}
act_packages="libmlir-22-dev mlir-22-tools llvm-22-dev llvm-22-tools clang-22
  lld-22 libomp-22-dev libzstd-dev libedit-dev libcurl4-openssl-dev libmpfr-dev
  libopenblas0-pthread libboost-context-dev libgtest-dev libbenchmark-dev cmake
  ninja-build python3"

act_say() { printf '== %s\n' "$*"; }

# Installs the packages that are missing, or says how to.
act_install() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    if [ -z "${MLIR_DIR:-}" ]; then
      cat >&2 <<'TEXT'
error: this is not a Debian system. Act needs LLVM and MLIR 22.1 with their
CMake files, clang and lld 22, libomp, zstd, libedit, libcurl, MPFR,
Boost.Context, GoogleTest, Google Benchmark, CMake 3.20, Ninja and Python 3.
Install them, then set
  MLIR_DIR=<prefix>/lib/cmake/mlir
and run this again.
TEXT
      return 1
    fi
    return 0
  fi
  local missing="" package
  for package in $act_packages; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null |
      grep -q 'install ok installed' || missing="$missing $package"
  done
  [ -z "$missing" ] && return 0
  local as_root=""
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      as_root="sudo"
    else
      echo "error: packages are missing; run this line as root, then again:" >&2
      echo "  apt-get update && apt-get install -y$missing" >&2
      return 1
    fi
  fi
  act_say "installing$missing"
  $as_root apt-get update -q >/dev/null &&
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q \
      --no-install-recommends $missing >"${TMPDIR:-/tmp}/act-install.log" 2>&1 || {
    tail -20 "${TMPDIR:-/tmp}/act-install.log" >&2
    echo "error: the packages could not be installed (log above). Act needs" >&2
    echo "LLVM 22.1 from Debian's own mirror; see README.md." >&2
    return 1
  }
}

# Configures once.
act_configure() {
  [ -e "$act_build/build.ninja" ] && return 0
  local llvm=/usr/lib/llvm-22
  act_say "configuring $act_build"
  cmake -G Ninja -S "$act_root" -B "$act_build" \
    -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_CXX_FLAGS_RELEASE="-O1 -g0" -DCMAKE_C_FLAGS_RELEASE="-O1 -g0" \
    -DCMAKE_C_COMPILER="${CC:-clang-22}" \
    -DCMAKE_CXX_COMPILER="${CXX:-clang++-22}" \
    -DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=lld \
    -DMLIR_DIR="${MLIR_DIR:-$llvm/lib/cmake/mlir}" >"$act_root/.configure.log" 2>&1 || {
    cat "$act_root/.configure.log" >&2
    rm -f "$act_root/.configure.log"
    return 1
  }
  rm -f "$act_root/.configure.log"
}

# Builds the given targets (default: all), with ninja's progress line.
act_make() {
  act_say "building"
  cmake --build "$act_build" ${1:+--target "$@"}
}
