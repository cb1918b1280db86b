# Everything a newcomer needs: `make demo` shows the product, `make test` checks it. Each sets itself up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JOBS ?= auto

.PHONY: demo test lint types contracts unit setup clean constraints

setup: $(READY)

# uv takes an override that pip has not: PyICU has no wheels, so its wheel-only twin stands in and nothing is compiled.
$(READY): pyproject.toml requirements/constraints.txt requirements/overrides.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Shellgame needs Python 3.11 or newer; try make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: -c requirements/constraints.txt uv
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --only-binary :all: -c requirements/constraints.txt \
	    --override requirements/overrides.txt --group dev -r pyproject.toml pyicu-wheels hatchling editables
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src
	$(BIN)/python -m shellgame.resolve.warming
	touch $@

demo: $(READY)
	$(BIN)/shellgame demo --into demo --table

test: lint types contracts unit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

unit: $(READY)
	$(BIN)/pytest -n $(JOBS) $(ARGS)

# Write the pins anew from what is installed now.
constraints: $(READY)
	$(BIN)/uv pip freeze --python $(BIN)/python --exclude-editable > requirements/constraints.txt

clean:
	rm -rf $(VENV) demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
