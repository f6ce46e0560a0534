# From a clean clone with Python 3.11 or newer and make alone. `make` lists what there is.
#
# Everything is installed into .venv, in place (editable). A stamp file remembers what was installed;
# it is done again when setup.cfg or pyproject.toml is newer. PYTHON=… chooses the interpreter.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PROJECT := setup.cfg pyproject.toml
CANDIDATES := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python

PYTEST_ARGS ?=
BENCH_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help explore test lint format bench docs clean

help:
	@echo 'make explore   install into .venv, show the bundled facts and one answered question'
	@echo 'make test      run the tests (PYTEST_ARGS="-k name" chooses)'
	@echo 'make lint      ruff and mypy, as the build checks them'
	@echo 'make format    let ruff rewrite what it can'
	@echo 'make bench     measure against peers (BENCH_ARGS="--help" lists the choices)'
	@echo 'make docs      write docs/terms.md again from the ontology'
	@echo 'make clean     remove .venv and everything that was built'

explore: $(VENV)/.core
	@$(BIN)/factscape
	@echo
	@echo 'A question, answered by ontology/queries/zhipu-losses.rq:'
	@echo 'what did Zhipu lose in each period, and who says so?'
	@echo
	@$(BIN)/factscape query ontology/queries/zhipu-losses.rq
	@echo
	@echo 'Where to look next:'
	@echo '  . $(BIN)/activate           then: factscape --help'
	@echo '  factscape sources           what was read, and what each source gave'
	@echo '  factscape init my-facts     start a folder of your own'
	@echo '  README.md, docs/asking.md   how to ask, in SPARQL and in Python'

test: $(VENV)/.test
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.core
	@$(BIN)/python -m bench $(BENCH_ARGS)

docs: $(VENV)/.core
	@$(BIN)/python docs/generate_terms.py

clean:
	rm -rf .venv build dist graph/factscape.egg-info .coverage htmlcov
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find bench docs facts graph ontology tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Debian keeps venv and ensurepip in a package of their own, so they are asked for as well.
$(VENV)/.made:
	@for python in $(CANDIDATES); do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "creating $(VENV) with $$("$$python" --version) ($$python)"; \
	    "$$python" -m venv $(VENV) && touch $@; exit; \
	  fi; \
	done; \
	echo 'make: no Python 3.11 or newer with its venv module was found (looked for: $(CANDIDATES)).' >&2; \
	echo '  Install one (Debian, Ubuntu: apt install python3 python3-venv) or name it: make PYTHON=/path/to/python3' >&2; \
	exit 1

$(VENV)/.core: $(VENV)/.made $(PROJECT)
	@echo 'installing factscape into $(VENV) (the first time takes a minute)'
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.made $(PROJECT)
	@echo 'installing what the tests need into $(VENV)'
	@$(PIP) install --editable '.[test]'
	@touch $(VENV)/.core $@

$(VENV)/.dev: $(VENV)/.made $(PROJECT)
	@echo 'installing what development needs into $(VENV)'
	@$(PIP) install --editable '.[dev]'
	@touch $(VENV)/.core $(VENV)/.test $@
