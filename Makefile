# make run: the page on 127.0.0.1:7860. make test: the whole test suite. Both set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
export HF_HUB_OFFLINE := 1

.PHONY: run test check format eval bench clean

run: $(INSTALLED)
	@$(BIN)/python -m assistant index verify >/dev/null 2>&1 || $(BIN)/python -m assistant index build
	@$(BIN)/python app.py

test: $(INSTALLED)
	@$(BIN)/python -m pytest

check: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@$(MAKE) --no-print-directory test

format: $(INSTALLED)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: $(INSTALLED)
	@$(BIN)/python -m assistant index verify >/dev/null 2>&1 || $(BIN)/python -m assistant index build
	$(BIN)/python -m assistant eval run --out evals/results/latest
	$(BIN)/python -m assistant eval compare evals/baseline evals/results/latest

bench: $(INSTALLED)
	$(BIN)/python evals/benchmarks/budgets.py

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) index/generations index/cache index/CURRENT var
