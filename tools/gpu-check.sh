#!/usr/bin/env bash
# Checks on a GPU what was only reasoned without one: that kernels give the same
# bits as the CPU's, and how fast they are, beside a copy and beside PyTorch and
# Triton where these are found.
#
#   tools/gpu-check.sh                          on the first NVIDIA GPU, 8 minutes
#   tools/gpu-check.sh --report=gpu.md          and write down what was found
#   tools/gpu-check.sh --quick                  the bits only
#   tools/gpu-check.sh --device=cuda:1          on the second GPU
#   tools/gpu-check.sh --device=simt            the bits on the runner, without GPU
#   tools/gpu-check.sh --programs='^rows '      programs whose line matches
#   tools/gpu-check.sh --seconds=300            no longer than that
#   tools/gpu-check.sh --longest=20             nor 20 seconds, rather than 60,
#                                               for one program: it may never end
#
# Prints a line for each program and each time. Exit status: 0 all is well; 1 a
# result differs or does not come; 2 wrong usage; 3 nothing is wrong, but
# something was left out, which a line beginning with "skipped" tells.
#
# Needs act-run, in build/bin (ACT_BUILD_DIR moves build) or in an archive that
# tools/release.sh made, and the driver; times need python3, and neither
# packages nor a compiler. ACT_GPU_RACES=1 looks for races with compute-sanitizer.
set -u

device=cuda report= quick= programs=. budget=480 longest=60
usage() { echo "gpu-check.sh: $*; see --help" >&2; exit 2; }
for argument in "$@"; do
  case $argument in
    --device=simt | --device=cuda | --device=cuda:[0-9]*)
      device=${argument#--device=} ;;
    --device=*) usage "expected cuda, cuda:N or simt, got '${argument#*=}'" ;;
    --report=?*) report=${argument#--report=} ;;
    --quick) quick=1 ;;
    --programs=?*) programs=${argument#--programs=} ;;
    --seconds=*[!0-9]* | --seconds= | --longest=*[!0-9]* | --longest= | \
      --longest=0) usage "expected seconds, got '$argument'" ;;
    --seconds=*) budget=${argument#--seconds=} ;;
    --longest=*) longest=${argument#--longest=} ;;
    --help) sed -n '2,/^set -u/s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) usage "unknown argument '$argument'" ;;
  esac
done

# In an archive (tools/release.sh) bin/ is beside tools/, and this is a link.
here=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
tools=$here/tools
run=${ACT_BUILD_DIR:-$here/build}/bin/act-run
[ -x "$run" ] || [ ! -x "$here/bin/act-run" ] || run=$here/bin/act-run
if [ ! -x "$run" ]; then
  echo "gpu-check.sh: $run is missing; build it with tools/quickstart.sh, or" \
       "set ACT_BUILD_DIR" >&2
  exit 2
fi
if ! "$run" --version > /dev/null 2>&1; then
  echo "gpu-check.sh: $run does not start: $("$run" --version 2>&1)" >&2
  [ ! -f "$here/lib/glibc-version" ] ||
    echo "gpu-check.sh: it needs glibc $(cat "$here/lib/glibc-version") or newer," \
         "and here is $(getconf GNU_LIBC_VERSION 2> /dev/null); build it here" \
         "with tools/release.sh" >&2
  exit 2
fi
launcher=()
if [ "${ACT_GPU_RACES:-}" ] && command -v compute-sanitizer > /dev/null; then
  launcher=(compute-sanitizer --tool=racecheck --error-exitcode=1)
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
left() { echo $((deadline - SECONDS)); }
# The runner finds what waits for itself.
[ "$device" != simt ] && [ ! "${ACT_GPU_RACES:-}" ] || longest=$budget
# limit COMMAND...: ends it after that time, or after what is left. Its status is
# then 124 or 137.
limit() {
  local seconds
  seconds=$(left)
  [ "$seconds" -gt 0 ] || return 124
  [ "$seconds" -le "$longest" ] || seconds=$longest
  timeout -k 5 "$seconds" "$@"
}
was_ended() { [ "$1" = 124 ] || [ "$1" = 137 ]; }
# Bits take two minutes or less where there are eight cores; times get a third of
# the budget at least.
deadline=$budget
[ "$quick" ] || [ "$device" = simt ] || deadline=$((budget * 2 / 3))

# Before anything else, whether there is a GPU.
echo 'func.func @f(%x: tensor<8xf32>) -> tensor<8xf32> {
  %y = act.relu %x : tensor<8xf32>
  return %y : tensor<8xf32>
}' > "$folder/first.mlir"
if ! timeout -k 5 "$longest" "$run" "$folder/first.mlir" --device="$device" \
       > "$folder/first.log" 2>&1
then
  echo "the first kernel does not end or fails" >> "$folder/first.log"
  sed 's/^/gpu-check.sh: /' "$folder/first.log" >&2
  [ ! "$report" ] || cp "$folder/first.log" "$report"
  exit 1
fi

# Lengths that are known when kernels are made, and rows of each, for which a GPU
# needs more blocks than it has room for at once.
known_lengths="16384:300 131072:40 262144:20"

# The lines "ENTRY TYPE OPTIONS" of all programs: lengths of rows that each kernel
# takes, whole tiles, and ones that end within an access.
list_programs() {
  local type n known
  for type in f32 bf16 f16; do
    for n in 4096 10007; do
      echo "unary $type --dim=*=$n"
      echo "unary_backward $type --dim=*=$n"
    done
    for n in 64 1001; do
      echo "gates $type --dim=*=$n"
      echo "dropout $type --dim=*=$n"
    done
    echo "packed $type --dim=*=70"
    for n in 7 64 1000 4096 50257; do
      echo "rows $type --dim=x.0=3 --dim=x.1=$n"
      echo "rows_backward $type --dim=*=$n --dim=x.0=3 --dim=dy.0=3"
    done
    for n in 100 3000 32000; do
      echo "losses $type --dim=*=5 --dim=x.1=$n --input=t=5xi64=randint:0:$n"
      echo "losses_with_grad $type --dim=*=5 --dim=x.1=$n" \
           "--input=t=5xi64=randint:0:$n"
    done
    for known in $known_lengths; do
      n=${known%:*}
      known="--dim=*=${known#*:} --input=t=${known#*:}xi64=randint:0:$n"
      echo "rows_of_$n $type $known"
      echo "loss_of_$n $type $known --in-place=dx=x"
    done
    echo "clusters $type --dim=*=2"
    echo "inner $type --dim=*=70"
    for n in 100 300; do
      echo "sums $type --dim=*=$n"
    done
    echo "columns $type --dim=*=1500"
  done
  for n in 64 4096 50257; do
    echo "saved_output f32 --dim=*=$n --dim=x.0=3 --dim=dy.0=3"
  done
}

# check NUMBER ENTRY TYPE OPTIONS...: all results of the program are compared to
# the bit. What was found is in the file NUMBER.
check() {
  local number=$1 entry=$2 type=$3 name results=() expected=() result status=0
  local begun
  begun=$(left)
  name="$2 $3 ${*:4}"
  shift 3
  for result in $("$run" "$folder/$type.mlir" --entry="$entry" --describe |
                    sed -n 's/^output \(.*\): .*/\1/p'); do
    results+=(--output="$result=@$folder/$number.$result.npy")
    expected+=(--expect="$result=@$folder/$number.$result.npy")
  done
  limit "$run" "$folder/$type.mlir" --entry="$entry" "$@" \
    --device=cpu --matrix-products=loops --threads=1 "${results[@]}" \
    > "$folder/$number.log" 2>&1 &&
    limit ${launcher[@]+"${launcher[@]}"} "$run" \
      "$folder/$type.mlir" --entry="$entry" "$@" --device="$device" \
      "${expected[@]}" > "$folder/$number.log" 2>&1 || status=$?
  if [ $status = 0 ]; then
    echo "ok      $name" | tee "$folder/$number.ok"
  elif was_ended $status && [ "$begun" -le "$longest" ]; then
    echo "skipped $name: no time left" | tee "$folder/$number.skipped"
  else
    ! was_ended $status ||
      echo "does not end within $longest s" >> "$folder/$number.log"
    { echo "FAILED  $name"; sed 's/^/        /' "$folder/$number.log"; } |
      tee "$folder/$number.failed"
  fi
  rm -f "$folder/$number".*.npy
}

# As many at once as there are cores, but no more than a GPU's memory is sure to
# take.
jobs=$(nproc 2> /dev/null || echo 1)
[ "$jobs" -le 8 ] || jobs=8
for type in f32 bf16 f16; do
  {
    cat "$tools/gpu-check.mlir"
    for known in $known_lengths; do
      sed "s/LENGTH/${known%:*}/g" "$tools/gpu-check-rows.mlir"
    done
  } | sed "s/TYPE/$type/g" > "$folder/$type.mlir"
done
list_programs | grep -E -- "$programs" > "$folder/programs"
[ -s "$folder/programs" ] || usage "no program matches '$programs'"
number=0 running=0
while read -r line; do
  number=$((number + 1))
  if [ "$(left)" -le 0 ]; then
    echo "skipped $line: no time left" | tee "$folder/$number.skipped"
    continue
  fi
  if [ $running -ge "$jobs" ]; then
    wait -n
    running=$((running - 1))
  fi
  # shellcheck disable=SC2086 # a line is several words
  check $number $line &
  running=$((running + 1))
done < "$folder/programs"
wait

count() { find "$folder" -name "*.$1" | wc -l; }
ok=$(count ok) failed=$(count failed) skipped=$(count skipped)
summary="$ok programs have the same bits as on the CPU"
[ "$failed" = 0 ] || summary="$summary, $failed FAILED"
[ "$skipped" = 0 ] || summary="$summary, $skipped were skipped"
echo "$summary"

status=0
left_out() { echo "skipped $*"; [ $status != 0 ] || status=3; }
[ "$skipped" = 0 ] || status=3
[ "$failed" = 0 ] || status=1

# Numbers of all kinds, with hashes that are the same on every machine.
hashes="hashes were not compared"
same_bits=$here/test/Integration/SIMT/Inputs/same-bits.py
if [ "$programs" = . ]; then
  if ! command -v python3 > /dev/null; then
    left_out "hashes: python3 is not found; install it (apt-get install python3)"
  elif [ "$device" = simt ]; then
    : # The test suite does that.
  elif [ "$(left)" -le 30 ]; then
    left_out "hashes: no time left"
  else
    if timeout -k 5 "$(left)" env PATH="$(dirname "$run"):$PATH" python3 \
         "$same_bits" --device="$device" "$folder" f32 bf16 rows halves gates \
         losses sums > "$folder/hashes" 2> "$folder/hashes.log" &&
       grep -E '^(f32|bf16|rows|halves|gates|losses|sums) ' \
         "${same_bits%.py}.txt" | sort > "$folder/known" &&
       sort "$folder/hashes" | diff "$folder/known" - > "$folder/differences"
    then
      hashes="$(wc -l < "$folder/hashes") hashes are the known ones"
    elif [ "$(left)" -le 0 ]; then
      left_out "hashes: no time left"
    else
      hashes="hashes FAILED"
      cat "$folder/hashes.log" "$folder/differences" 2> /dev/null |
        sed 's/^/        /' | tee "$folder/hashes.failed"
      status=1
    fi
    echo "$hashes"
  fi
fi

# What has been found so far, of which a later kernel may be the end.
write_report() {
  [ "$report" ] || return 0
  {
    if [ -f "$folder/times.md" ]; then cat "$folder/times.md"; echo; fi
    echo "Bits on \`--device=$device\`: $summary; $hashes."
    if [ -n "$(find "$folder" -name '*.failed' -o -name '*.skipped')" ]; then
      printf '\n```\n'
      find "$folder" \( -name '*.failed' -o -name '*.skipped' \) -exec cat {} +
      printf '```\n'
    fi
  } > "$report" || status=1
}

write_report
deadline=$budget
if [ -z "$quick" ]; then
  if [ "$device" = simt ]; then
    left_out "times: the runner has none of a GPU"
  elif ! command -v python3 > /dev/null; then
    left_out "times: python3 is not found; install it (apt-get install python3)"
  elif [ "$(left)" -le 10 ]; then
    left_out "times: no time left"
  else
    echo "times, beside those of a copy of as many bytes:"
    timeout -k 5 $(($(left) + 30)) python3 "$tools/bench-gpu.py" \
      --act-run="$run" --device="$device" --seconds="$(left)" \
      --longest="$longest" --report="$folder/times.md"
    case $? in
      0) ;;
      3) [ $status != 0 ] || status=3 ;;
      *) status=1 ;;
    esac
  fi
fi

write_report
exit $status
