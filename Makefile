# Every command of the project: `make help` lists them. Needs make and Python 3.11 or newer, nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
JOBS ?= 2
MARKS ?= not drill and not bench
ARGS ?=
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
RUN := .venv/.requirements
DEV := .venv/.requirements-dev
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

DEMO = DJANGO_SETTINGS_MODULE=config.settings.demo SITE_URL=http://127.0.0.1:$(PORT)
LOAD_DEMO = $(BIN)/python tools/messages.py compile; $(MANAGE) migrate --verbosity 0; $(MANAGE) load_vocabularies; \
	$(MANAGE) setup_site; $(MANAGE) load_demo

.PHONY: help install demo test check lint types imports migrations templates catalogues messages format bench bench-1m relevance screenshots drill lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

install: $(DEV) ## make .venv with everything development needs

demo: $(RUN) ## load the demo content and serve it on 127.0.0.1:PORT (default 8000)
	@export $(DEMO); \
	$(LOAD_DEMO); \
	exec $(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

test: $(DEV) ## run the tests on SQLite, or on the database DATABASE_URL names (ARGS="-k word" for some of them)
	$(BIN)/python tools/messages.py compile
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "$(MARKS)" $(ARGS)

check: lint types imports migrations templates catalogues ## run every check that is not a test

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

imports: $(DEV)
	PYTHONPATH=site $(BIN)/lint-imports

migrations: $(DEV)
	$(MANAGE) makemigrations --check --dry-run --settings config.settings.test
	$(MANAGE) check --fail-level WARNING --settings config.settings.test

templates: $(DEV)
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python tools/templates.py

catalogues: $(DEV)
	$(BIN)/python tools/messages.py check

messages: $(DEV) ## bring the message catalogues level with code and templates
	$(BIN)/python tools/messages.py update

format: $(DEV) ## put code into the house's shape
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

bench: $(DEV) ## measure: run the benchmarks one after the other and print their figures
	$(BIN)/python -m pytest -s -m bench tests/benchmarks --ignore tests/benchmarks/test_million.py $(ARGS)

bench-1m: $(DEV) ## measure searches among a million entries on Elasticsearch (ELASTICSEARCH_URL), which keeps them
	$(BIN)/python -m pytest -s -m bench tests/benchmarks/test_million.py $(ARGS)

relevance: $(DEV) ## print how well searches find, beside plain means, over the demo content
	$(BIN)/python -m pytest -s --show-capture=no tests/relevance $(ARGS)

screenshots: $(DEV) ## draw every kind of page of the demo into docs/screenshots
	@export $(DEMO); \
	$(LOAD_DEMO); \
	$(BIN)/python tools/screenshots.py $(PORT)

drill: $(DEV) ## run the long kill and load drills
	$(BIN)/python -m pytest -s -m drill $(ARGS)

lock: $(DEV) ## choose the newest versions pyproject.toml allows and lock them with hashes
	$(COMPILE) --upgrade --output-file requirements.txt
	$(COMPILE) --upgrade --extra dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## remove .venv and caches; var/ with its data stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp newer than its lock file says that .venv is complete.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=")'
	$(PYTHON) -m venv .venv

$(RUN): requirements.txt | $(BIN)/python
	@echo "Installing $< into .venv: a few minutes on a slow line"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@touch $@

$(DEV): requirements-dev.txt | $(BIN)/python
	@echo "Installing $< into .venv: a few minutes on a slow line"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@
