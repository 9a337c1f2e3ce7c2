#!/usr/bin/env bash
# Fails where a C++ file is not as clang-format writes it; exit 77 (skipped) without Debian 12's
# clang-format, since other versions write other spaces.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

formatter=
for candidate in clang-format-14 clang-format; do
  if command -v "$candidate" >/dev/null && [[ "$("$candidate" --version)" == *"version 14."* ]]; then
    formatter="$candidate"
    break
  fi
done
if [[ -z "$formatter" ]]; then
  echo "skipped: no clang-format 14 here"
  exit 77
fi

mapfile -d '' files < <(find include src tests -type f \( -name '*.h' -o -name '*.cc' \) -print0)
"$formatter" --dry-run -Werror "${files[@]}"
echo "${#files[@]} files are as clang-format writes them"
