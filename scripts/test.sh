#!/usr/bin/env bash
# Installs what is missing from Debian, builds with warnings as errors and runs every test; ends
# with the summary of ctest and its exit code.
#
# usage: test.sh [--all] [CTEST OPTION...]
#   --all   first the same under AddressSanitizer with UBSan, under ThreadSanitizer, and long
#           fuzzing (needs clang)
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

say "Debian packages: installing what is missing"
if [[ "$all" == yes ]]; then
  scripts/install_packages.sh all
  build_and_test asan-ubsan build/asan-ubsan "$@"
  build_and_test tsan build/tsan "$@"
  build_and_test fuzz build/fuzz -L fuzz
else
  scripts/install_packages.sh test
fi
build_and_test dev build/test "$@"
