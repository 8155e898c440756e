# Allegata. `make help` lists the targets. Everything is installed into .venv from hashed requirements files.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
STORE := demo/demo.db

# One BLAS thread a process: the matrices are small, more threads only spin.
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1

.DEFAULT_GOAL := help
.PHONY: help install demo serve test lint types tests evals bench lock clean chromium

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

install: $(VENV)/.dev ## make .venv with the package (editable), its dependencies and the developers' tools

demo: $(VENV)/.runtime ## read the examples into a fresh store and show what was found
	@examples/demo

serve: $(VENV)/.runtime ## open the demo's store in the browser (http://127.0.0.1:8008)
	@test -f $(STORE) || examples/demo
	$(BIN)/allegata serve --store $(STORE)

test: lint types tests ## lint, types and tests: what CI runs

lint: $(VENV)/.dev ## ruff: rules and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## mypy --strict over src
	$(BIN)/mypy

tests: $(VENV)/.dev chromium ## pytest, on two processes
	$(BIN)/pytest -n 2 --dist loadfile

evals: $(VENV)/.dev ## every figure of quality against its pinned floor
	nice -n 10 $(BIN)/python -m evals

bench: $(VENV)/.dev ## every figure of speed against its pinned floor
	$(BIN)/python -m benchmarks

lock: $(VENV)/.dev ## compile the hashed requirements files anew from pyproject.toml
	.ci/lock

clean: ## remove the demo's store and caches (not .venv)
	rm -rf demo .pytest_cache .mypy_cache .ruff_cache .hypothesis

chromium: # for the tests of the pages
	@.ci/system chromium

$(BIN)/python:
	@.ci/system venv $(PYTHON)
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt requirements/build.txt pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV); this takes a minute or two."
	@$(PIP) install --require-hashes -r requirements/build.txt
	@$(PIP) install --require-hashes -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@
