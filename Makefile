# `make run` opens the chat page, `make test` proves the project, `make help` lists what else there is.
# Each makes .venv on its first call, and again where pyproject.toml or requirements.lock has changed.
HOST ?= 127.0.0.1
PORT ?= 7860
BIN := .venv/bin
# Percent of the lines of corpus that its tests must run: 89 were measured.
COVERED := 86
export HOST PORT

.PHONY: run test test-slow lint fmt docs coverage lock bench ci clean help

run: .venv/installed ## Open the chat page; HOST and PORT change its address.
	@$(BIN)/assistant serve

test: .venv/installed-dev ## Run the tests, those in a browser last.
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest -m 'not slow and not browser' --numprocesses auto --dist loadfile
	@$(BIN)/python -m pytest -m 'browser and not slow'

test-slow: .venv/installed-dev ## Run the tests that take long, those in a browser last.
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest -m 'slow and not longest and not browser' --numprocesses auto --dist loadfile
	@$(BIN)/python -m pytest -m 'slow and not longest and browser'

lint: .venv/installed-dev ## Check style, format, types, dependencies, who imports whom, and the lock file.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/deptry .
	@$(BIN)/lint-imports
	@$(BIN)/python .ci/check_lock.py

fmt: .venv/installed-dev ## Mend what ruff can mend by itself, and lay out the code.
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: .venv/installed-dev ## Check what the documents name, and build them as a site in build/site.
	@$(BIN)/python -m pytest tests/test_docs_paths.py tests/test_docs_commands.py tests/test_site.py
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

coverage: .venv/installed-dev ## Count the lines of corpus that its tests run, and hold the floor.
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest tests/corpus -m 'not slow and not browser' --cov=corpus --cov-report=
	@$(BIN)/coverage report --skip-covered --fail-under=$(COVERED)

lock: .venv/installed-dev ## Write requirements.lock anew; UPGRADE=--upgrade takes the newest versions.
	@sh .ci/lock.sh $(UPGRADE)

bench: .venv/installed-dev ## Measure speed on this machine: reading, embedding, the page.
	@$(BIN)/python -m evals.bench
	@$(BIN)/python -m ui.web.bench

ci: ## Do what continuous integration does, in a fresh .venv; takes most of an hour.
	@bash .ci/run

clean: ## Delete .venv and .data: the index, chats, accounts and settings too.
	rm -rf .venv .data

help: ## List these targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.venv/installed: pyproject.toml requirements.lock
	@sh .ci/setup.sh '.[page,mcp,ocr]'
	@touch $@

.venv/installed-dev: pyproject.toml requirements.lock
	@sh .ci/setup.sh '.[dev,ocr]'
	@touch $@ .venv/installed
