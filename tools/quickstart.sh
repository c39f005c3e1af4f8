#!/usr/bin/env bash
# From a fresh clone to running kernels: installs what is missing, builds Act
# into build/ and runs the examples of docs/examples.
set -euo pipefail
. "$(dirname "$0")/setup.sh"
if [ $# != 0 ]; then
  echo "quickstart.sh: takes no arguments, got '$1'; see --help" >&2
  exit 2
fi

act_install
act_configure
act_make act-opt act-run act-plot act-digits

# run_example FOLDER ENTRY ARGUMENT...
run_example() {
  local folder=$1 entry=$2
  shift 2
  (cd "$act_root/docs/examples/$folder" &&
    "$act_build/bin/act-run" "$folder.mlir" --entry="$entry" "$@")
}

act_say "gated MLP: y = silu(gate) * up, and its gradients"
run_example gated_mlp forward --input=gate=@gate.npy --input=up=@up.npy \
  --expect=y=@expected_y.npy --max-ulp=4
run_example gated_mlp backward --input=dy=@dy.npy --input=gate=@gate.npy \
  --input=up=@up.npy --expect=d_gate=@expected_d_gate.npy \
  --expect=d_up=@expected_d_up.npy --rtol=1e-6 --atol=1e-6

act_say "GELU block: y = gelu(x + bias), and its gradient"
run_example gelu_block forward --input=x=@x.npy --input=bias=@bias.npy \
  --expect=y=@expected_y.npy --max-ulp=4
run_example gelu_block backward --input=dy=@dy.npy --input=x=@x.npy \
  --input=bias=@bias.npy --expect=d_x=@expected_d_x.npy --rtol=1e-6 --atol=1e-6

act_say "time of the forward kernel of the gated MLP, 4096 rows"
run_example gated_mlp forward "--dim=*=4096" --bench

act_say "digits: a classifier trained with each activation"
"$act_build/bin/act-digits" --chart="$act_build/digits.svg"
echo "chart: $act_build/digits.svg"

cat <<TEXT

The tools are in $act_build/bin. Next:
  $act_build/bin/act-run --help
  $act_build/bin/act-opt docs/examples/gated_mlp/gated_mlp.mlir --act-to-linalg
  tools/check.sh
TEXT
