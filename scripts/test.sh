#!/usr/bin/env bash
# Installs what is missing from Debian, builds with warnings as errors and runs every test; ends
# with the summary of ctest and its exit code.
#
# usage: test.sh [--all] [CTEST OPTION...]
#   --all   first the same under AddressSanitizer with UBSan and under ThreadSanitizer, and every
#           fuzzer for 5 minutes
# Other options go to ctest: test.sh -L unit -R digamma
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
jobs="$(nproc)"

all=no
if [[ "${1:-}" == --all ]]; then
  all=yes
  shift
fi

say() { printf '\n== %s\n' "$*"; }

# build_and_test PRESET FOLDER [CTEST OPTION...]
build_and_test() {
  local preset="$1" folder="$2"
  shift 2
  say "Building the preset $preset into $folder"
  cmake --preset "$preset" -B "$folder"
  cmake --build "$folder" --parallel "$jobs"
  say "Running the tests of $folder"
  ctest --test-dir "$folder" --parallel "$jobs" --output-on-failure --no-tests=error "$@"
}

fuzz() {
  say "Building the fuzzers into build/fuzz"
  cmake --preset fuzz -DSVI_LDA_FUZZ_SECONDS=300
  cmake --build build/fuzz --parallel "$jobs" --target fuzzers
  say "Fuzzing, 5 minutes each"
  ctest --test-dir build/fuzz --parallel "$jobs" --output-on-failure --no-tests=error -L fuzz
}

say "Debian packages: installing what is missing"
if [[ "$all" == yes ]]; then
  scripts/install_packages.sh all
  build_and_test asan-ubsan build/asan-ubsan "$@"
  build_and_test tsan build/tsan "$@"
  fuzz
else
  scripts/install_packages.sh test
fi
build_and_test dev build/test "$@"
