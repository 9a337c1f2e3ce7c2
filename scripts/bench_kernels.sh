#!/usr/bin/env bash
# Measures each kernel and each stage of a minibatch against what the machine can give: float32
# multiply-adds, bandwidth of its caches and memory, measured in the same run; the speedup over a
# plain loop; the serial share of a minibatch. Installs what is missing from Debian, builds into
# build/bench.
#
# usage: bench_kernels.sh [--record] [GOOGLE BENCHMARK OPTION...]
#   --record    write the figures to tests/bench/results/DATE-kernels.csv, and a note on the machine
#               with what was printed to DATE-kernels.txt
# For example: bench_kernels.sh --benchmark_filter='^infer_document/vb'
# SVI_LDA_ISA=avx2 and the like force an instruction set.
set -euo pipefail

# shellcheck source=scripts/bench/prepare.sh
source "$(dirname "${BASH_SOURCE[0]}")/bench/prepare.sh"

usage() {
  sed -n '2,/^set /{s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
}

record=no
arguments=()
for argument in "$@"; do
  case "$argument" in
    -h | --help)
      usage
      exit
      ;;
    --record) record=yes ;;
    *) arguments+=("$argument") ;;
  esac
done

"$root/scripts/install_packages.sh" bench
{
  cmake -S "$root" --preset release -B "$root/build/bench" -DSVI_LDA_BENCH=ON
  cmake --build "$root/build/bench" --parallel "$(nproc)" --target svi_bench
} >&2

# As the program runs: threads that wait do not spin.
measure() {
  OMP_WAIT_POLICY=passive "$root/build/bench/tests/bench/svi_bench" "$@"
}

if [[ "$record" == yes ]]; then
  results="$root/tests/bench/results"
  stem="$results/$(date -u +%F)-kernels"
  mkdir -p "$results"
  PYTHONPATH="$root/scripts/bench" /usr/bin/python3 -B -c \
    'import machine, sys; print(machine.describe(sys.argv[1]))' "$root" >"$stem.txt"
  measure --csv="$stem.csv" "${arguments[@]}" | tee -a "$stem.txt"
else
  measure "${arguments[@]}"
fi
