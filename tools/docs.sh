#!/usr/bin/env bash
# Makes the generated pages and pictures of docs/ anew from the rules and the
# operations; with --check only compares, and ends with status 1 where one is
# not current.
#
#   tools/docs.sh [--check]
#
#   ACT_BUILD_DIR   the build folder with the tools (default: build)
#   MLIR_TBLGEN     mlir-tblgen (default: from PATH or Debian's LLVM 22)
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
bin=${ACT_BUILD_DIR:-$root/build}/bin
target=$root/docs
scratch=""
if [ "${1:-}" = --check ]; then
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  target=$scratch
elif [ $# != 0 ]; then
  echo "usage: tools/docs.sh [--check]" >&2
  exit 2
fi
mkdir -p "$target/figures"

"$bin/act-tblgen" -gen-rule-docs -I "$root/include" \
  "$root/include/Act/Rules/Activations.td" -o "$target/Activations.md"
for rule in $(sed -n 's/^## //p' "$target/Activations.md"); do
  "$bin/act-plot" "$rule" -o "$target/figures/$rule.svg"
done

# The operations. Directives that only help the parser are left out.
tblgen=${MLIR_TBLGEN:-$(command -v mlir-tblgen ||
                         echo /usr/lib/llvm-22/bin/mlir-tblgen)}
mlir_include=$(dirname "$(readlink -f "$tblgen")")/../include
"$tblgen" -gen-dialect-doc -dialect=act -I "$root/include" \
  -I "$mlir_include" "$root/include/Act/IR/ActOps.td" |
  sed -E -e 's/ *`` custom<Attributes>\(attr-dict, "[^)]*"\)/ attr-dict/' \
         -e 's/custom<Keyword>\((\$[a-z]+)\)/\1/' \
    >"$target/Dialect.md"

# Every fusion, before and after.
python3 "$root/tools/fusion-docs.py" "$bin/act-opt" \
  "$root/test/Transforms/fuse-examples.mlir" >"$target/Fusion.md"

[ -n "$scratch" ] || exit 0
status=0
for file in $(cd "$scratch" && find . -type f | sort); do
  if ! cmp -s "$scratch/$file" "$root/docs/$file"; then
    echo "docs/${file#./} is not current: run tools/docs.sh" >&2
    status=1
  fi
done
exit $status
