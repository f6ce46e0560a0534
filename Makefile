# From a clean clone with Python 3.11 or newer and make alone. `make` lists what there is.
#
# Everything is installed into .venv, in place (editable). A stamp file remembers what was installed;
# it is done again when setup.cfg or pyproject.toml is newer. PYTHON=… chooses the interpreter.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PROJECT := setup.cfg pyproject.toml
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable
CANDIDATES := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python

PYTEST_ARGS ?=
BENCH_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help explore test browser lint format bench docs pictures clean

help:
	@echo 'make explore   install into .venv, show the bundled facts, answer a question, draw the network, serve it'
	@echo 'make test      run the tests (PYTEST_ARGS="-k name" chooses)'
	@echo 'make lint      ruff and mypy, as the build checks them'
	@echo 'make format    let ruff rewrite what it can'
	@echo 'make bench     measure against peers (BENCH_ARGS="--help" lists the choices)'
	@echo 'make docs      write docs/terms.md again from the ontology'
	@echo 'make pictures  take the pictures of the README again'
	@echo 'make clean     remove .venv and everything that was built'

explore: $(VENV)/.core
	@$(BIN)/factscape
	@echo
	@echo 'A question, answered by ontology/queries/zhipu-losses.rq:'
	@echo 'what did Zhipu lose in each period, and who says so?'
	@echo
	@$(BIN)/factscape query ontology/queries/zhipu-losses.rq
	@echo
	@$(BIN)/factscape view --output factscape.html
	@echo
	@echo 'Where to look next:'
	@echo '  factscape.html              the network: open it in a browser'
	@echo '  . $(BIN)/activate        then: factscape --help'
	@echo '  factscape lookup 智谱       the card of a thing: what is said of it, and who says so'
	@echo '  factscape sources           what was read, and what each source gave'
	@echo '  factscape init my-facts     start a folder of your own'
	@echo '  docs/looking.md             how to read a card, and the picture'
	@echo '  docs/asking.md              how to ask in SPARQL'
	@echo '  docs/serving.md             the same in the browser, and a SPARQL endpoint'
	@# Where somebody sits at a terminal, the explorer stays up until Ctrl-C.
	@if [ -t 0 ] && [ -t 1 ]; then echo; exec $(BIN)/factscape serve --port 0; fi

# Side by side, a file at a time: what the tests of a file share (a server, a page) is made once.
# The order is that of tests/conftest.py, which puts the long files first.
test: $(VENV)/.test browser
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 \
	  --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

# The pages are tested in a real Chromium. It is a program of the system, so it is installed only
# by root or when asked for (INSTALL_BROWSER=1); without it those tests are skipped, and say so.
# Debian's headless shell is that Chromium without windows: a page costs it less than half the time.
browser:
	@if command -v chromium-headless-shell >/dev/null; then exit 0; fi; \
	found=; for name in $(BROWSERS); do command -v "$$name" >/dev/null && found=$$name; done; \
	if [ "$$(id -u)" != 0 ] && [ -z "$(INSTALL_BROWSER)" ]; then \
	  [ -n "$$found" ] || echo 'no Chromium: the tests of the pages will be skipped (make test INSTALL_BROWSER=1 installs it)'; \
	  exit 0; \
	fi; \
	if ! command -v apt-get >/dev/null; then \
	  [ -n "$$found" ] || echo 'no Chromium and no apt-get: install Chromium with your own package manager' >&2; \
	  exit 0; \
	fi; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	echo 'installing Chromium'; \
	export DEBIAN_FRONTEND=noninteractive; \
	install="$$sudo apt-get install -y -qq --no-install-recommends fonts-noto-cjk"; \
	$$sudo apt-get update -qq >/dev/null; \
	$$install chromium-headless-shell >/dev/null 2>&1 || [ -n "$$found" ] || $$install chromium >/dev/null

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

# Not part of docs: it needs Chromium and a font with Chinese characters.
pictures: $(VENV)/.test browser
	@$(BIN)/python docs/draw_pictures.py

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
	@$(PIP) install --editable '.[serve]'
	@touch $@

$(VENV)/.test: $(VENV)/.made $(PROJECT)
	@echo 'installing what the tests need into $(VENV)'
	@$(PIP) install --editable '.[test]'
	@touch $(VENV)/.core $@

$(VENV)/.dev: $(VENV)/.made $(PROJECT)
	@echo 'installing what development needs into $(VENV)'
	@$(PIP) install --editable '.[dev]'
	@touch $(VENV)/.core $(VENV)/.test $@
