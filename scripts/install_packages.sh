#!/usr/bin/env bash
# Installs the Debian packages that the project needs and that are missing; where none is, it
# touches nothing and needs no rights.
#
# usage: install_packages.sh [build | test | all | bench | peers]
#   build   what builds the program (default)
#   test    build, and what its tests need
#   all     test, and what sanitizers, fuzzing and memory checks need
#   bench   build, and what the benchmark scripts need
#   peers   bench, and the programs that svi-lda is compared with
set -euo pipefail

readonly build_packages=(
  g++ cmake ninja-build pkg-config libboost-dev libboost-program-options-dev
  zlib1g-dev libbz2-dev libzstd-dev liblzma-dev libisal-dev libeigen3-dev libspdlog-dev
  libzip-dev libhwy-dev nlohmann-json3-dev libxxhash-dev libicu-dev libstemmer-dev node-d3)
readonly test_packages=(
  libgtest-dev libgmock-dev bats unzip python3 python3-numpy python3-scipy clang-format
  chromium chromium-driver python3-selenium)
readonly sanitizer_packages=(clang libomp-dev valgrind)
readonly bench_packages=(
  libgtest-dev libgmock-dev libbenchmark-dev python3 python3-numpy valgrind)
# With OpenBLAS, which numpy does not insist on, a peer is up to 1.8 times faster.
readonly peer_packages=(
  python3-scipy python3-sklearn python3-gensim libblas3 libopenblas0-pthread)

installed() {
  [[ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

missing_of() {
  local package
  for package in "$@"; do
    installed "$package" || printf '%s\n' "$package"
  done
}

as_root() {
  if [[ "$(id -u)" -eq 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "install_packages.sh: needs root or sudo to run: $*" >&2
    exit 1
  fi
}

# The package lists are fetched only where they do not know a package that is needed.
update_lists_for() {
  local package
  for package in "$@"; do
    if ! apt-cache show "$package" >/dev/null 2>&1; then
      as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
      return
    fi
  done
}

install_missing() {
  local missing
  mapfile -t missing < <(missing_of "$@")
  if [[ ${#missing[@]} -eq 0 ]]; then
    return
  fi
  echo "Installing from Debian: ${missing[*]}"
  update_lists_for "${missing[@]}"
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends)
  if ! as_root "${install[@]}" "${missing[@]}"; then
    echo "Once more, with fresh package lists"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
    as_root "${install[@]}" "${missing[@]}"
  fi
}

main() {
  local group="${1:-build}"
  local packages=("${build_packages[@]}")
  case "$group" in
    build) ;;
    test) packages+=("${test_packages[@]}") ;;
    all) packages+=("${test_packages[@]}" "${sanitizer_packages[@]}") ;;
    bench) packages+=("${bench_packages[@]}") ;;
    peers) packages+=("${bench_packages[@]}" "${peer_packages[@]}") ;;
    *)
      echo "usage: install_packages.sh [build | test | all | bench | peers]" >&2
      exit 2
      ;;
  esac
  if ! command -v dpkg-query >/dev/null; then
    echo "install_packages.sh: no dpkg here; install by hand what CONTRIBUTING.md lists" >&2
    return
  fi
  install_missing "${packages[@]}"
  if [[ "$group" == all ]]; then
    # The sanitizers' libraries carry clang's version in their name.
    install_missing "libclang-rt-$(clang -dumpversion | cut -d. -f1)-dev"
  fi
}

main "$@"
