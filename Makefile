# Every target works on a fresh clone, alone, and a second time in seconds.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench services services-stop screenshots lock
.DELETE_ON_ERROR:

BIN := .venv/bin
TESTS ?= tests
# One lock for every Python from 3.11 and every system, with the hash of each file and the address of no registry.
LOCK := $(BIN)/uv pip compile --quiet $(if $(UPGRADE),--upgrade) --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --custom-compile-command "make lock"

help:  ## what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.installed static/vendor/manifest.json  ## environment in .venv (JALON_PYTHON=python3.12 chooses one) and front-end files

.venv/.installed: requirements.lock pyproject.toml scripts/setup
	scripts/setup
	@touch $@

static/vendor/manifest.json: package-lock.json requirements-node.lock scripts/assets.py | .venv/.installed
	$(BIN)/python scripts/assets.py

demo: setup  ## demo territory, a match in the terminal, then http://127.0.0.1:8000 (SERVE=0 stops before)
	$(BIN)/jalon demo $(if $(filter 0,$(SERVE)),--no-serve)

test: setup  ## every test this machine can run (JALON_REQUIRE=all: none may be missing; TESTS=tests/unit: some)
	$(BIN)/pytest -n 2 --dist loadfile $(TESTS)

check: setup  ## form, types, layers, templates, unit tests: under a minute
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/pytest tests/unit

bench: setup  ## figures of this machine at three sizes, with a plot (BENCH="--opensearch URL --postgres URL")
	$(BIN)/jalon bench --services 10000 --services 100000 --services 1000000 --plot $(BENCH)

services: setup  ## PostgreSQL and OpenSearch for development, on this machine only
	scripts/services.sh start

services-stop:  ## stop what `make services` started
	scripts/services.sh stop

screenshots: setup  ## the pictures of docs/screenshots, from the demo in a real browser
	$(BIN)/python scripts/screenshots.py

lock: setup  ## the locks after a change of pyproject.toml (UPGRADE=1 chooses every version anew)
	$(LOCK) --all-extras -o requirements.lock pyproject.toml
	$(LOCK) --extra postgres --extra opensearch --extra transit -c requirements.lock -o requirements-run.lock pyproject.toml
	$(LOCK) -o requirements-node.lock requirements-node.in
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm install --package-lock-only
