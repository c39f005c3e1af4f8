#!/usr/bin/env bash
# Checks on a GPU what was only reasoned without one: that its kernels give the
# same bits as the CPU's.
#
#   tools/gpu-check.sh                        on the first NVIDIA GPU
#   tools/gpu-check.sh --device=cuda:1        on the second
#   tools/gpu-check.sh --device=simt          on the runner, which needs none
#
# Prints a line for each program; ends with status 1 if one differs or does not
# run. Needs build/bin/act-run (ACT_BUILD_DIR moves it) and the driver. Where
# compute-sanitizer is found, ACT_GPU_RACES=1 looks for races too.
set -u

device=cuda
for argument in "$@"; do
  case $argument in
    --device=?*) device=${argument#--device=} ;;
    --help) sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "gpu-check.sh: unknown argument '$argument'; see --help" >&2; exit 2 ;;
  esac
done

here=$(cd "$(dirname "$0")/.." && pwd)
run=${ACT_BUILD_DIR:-$here/build}/bin/act-run
if [ ! -x "$run" ]; then
  echo "gpu-check.sh: $run is missing; build it with tools/quickstart.sh, or" \
       "set ACT_BUILD_DIR" >&2
  exit 2
fi
launcher=()
if [ "${ACT_GPU_RACES:-}" ] && command -v compute-sanitizer > /dev/null; then
  launcher=(compute-sanitizer --tool=racecheck --error-exitcode=1)
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

# check NAME SIZES...: the program stands in $folder/program.mlir, and its only
# result is compared to the bit. Sizes are options of act-run.
check() {
  local name=$1
  shift
  if "$run" "$folder/program.mlir" "$@" --device=cpu --matrix-products=loops \
       --output=@"$folder/expected.npy" > "$folder/log" 2>&1 &&
     ${launcher[@]+"${launcher[@]}"} "$run" "$folder/program.mlir" "$@" \
       --device="$device" --expect=@"$folder/expected.npy" > "$folder/log" 2>&1
  then
    echo "ok      $name"
  else
    echo "FAILED  $name"
    sed 's/^/        /' "$folder/log"
    failures=$((failures + 1))
  fi
}

for type in f32 bf16 f16; do
  for op in relu silu gelu tanh sigmoid mish softplus; do
    cat > "$folder/program.mlir" <<PROGRAM
func.func @f(%x: tensor<?x$type>) -> tensor<?x$type> {
  %y = act.$op %x : tensor<?x$type>
  return %y : tensor<?x$type>
}
PROGRAM
    # A whole number of tiles, and one that ends within an access.
    for size in 4096 10007; do
      check "$op $type $size" --dim=*=$size
    done
  done
  for op in softmax log_softmax; do
    cat > "$folder/program.mlir" <<PROGRAM
func.func @f(%x: tensor<?x?x$type>) -> tensor<?x?x$type> {
  %y = act.$op %x : tensor<?x?x$type>
  return %y : tensor<?x?x$type>
}
PROGRAM
    for columns in 7 64 1000 4096 50257; do
      check "$op $type 3 x $columns" --dim=arg0.0=3 --dim=arg0.1=$columns
    done
  done
done

if [ $failures -ne 0 ]; then
  echo "$failures checks failed"
  exit 1
fi
echo "all are the same to the bit"
