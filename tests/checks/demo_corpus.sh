#!/usr/bin/env bash
# Fails where data/ holds anything but what its generator draws; exit 77 (skipped) without Python.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if ! command -v python3 >/dev/null; then
  echo "skipped: no python3 here"
  exit 77
fi
python3 -B scripts/make_demo_corpus.py --check
