#!/usr/bin/env bash
# Fails on what CONTRIBUTING.md rules out and a search can find.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
broken=0

# forbid RULE PATTERN [FIND EXPRESSION...]: no C++ file that the expression picks may match.
forbid() {
  local rule="$1" pattern="$2" hits
  shift 2
  hits="$(find include src tests -type f \( -name '*.h' -o -name '*.cc' \) "$@" \
    -exec grep -nHE "$pattern" {} + || true)"
  if [[ -n "$hits" ]]; then
    printf '%s\n%s\n\n' "$rule" "$hits"
    broken=1
  fi
}

forbid "Boost.ProgramOptions stands in src/cli only:" '#include <boost/program_options' \
  -not -path 'src/cli/*'
forbid "spdlog stands in src/cli and src/app only:" '#include <spdlog/' \
  -path 'src/*' -not -path 'src/cli/*' -not -path 'src/app/*'
forbid "OpenMP stands in src/base/parallel.cc only:" '#pragma omp|#include <omp\.h>' \
  -path 'src/*' -not -path 'src/base/parallel.cc'
forbid "libraries never print and never exit:" \
  'std::(cout|cerr|clog|exit|abort|terminate|printf|fprintf|puts|fputs)\b|#include <iostream>' \
  \( -path 'src/*' -o -path 'include/*' \) -not -path 'src/cli/*'
forbid "warnings and lints are not switched off:" 'NOLINT|#pragma (GCC|clang) diagnostic'
forbid "what is left to do is an issue, not a comment:" '\b(TODO|FIXME|XXX)\b'
forbid "tests run side by side, so a test's files lie in a TemporaryFolder of its own:" \
  'TempDir\(\)' -path 'tests/*'

left="$(find . -not -path './.git/*' \( -name '*.orig' -o -name '*.rej' \))"
if [[ -n "$left" ]]; then
  printf 'left over from a merge:\n%s\n\n' "$left"
  broken=1
fi

while read -r lines file; do
  if [[ "$file" != total && "$lines" -gt 450 ]]; then
    printf 'a file holds one idea, in 450 lines at most: %s has %s\n' "$file" "$lines"
    broken=1
  fi
done < <(find include src tests -type f \( -name '*.h' -o -name '*.cc' \) -exec wc -l {} +)

exit "$broken"
