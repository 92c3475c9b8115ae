# Needs Python 3.11 or newer, git and make; each target does its own set-up and is quick when repeated.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV ?= .venv
PIP = $(VENV)/bin/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test types browser check bench bench-smoke bench-scoring bench-weights bench-library lock clean

demo: $(VENV)/.ready-to-run
	$(VENV)/bin/mcda demo

test: $(VENV)/.ready-to-test
	$(VENV)/bin/python -m pytest -n auto

# Every public name of both packages has a complete type: fails below 100 %, and shows what has none.
types: $(VENV)/.ready-to-test
	PYTHON=$(VENV)/bin/python bash scripts/verify_types.sh

# Chromium from Debian's packages, for the tests that open the Board pack in a real browser.
browser:
	bash tests/browser/install.sh

# Everything that continuous integration checks, in one command.
check:
	bash .ci/run

$(VENV)/bin/python:
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed and was not found on PATH."; exit 1; fi
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready-to-run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up (once): installing the locked dependencies into $(VENV)"
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-build-isolation --no-deps --editable .
	@echo "Compiling our own solver (once): a minute or two"
	@$(VENV)/bin/mcda doctor --warm >/dev/null
	@touch $@

$(VENV)/.ready-to-test: requirements/dev.txt $(VENV)/.ready-to-run
	@echo "Setting up (once): installing the locked development tools into $(VENV)"
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# Measures scoring (weights; batches, reading and reports) against a floor and against other libraries, and writes docs/performance/scoring.md
# (weights.md, library.md). Other libraries count where they are installed: the dependency group "peers" of pyproject.toml.
bench-scoring bench-weights bench-library: bench-%: $(VENV)/.ready-to-test
	$(VENV)/bin/python -m benchmarks.measure $*

# The whole measurement in one run: the suites above, then every solver on generated sets, on the example decisions and on
# what FOLDER holds (`make bench FOLDER=path/to/instances`), by benchmarks/full.toml. Writes docs/performance/scoring.md,
# weights.md, library.md and solvers.md. Goes on where it was stopped; OUT names where the runs are kept.
OUT ?= out/bench
bench: $(VENV)/.ready-to-test
	$(VENV)/bin/python -m benchmarks.measure scoring
	$(VENV)/bin/python -m benchmarks.measure weights
	$(VENV)/bin/python -m benchmarks.measure library
	$(VENV)/bin/python -m benchmarks.sweep --out $(OUT) $(if $(FOLDER),--folder $(FOLDER))

# The same code on tiny problems, in seconds; part of `make test`.
bench-smoke: $(VENV)/.ready-to-test
	$(VENV)/bin/python -m pytest -q benchmarks

# Rewrites the lock files from pyproject.toml (maintainers only; needs the network).
lock: | $(VENV)/bin/python
	$(PIP) install uv
	bash requirements/lock.sh $(VENV)/bin/uv

clean:
	rm -rf .venv* build dist out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
