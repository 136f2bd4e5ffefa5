# make demo   sets everything up and does the main job on the example school
# make test   sets everything up and runs all tests
# make quick  the same without LibreOffice, Java and other programs: style, types, everything that is quick
# make windows PYTHON_EMBED=python-3.13.2-embed-amd64.zip   makes the archive for Windows in dist/
# make coverage  all tests, and which lines none of them reaches; fails below the floor in pyproject.toml
# make mutants  puts small mistakes into the code and sees whether the tests notice; MUTANTS="--each 30 cases.costs" for more
# make bench  measures a build against the plain way and writes the table into docs/speed.md
# On Windows, where make is rare, the README gives the same in two lines of PowerShell.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
RUN    := $(BIN)/sendpack

.PHONY: demo test tests quick tests-quick coverage mutants bench windows check-style check-quickly check-types templates clean help

help:
	@sed -n '1,8p' Makefile | cut -c3-

# The program with what it needs. A missing venv module is said in plain words.
$(VENV)/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "sendpack needs Python 3.11 or newer; $(PYTHON) is older. Name another: make PYTHON=python3.12 demo"; exit 3; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "This Python cannot make a virtual environment. On Debian or Ubuntu: sudo apt install python3-venv"; exit 3; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# What tests need besides.
$(VENV)/.ready-dev: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(VENV)/.ready
	@echo "== 1. What is on this machine"
	@$(RUN) doctor
	@echo; echo "== 2. Check the example school"
	@$(RUN) check --errors
	@echo; echo "== 3. Make every document of every pupil"
	@$(RUN) build
	@echo; echo "== 4. Make one complete submission to the local authority"
	@$(RUN) bundle ada-brown
	@echo; echo "Look at:"
	@echo "  output/ada-brown/support-plan.pdf and .docx       a plan that parents sign"
	@echo "  output/ada-brown/submission/bundle.pdf            the numbered, linked bundle"
	@echo "  cases/ada-brown/                                  the small files it was all made from"
	@echo "Next: $(RUN) check ada-brown, $(RUN) status, and the README."

# Types are checked beside the tests: that takes one core alone, and a quarter of a minute.
test: $(VENV)/.ready-dev check-quickly
	@$(MAKE) --no-print-directory -j2 check-types tests

tests: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

coverage: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --cov --cov-report=term \
	  --ignore=tests/cli/test_start.py --ignore=tests/test_mutants.py  # what a start loads, and mutants: measuring changes both

quick: $(VENV)/.ready-dev check-quickly
	@$(MAKE) --no-print-directory -j2 check-types tests-quick

tests-quick: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n auto --dist loadfile --quick

mutants: $(VENV)/.ready-dev
	$(BIN)/python -m tests.mutants $(MUTANTS)

bench: $(VENV)/.ready-dev
	$(BIN)/python -m tests.bench.bench_build --readme

# PYTHON_EMBED is the embeddable Python for 64-bit Windows of python.org; its files are pinned in tools/windows/python.sha256.
windows: $(VENV)/.ready-dev
	@$(BIN)/python -m tools.windows make --python "$(PYTHON_EMBED)"

check-style: check-quickly check-types

check-quickly: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

check-types: $(VENV)/.ready-dev
	$(BIN)/mypy

templates: $(VENV)/.ready-dev
	$(BIN)/python -m templates.source

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache output/*/ build dist
