# Only Python 3.11 or later, pip and make are needed; all else goes into .venv.
# Every path is relative and quoted by being simple, so that the folder may have any name.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m

.PHONY: help demo test lint types unit conformance report test-styles fuzz bench bench-conversion \
  clean
.DEFAULT_GOAL := help

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

demo: $(VENV)/.installed ## Set up, and run the main job on examples/
	@$(BIN)/python examples/demo.py

test: lint types unit ## Set up, and run everything that must hold

lint: $(VENV)/.developed
	$(RUN) ruff check .
	$(RUN) ruff format --check .

types: $(VENV)/.developed
	$(RUN) mypy

unit: $(VENV)/.developed
	$(RUN) pytest -n 2

conformance: $(VENV)/.developed ## Compare with the CSL test suite and with citeproc-js
	@$(RUN) tests.csl.conformance

report: $(VENV)/.developed ## The same, with citeproc-py, into docs/conformance.md
	@$(RUN) tests.csl.conformance --report

test-styles: $(VENV)/.developed ## Render sample works in every published style
	@$(RUN) tests.csl.styles

# atheris has no wheels for every Python and machine; without it only large inputs are tried.
SECONDS ?= 600
fuzz: $(VENV)/.developed ## Feed every reader with broken input, for SECONDS=600
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check \
	  --only-binary=:all: atheris || true
	@$(RUN) tests.fuzz --seconds $(SECONDS)

# citeproc-js is measured where npm can fetch it.
bench: $(VENV)/.developed ## Measure speed, with peers, into benchmarks/README.md
	@test -d node_modules/citeproc || ! command -v npm >/dev/null \
	  || npm install --no-save --no-package-lock --silent citeproc@2.4.63 || true
	@$(RUN) benchmarks.bibliography --write

# The peers it is measured against are no dependencies of refcite, not even for its tests.
bench-conversion: $(VENV)/.developed ## Time BibTeX to CSL-JSON beside other programs
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check \
	  pybtex pypandoc_binary
	@if command -v npm >/dev/null; then npm install --silent --no-save --prefix benchmarks \
	  @citation-js/core @citation-js/plugin-bibtex @citation-js/plugin-csl; fi
	@$(BIN)/python benchmarks/conversion.py 10000
	@$(BIN)/python benchmarks/conversion.py 100000 --rounds 1 --only refcite --only bibtexparser

clean: ## Remove what was set up
	rm -rf $(VENV) dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Debian's python3 may lack ensurepip; the machine's own pip then fills the environment.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'refcite needs Python 3.11 or later: make PYTHON=python3.11' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo 'Setting up $(VENV) …'
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.developed: pyproject.toml $(VENV)/.installed
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
