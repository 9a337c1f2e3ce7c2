# shellcheck shell=bash
# For the bench_*.sh scripts, which source it: packages and the program. Sets `root`, the project's
# folder; prepare sets `program` and `arguments`.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

# prepare GROUP ARGUMENT...: installs what the group of install_packages.sh lacks and builds the
# program into build/release, unless the arguments have --program FILE. `program` is where it is,
# `arguments` what is left of the arguments.
prepare() {
  local group="$1"
  shift
  program=
  arguments=()
  while [[ $# -gt 0 ]]; do
    case "$1" in
      --program)
        program="${2:?--program needs a file}"
        shift
        ;;
      --program=*) program="${1#*=}" ;;
      *) arguments+=("$1") ;;
    esac
    shift
  done
  "$root/scripts/install_packages.sh" "$group"
  if [[ -z "$program" ]]; then
    build_program >&2
    program="$root/build/release/svi-lda"
  fi
}

build_program() {
  if [[ ! -f "$root/build/release/build.ninja" ]]; then
    cmake -S "$root" --preset release -DBUILD_TESTING=OFF
  fi
  cmake --build "$root/build/release" --parallel "$(nproc)" --target svi-lda
}
