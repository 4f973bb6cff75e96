# `make run` opens the chat page, `make test` proves the project. Both make .venv on the first call.
HOST ?= 127.0.0.1
PORT ?= 7860
BIN := .venv/bin
export HOST PORT

.PHONY: run test lint bench clean

run: .venv/installed
	@$(BIN)/assistant serve

test: .venv/installed-dev
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest -m 'not slow and not browser' --numprocesses auto --dist loadfile
	@$(BIN)/python -m pytest -m 'browser and not slow'

lint: .venv/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: .venv/installed-dev
	@$(BIN)/python -m evals.bench
	@$(BIN)/python -m ui.web.bench

clean:
	rm -rf .venv .data

.venv/installed: pyproject.toml
	@sh .ci/setup.sh '.[page,mcp,ocr]'
	@touch $@

.venv/installed-dev: pyproject.toml
	@sh .ci/setup.sh '.[dev,ocr]'
	@touch $@ .venv/installed
