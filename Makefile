# The targets need only Python 3.11 or later, pip and make; everything else is installed in .venv.
# Every path is relative and needs no quotes, so that the folder may have any name.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m
LOCKED := install --quiet --disable-pip-version-check --no-deps

.PHONY: help demo test test-long test-newest test-lowest docs pictures lint types unit lock mutants \
  release-check documents bench-documents bench-lsp wheel-compiled test-compiled conformance manuals report \
  peers test-styles fuzz bench bench-conversion bench-hostile bench-checks bench-tidy bench-duplicates \
  lint-corpora pages imports dedupe clean
.DEFAULT_GOAL := help

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 18

demo: $(VENV)/.installed ## Set up .venv, and format a page of examples/
	@$(BIN)/python examples/demo.py
	@echo 'Activate the environment:  . $(BIN)/activate'
	@echo 'Then run:                  refcite cite examples/refs.bib --style apa'

test: lint types unit ## Set up .venv, and run ruff, mypy and pytest, in under ten minutes

test-long: $(VENV)/.developed $(VENV)/.browser docs ## Run the tests that take longer: all pairs, suites, pages
	@$(RUN) pytest -n 2 -m long

# The environments are created each time, because there may be newer releases.
test-newest: ## Run pytest with the newest releases of all dependencies, in a separate environment
	@rm -rf build/newest && $(PYTHON) -m tests.environment build/newest
	@build/newest/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@build/newest/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[docx,yaml,tables,marc,web,serve,journals,sphinx,mkdocs,lsp,dev]'
	@build/newest/bin/python -m pip list --disable-pip-version-check --format freeze | paste -sd ' '
	@REFCITE_SITE=build/none build/newest/bin/python -m pytest -n 2 -m 'not long'

# The lowest versions are those for Python 3.11.
OLDEST_PYTHON ?= python3.11
test-lowest: ## Run pytest with the oldest releases that pyproject.toml allows, on Python 3.11
	@rm -rf build/lowest && $(OLDEST_PYTHON) -m tests.environment build/lowest
	@build/lowest/bin/python -m pip $(LOCKED) --no-build-isolation --requirement requirements/lowest.txt
	@build/lowest/bin/python -m pip $(LOCKED) --no-build-isolation --editable .
	@REFCITE_SITE=build/none build/lowest/bin/python -m pytest -n 2 -m 'not long'

# No other tool than uv resolves for all versions of Python at once. Only this target needs it.
lock: ## Lock the newest releases of all dependencies, into requirements/
	@test -x build/uv/bin/python || $(PYTHON) -m tests.environment build/uv
	@build/uv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade uv
	@build/uv/bin/python -m tests.locking

# SEED and N select the mutants; ARGS may contain --only and --without, with the start of a path.
SEED ?= 1
N ?= 100
mutants: $(VENV)/.developed ## Change N=100 lines of the source, selected by SEED=1, and list changes that no test detects
	@$(RUN) tests.mutants --seed $(SEED) --count $(N) $(ARGS)

docs: $(VENV)/.developed ## Build the documentation into build/docs
	@$(RUN) sphinx -E -W --keep-going -q -b html docs build/docs
	@echo 'The documentation is in build/docs/index.html.'

pictures: $(VENV)/.developed $(VENV)/.browser ## Generate the pictures in docs/_static/pictures
	@$(RUN) tests.docs.pictures

lint: $(VENV)/.developed ## Run ruff
	$(RUN) ruff check .
	$(RUN) ruff format --check .

types: $(VENV)/.developed ## Run mypy, over the tests of the public types too
	$(RUN) mypy

unit: $(VENV)/.developed $(VENV)/.browser docs ## Run pytest: code, documentation, and the built site in Chromium
	$(RUN) pytest -n 2 -m 'not long'

release-check: $(VENV)/.developed ## Build sdist and wheel, and run the README's examples in an empty environment
	@rm -rf dist build/release && mkdir -p build/release/source
	@$(RUN) hatchling build -t sdist -d dist
	@tar -xzf dist/*.tar.gz -C build/release/source --strip-components 1
	@cd build/release/source && ../../../$(BIN)/python -m hatchling build -t wheel -d ../../../dist
	@$(PYTHON) -m venv --without-pip build/release/environment
	@$(PYTHON) -m pip --python build/release/environment/bin/python install --quiet \
	  --disable-pip-version-check dist/*.whl
	@$(RUN) tests.release build/release/environment

# Building needs a C compiler and Python's headers (Debian: gcc python3-dev).
wheel-compiled: $(VENV)/.developed ## Build a wheel with a compiled citation processor, into dist/compiled
	@rm -rf dist/compiled
	@HATCH_BUILD_HOOK_ENABLE_CUSTOM=true $(RUN) hatchling build -t wheel -d dist/compiled

# The tests import the installed wheel. The doctests of modules would import the source; `unit` runs them.
test-compiled: wheel-compiled ## Run pytest and the conformance tests with the compiled wheel, in a separate environment
	@rm -rf build/compiled && $(PYTHON) -m tests.environment build/compiled
	@build/compiled/bin/python -m pip $(LOCKED) --no-build-isolation --requirement requirements/test.txt
	@build/compiled/bin/python -m pip $(LOCKED) dist/compiled/*.whl
	@build/compiled/bin/refcite --version | grep compiled
	@REFCITE_SITE=build/none build/compiled/bin/python -m pytest -n 2 -m 'not long' tests
	@build/compiled/bin/python -m tests.csl.conformance

conformance: $(VENV)/.developed ## Compare with the CSL test suite and with citeproc-js
	@$(RUN) tests.csl.conformance

manuals: $(VENV)/.developed ## Compare with the examples in the styles' manuals
	@$(RUN) tests.csl.manuals

report: $(VENV)/.developed ## The same with citeproc-py and the peers, and update docs/conformance.md
	@$(RUN) tests.csl.conformance --report
	-@$(MAKE) --no-print-directory peers ARGS=--report

# The peers are not dependencies of refcite or of its tests. The command lists those that are missing.
peers: $(VENV)/.developed build/peers/pypandoc ## Compare with citeproc-js and pandoc; ARGS may be a file of items
	@test -d node_modules/citeproc || ! command -v npm >/dev/null \
	  || npm install --no-save --no-package-lock --silent citeproc@2.4.63 || true
	@$(RUN) tests.csl.peers $(ARGS)

documents: $(VENV)/.developed build/peers/pypandoc ## Compare rendered documents with pandoc; ARGS may be names of documents
	@$(RUN) tests.documents.peers $(ARGS)

bench-lsp: $(VENV)/.developed ## Time the answers of the language server, with 10,000 entries and a long document
	@$(RUN) benchmarks.lsp

bench-documents: $(VENV)/.developed build/peers/pypandoc ## Time a book in Markdown, compared with pandoc
	@$(RUN) benchmarks.documents

build/peers/pypandoc:
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check \
	  --no-deps --target build/peers pypandoc_binary==1.17 || true

test-styles: $(VENV)/.developed ## Render sample works in every published style
	@$(RUN) tests.csl.styles

# atheris has no wheels for every Python and machine; without it only large inputs are tried.
SECONDS ?= 600
fuzz: $(VENV)/.developed ## Run every reader on broken input, for SECONDS=600
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check \
	  --only-binary=:all: atheris || true
	@$(RUN) tests.fuzz --seconds $(SECONDS)

# citeproc-js is measured if npm can install it.
bench: $(VENV)/.developed ## Measure speed, compared with other programs, and update benchmarks/README.md
	@test -d node_modules/citeproc || ! command -v npm >/dev/null \
	  || npm install --no-save --no-package-lock --silent citeproc@2.4.63 || true
	@$(RUN) benchmarks.bibliography --write

# The other programs are not dependencies of refcite or of its tests.
bench-conversion: $(VENV)/.developed ## Time BibTeX to CSL-JSON, compared with other programs
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --disable-pip-version-check \
	  pybtex pypandoc_binary || echo 'pip could not install pybtex and pandoc; they are skipped.'
	@if command -v npm >/dev/null && command -v node >/dev/null; then \
	  npm install --silent --no-save --prefix benchmarks \
	  @citation-js/core @citation-js/plugin-bibtex @citation-js/plugin-csl \
	  || echo 'npm could not install citation-js; it is skipped.'; \
	  else echo 'node and npm are not installed; citation-js is skipped.'; fi
	@$(BIN)/python benchmarks/conversion.py 10000
	@$(BIN)/python benchmarks/conversion.py 100000 --rounds 1 --only refcite --only bibtexparser

bench-hostile: $(VENV)/.developed ## Time texts that are constructed to be slow
	@$(RUN) benchmarks.hostile
	@$(RUN) benchmarks.patterns

bench-tidy: $(VENV)/.developed ## Compare the time of tidying with that of reading
	@$(RUN) benchmarks.tidying

bench-checks: $(VENV)/.developed ## Compare the time of a check with that of reading
	@$(RUN) benchmarks.checks

# ARGS may be --sample CODE N --seed S. REFCITE_SHARED names the folder with the corpora.
lint-corpora: $(VENV)/.developed ## Check real files with all rules, and print the counts by code
	@$(RUN) tests.lint_corpora $(ARGS)

# PAGES is a folder of pages with a gold.json. The times of htmldate are printed if it is installed.
pages: $(VENV)/.developed ## Compare dates, titles and authors read from real pages with known ones
	@$(RUN) benchmarks.pages $(PAGES)

# The tests are not part of the repository: REFCITE_IMPORTS or REFCITE_SHARED names their folder.
imports: $(VENV)/.developed ## Compare with Zotero's import tests; ARGS may be --report
	@$(RUN) tests.imports $(ARGS)

# The sets are not part of the repository: REFCITE_DEDUPE or REFCITE_SHARED names their folder.
dedupe: $(VENV)/.developed ## Find duplicates in sets that persons have marked, compared with bib-dedupe
	@test -x build/bib-dedupe/bin/python || $(PYTHON) -m tests.environment build/bib-dedupe
	@build/bib-dedupe/bin/python -m pip install --quiet --disable-pip-version-check \
	  bib-dedupe || echo 'pip could not install bib-dedupe; it is skipped.'
	@$(RUN) tests.dedupe

bench-duplicates: $(VENV)/.developed ## Time the search for duplicates in up to 100,000 records
	@$(RUN) benchmarks.duplicates

clean: ## Remove the files that make created
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Debian's python3 may lack ensurepip; the system's pip then installs into the environment.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'refcite needs Python 3.11 or later: make PYTHON=python3.11' >&2; exit 1; }
	@$(PYTHON) -m tests.environment $(VENV)

# Only releases that the lock files name are installed, or build: pip's resolver and isolated builds
# are disabled.
$(VENV)/.installed: pyproject.toml requirements/demo.txt | $(VENV)/bin/python
	@echo 'Setting up $(VENV) …'
	@$(RUN) pip $(LOCKED) --no-build-isolation --requirement requirements/demo.txt
	@$(RUN) pip $(LOCKED) --no-build-isolation --editable .
	@touch $@

$(VENV)/.developed: pyproject.toml requirements/test.txt $(VENV)/.installed
	@$(RUN) pip $(LOCKED) --no-build-isolation --requirement requirements/test.txt
	@touch $@

# Playwright controls the system's Chromium. If it cannot be installed, the browser's tests are skipped.
$(VENV)/.browser: requirements/browser.txt $(VENV)/.installed
	@$(RUN) pip $(LOCKED) --only-binary :all: --requirement requirements/browser.txt \
	  || echo 'Playwright is not installed: the tests in a browser will be skipped.'
	@touch $@
