#!/usr/bin/env bash
# Writes the lock files. Usage: requirements/lock.sh PATH_TO_UV
#   run.txt     what `mcda` needs to run, with compiled kernels, newest versions, and the build back end for the editable install
#   dev.txt     the same plus test, lint and type tools and every extra
#   lowest.txt  the lowest versions that pyproject.toml allows, with the newest test tools
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$1
plain=(--quiet --no-emit-index-url --no-header --no-annotate --python-version 3.11)
"$uv" pip compile "${plain[@]}" --universal --generate-hashes --upgrade pyproject.toml --all-extras --group dev -o requirements/dev.txt
printf 'editables\nhatchling\n' |
    "$uv" pip compile "${plain[@]}" --universal --generate-hashes -c requirements/dev.txt pyproject.toml --extra fast - -o requirements/run.txt
"$uv" pip compile "${plain[@]}" --resolution lowest-direct pyproject.toml --all-extras |
    "$uv" pip compile "${plain[@]}" --generate-hashes --upgrade --no-deps - -o requirements/lowest.txt
"$uv" pip compile "${plain[@]}" --generate-hashes --upgrade -c requirements/lowest.txt pyproject.toml --all-extras --group test -o requirements/lowest.txt
