# `make help` lists the targets. `make setup` is implied by all the others.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
TEST := $(BIN)/python -m pytest
FAST_TESTS = $(wildcard tests/domain tests/application tests/architecture)
SOURCES = $(wildcard src tests migrations benchmarks)
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

.DEFAULT_GOAL := help
.PHONY: help setup run format check test traceability test-domain test-database test-api test-e2e \
	migration migrate openapi docs sizes bench lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "%-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv from the lock, with the `workout` command in it

run: setup ## everything in one go, data in WORKOUT_DATA_DIR (default .workout/)
	@exec $(BIN)/workout local

format: setup ## format the sources and fix what can be fixed
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

check: setup ## format, lint, types, import contracts, fast tests
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy --strict src
	MYPYPATH=src $(BIN)/mypy --explicit-package-bases tests
	$(BIN)/lint-imports
	$(TEST) -q $(FAST_TESTS)

test: setup ## every test
	$(TEST) -q -n 2 tests

traceability: setup ## which requirement is kept where, and proved by which test
	$(BIN)/python -m tests.tools.traceability

test-domain: setup ## rules and use cases, without servers
	$(TEST) -q $(FAST_TESTS)

test-database: setup ## adapters against a real PostgreSQL and Redis
	$(TEST) -q tests/infrastructure

test-api: setup ## HTTP, hub and worker in process
	$(TEST) -q $(wildcard tests/api tests/hub tests/worker)

test-e2e: setup ## separate processes, from outside
	$(TEST) -q tests/end_to_end

migration: setup ## new revision from the mapping: make migration m="what changes"
	@test -n "$(m)" || { echo 'Say what changes: make migration m="…"'; exit 1; }
	$(BIN)/alembic revision --autogenerate -m "$(m)"

migrate: setup ## bring the configured database to the newest schema
	$(BIN)/workout migrate

openapi: setup ## write the contracts to specs/
	$(BIN)/workout openapi
	$(BIN)/workout asyncapi
	$(BIN)/workout events

docs: setup ## write the generated pages of docs/reference/
	$(BIN)/python -m tests.tools.reference

sizes: setup ## sizes of files and functions by layer, and the longest of them
	$(BIN)/python -m tests.tools.sizes

bench: setup ## measure the performance goals
	$(BIN)/python -m benchmarks

lock: setup ## resolve the dependencies anew and pin them with hashes
	$(COMPILE) pyproject.toml -o requirements/runtime.txt
	$(COMPILE) --extra local --group dev pyproject.toml -o requirements/dev.txt
	printf 'hatchling\neditables\n' | $(COMPILE) --no-annotate -c requirements/dev.txt - \
		-o requirements/build.txt

$(READY): requirements/dev.txt requirements/uv.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or newer is needed: make PYTHON=/path/to/python3 …'; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo 'This Python cannot make environments: install the package python3-venv.'; exit 1; }
	$(PYTHON) -m venv .venv
	@if $(BIN)/python -m pip install -q --require-hashes -r requirements/uv.txt && \
		$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements/dev.txt; \
	then \
		$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
		echo 'uv does not work here; pip does the same, in about a minute.'; \
		$(BIN)/python -m pip install -q --require-hashes -r requirements/dev.txt && \
		$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .; \
	fi
	@touch $@
