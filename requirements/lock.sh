#!/usr/bin/env bash
# Writes the lock files. Usage: requirements/lock.sh PATH_TO_UV
#   run.txt     what `mcda` needs to run, newest versions, and the build back end for the editable install
#   dev.txt     the same plus test, lint and type tools and every extra
#   lowest.txt  the lowest versions that pyproject.toml allows, with the newest test tools
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$1
options=(--quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11)
"$uv" pip compile "${options[@]}" --upgrade pyproject.toml --all-extras --group dev -o requirements/dev.txt
printf 'editables\nhatchling\n' | "$uv" pip compile "${options[@]}" -c requirements/dev.txt pyproject.toml - -o requirements/run.txt
"$uv" pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 \
    --resolution lowest-direct pyproject.toml --extra fast -o requirements/lowest.txt
