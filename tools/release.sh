#!/usr/bin/env bash
# Packs an archive for machines where nothing is installed: act-run, act-opt and
# act-compile, which need glibc and nothing else, and what checks a GPU.
#
#   tools/release.sh [FILE.tar.gz]      default: act-VERSION-SYSTEM.tar.gz
#
# On the other machine:
#
#   tar xzf FILE.tar.gz && act-*/gpu-check.sh --report=gpu.md
#
#   ACT_BUILD_DIR   where Act is built (default: build)
set -euo pipefail
. "$(dirname "$0")/setup.sh"
case ${1:-} in
  -*) echo "release.sh: expected FILE.tar.gz, got '$1'; see --help" >&2; exit 2 ;;
esac

[ -e "$act_build/build.ninja" ] || act_install
act_configure
# Not by a pipe: grep ends at the first match, and then the writer fails.
targets=$(cmake --build "$act_build" --target help)
if ! grep -q '^act-static-tools' <<< "$targets"; then
  echo "error: $act_build has no target act-static-tools; configure it with" >&2
  echo "  cmake -DACT_STATIC_TOOLS=ON $act_build" >&2
  echo "and read why the archives of LLVM are not found" >&2
  exit 1
fi
act_make act-static-tools

static=$act_build/static
version=$("$static/bin/act-run" --version | sed -n 's/.*Act \([0-9.]*\).*/\1/p')
name=act-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
file=${1:-$name.tar.gz}
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
root=$stage/$name
mkdir -p "$root"
cp -R "$static/bin" "$static/lib" "$root/"

# What is loaded when a tool starts must be of glibc; libraries that are opened
# later are checked where they are.
for binary in "$root"/bin/* "$root"/lib/*; do
  if objdump -p "$binary" | sed -n 's/.*NEEDED *//p' |
       grep -vxE 'lib(c|m|dl|rt|pthread)\.so\.[0-9]+|ld-linux.*'; then
    echo "error: $binary needs these libraries" >&2
    exit 1
  fi
done
# The newest version of any symbol.
objdump -T "$root"/bin/* "$root"/lib/* |
  grep -oE 'GLIBC_[0-9.]+' | sort -Vu | tail -1 | sed 's/GLIBC_//' \
  > "$root/lib/glibc-version"

cd "$act_root"
for path in LICENSE docs/GPU.md docs/examples/gated_mlp \
            tools/gpu-check.sh tools/gpu-check.mlir tools/gpu-check-rows.mlir \
            tools/bench-gpu.py tools/bench-cpu.py tools/benchmark.py \
            tools/cpu_peers.py tools/triton_kernels.py \
            test/Integration/SIMT/Inputs/same-bits.{py,mlir,txt}; do
  mkdir -p "$root/$(dirname "$path")"
  cp -R "$path" "$root/$path"
done
ln -s tools/gpu-check.sh "$root/gpu-check.sh"
cat > "$root/NOTICE" <<TEXT
The tools in bin/ contain parts of other works, which were linked in:

  LLVM and MLIR, and lib/libomp.so.5: Apache License 2.0 with LLVM Exceptions
  Boost.Context: Boost Software License 1.0
  zlib and zstd: zlib and BSD licenses
  GNU MPFR and GMP: GNU Lesser General Public License 3; building Act from its
    sources with tools/release.sh links them anew

They run on Linux with glibc $(cat "$root/lib/glibc-version") or newer.
TEXT
tar -C "$stage" --sort=name --owner=0 --group=0 --numeric-owner -czf "$stage/tar" \
  "$name"
cd "$OLDPWD"
mv "$stage/tar" "$file"
echo "$file: $(du -h "$file" | cut -f1), for glibc" \
     "$(cat "$root/lib/glibc-version") or newer"
