# `make align` sets everything up and aligns the sample notes; `make test` runs all tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
NOTES := $(wildcard data/notes/*.txt)

.PHONY: align test quick check bench clean

align: $(NOTES:data/notes/%.txt=out/%.tmx)

out/%.tmx: data/notes/%.txt $(VENV)/installed FORCE
	@mkdir -p out
	@$(BIN)/aligner align $< -o $@

test: $(VENV)/installed-dev
	$(BIN)/pytest

# The tests that need no other program, process or network: under a minute.
quick: $(VENV)/installed-dev
	$(BIN)/pytest -m "not slow"

check: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

# The development set is not part of the project; DEV names its folder.
DEV ?= ../shared/dev-literary
bench: $(VENV)/installed-dev
	$(PIP) --editable '.[bench]'
	$(BIN)/python benchmarks/note.py
	$(BIN)/python benchmarks/review.py
	$(BIN)/python benchmarks/formats.py
	$(BIN)/python benchmarks/renderings.py
	$(BIN)/python benchmarks/ocr.py
	$(BIN)/python benchmarks/memory.py
	$(BIN)/python benchmarks/encode.py $(DEV)
	$(BIN)/python benchmarks/models.py $(DEV)
	$(BIN)/python benchmarks/compare.py $(DEV)
	$(BIN)/python benchmarks/ablation.py $(DEV)
	$(BIN)/python benchmarks/threshold.py $(DEV)
	$(BIN)/python benchmarks/growth.py $(DEV)
	$(BIN)/python benchmarks/store.py
	$(BIN)/python benchmarks/batch.py
	$(BIN)/python benchmarks/fuzz.py

clean:
	rm -rf $(VENV) out build dist

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("aligner needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing aligner into $(VENV); this takes a minute or two."
	$(PIP) --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(PIP) --editable '.[dev]'
	@touch $@

FORCE:
