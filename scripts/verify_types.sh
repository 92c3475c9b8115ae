#!/usr/bin/env bash
# Fails unless every public name of both packages has a complete type, as pyright counts them, and shows what has none.
# Needs only the locked development tools: pyright and the Node.js that runs it are wheels.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
export PYTHONPATH=$PWD PYRIGHT_PYTHON_IGNORE_WARNINGS=1
report=$(mktemp)
trap 'rm -f "$report"' EXIT
incomplete=0
for package in mcda solvers; do
  # Types of other packages are not ours to complete. Without the environment pyright finds none and reports 0 %.
  "$python" -m pyright --pythonpath "$python" --ignoreexternal --verifytypes "$package" >"$report" 2>&1 || true
  score=$(sed -n 's/^Type completeness score: //p' "$report")
  symbols=$(sed -n "s/^Symbols exported by \"$package\": //p" "$report")
  if [ "$score" = 100% ] && [ "${symbols:-0}" -gt 100 ]; then
    printf '%s: 100%% of %s public names\n' "$package" "$symbols"
  else
    grep -q '^Symbols used in public interface:' "$report" || cat "$report"
    sed -n '/^Symbols used in public interface:/,/^Symbols exported/p' "$report"
    printf '%s: %s of %s public names, not 100%%\n' "$package" "${score:-no score}" "${symbols:-no}"
    incomplete=1
  fi
done
exit "$incomplete"
