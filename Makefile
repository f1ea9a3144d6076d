# make run    serve the app on http://HOST:PORT
# make test   make lint, then every test: unit, pages, browser; in two processes
# make lint   ruff, and who may import whom
# make mutants  make mistakes in a copy of the code, and see which the tests catch; slow, and no part of make test
# make format rewrite the code as ruff wants it
# Each makes .venv and installs what it needs first, once.
#
# Variables: PYTHON=python3.12  HOST=0.0.0.0  PORT=8502
#   PROCESSES=0   tests in this many processes; 0 in one that a debugger can stop in
#   ARGS=...      more arguments for streamlit or pytest, such as ARGS="-k link" or ARGS="--server.fileWatcherType=auto"
#   BASE=HEAD~1   make mutants: on the lines that changed since this revision
#   SAMPLE=100 SEED=1  or on so many lines, drawn from all folders of playground/
#   PIP_ARGS=...  more arguments for pip, such as the index of PyTorch's CPU wheels

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8501
PROCESSES ?= 2
ARGS ?=
BASE ?= HEAD~1
SAMPLE ?= 0
SEED ?= 1
PIP_ARGS ?=

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check $(PIP_ARGS)

.DEFAULT_GOAL := run
.PHONY: run test lint mutants format clean

run: .venv/installed
	@exec $(BIN)/python -m streamlit run app.py --server.address $(HOST) --server.port $(PORT) $(ARGS)

test: lint
	@$(BIN)/python -m pytest --numprocesses $(PROCESSES) $(ARGS)

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo --no-cache

mutants: .venv/installed-dev
	@$(BIN)/python -m tests.mutants --base $(BASE) --sample $(SAMPLE) --seed $(SEED)

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv .pytest_cache .ruff_cache test-results

.venv/installed: requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, and there is no '$(PYTHON)' here."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, and $(PYTHON) is %d.%d: name a newer one, as in PYTHON=python3.12." % sys.version_info[:2])'
	$(PYTHON) -m venv .venv
	$(INSTALL) -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(INSTALL) -r requirements-dev.txt
	@touch $@
