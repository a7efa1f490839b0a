# Everything one does with this project. `make` lists it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT
TEST_POSTGRES_URL ?= postgres://openloge:openloge@127.0.0.1:54329/openloge
POSTGRES_ANSWERS := $(BIN)/python -c 'import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3).close()' "$(TEST_POSTGRES_URL)" 2>/dev/null
ROOMS := openloge graphql_api search cms loges

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test test-search test-faults check audit fix schema release-schema bench search-report search-tune services lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("OpenLoge needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@echo "Making the environment in $(VENV)..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the site needs (hashes checked)..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@echo "Installing what tests and checks need (hashes checked)..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

var/french-vectors.npz: requirements-vectors.txt | $(VENV)/.run
	@OPENLOGE_DEMO=1 OPENLOGE_TESTING= SEARCH_VECTORS=$@ $(BIN)/python manage.py search_vectors --anew \
		|| echo "SKIPPED word vectors: the search understands its own words alone. 'make' tries again next time."

demo: $(VENV)/.run var/french-vectors.npz ## set everything up, load the demo loges, serve CMS and GraphQL on 127.0.0.1:$PORT
	@OPENLOGE_DEMO=1 $(BIN)/python manage.py demo

demo-reset: ## forget the demo's database and pictures; the next `make demo` starts afresh
	@rm -rf var/openloge.sqlite3 var/openloge.sqlite3-wal var/openloge.sqlite3-shm var/media var/mails
	@echo "The demo is gone. 'make demo' loads it again."

test: $(VENV)/.dev var/french-vectors.npz ## set everything up, pass the whole suite on SQLite (with Elasticsearch where one answers), and on PostgreSQL where one answers
	@OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder -m "not browser and not outside and not faults"
	@if $(POSTGRES_ANSWERS); then \
		echo "PostgreSQL answers: the same suite on it."; \
		OPENLOGE_TESTING=1 DATABASE_URL="$(TEST_POSTGRES_URL)" $(BIN)/python -m pytest -n auto --dist loadscope --no-loadscope-reorder -m "not browser and not outside and not faults and not elasticsearch and not once"; \
	else echo "SKIPPED on PostgreSQL: none answers at TEST_POSTGRES_URL ('make services' starts one)."; fi
	@OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python -m pytest -m browser

test-search: $(VENV)/.dev ## pass the tests of the search on the Elasticsearch at TEST_SEARCH_URL alone
	@OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python -m pytest -n 0 -m elasticsearch tests/search || [ $$? = 5 ]

test-faults: $(VENV)/.dev ## kill, freeze and fill the nodes of `sh .ci/elasticsearch cluster` while they are searched, written and rebuilt
	@if $(POSTGRES_ANSWERS); then OPENLOGE_TESTING=1 DATABASE_URL="$(TEST_POSTGRES_URL)" $(BIN)/python -m pytest -n 0 -m faults tests/search; \
	else echo "SKIPPED what needs several processes beside the tests: no PostgreSQL answers at TEST_POSTGRES_URL."; \
		OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python -m pytest -n 0 -m faults tests/search; fi

check: $(VENV)/.dev ## format, lint, types, import contracts, migrations, schema up to date and true to the release
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@OPENLOGE_TESTING=1 $(BIN)/mypy $(ROOMS)
	@$(BIN)/lint-imports
	@OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python manage.py makemigrations --check --dry-run
	@OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python manage.py check --fail-level WARNING
	@OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python manage.py lintmigrations --include-apps search cms loges --ignore-initial-migrations --no-cache --warnings-as-errors --quiet ok ignore --exclude-migration-test NOT_NULL
	@OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python manage.py export_schema graphql_api.schema | diff -u frontend_contracts/schema.graphql - \
		|| (echo "frontend_contracts/schema.graphql is out of date: run 'make schema'"; exit 1)
	@$(BIN)/python -m tests.contracts.breaking

audit: $(VENV)/.dev ## judge endpoint, schema and operations by npm's graphql-http and @graphql-eslint; needs Node 20
	@if node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null && command -v npm >/dev/null; then \
		npm ci --prefix tests/outside --silent --no-fund --no-audit \
		&& OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python -m pytest -q -n 0 -m outside tests/outside; \
	else echo "SKIPPED the audits from outside: they need Node 20 or newer, with npm."; fi

fix: $(VENV)/.dev ## format, and mend what the linter can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

schema: $(VENV)/.dev ## write the GraphQL schema and the contracts' answers anew
	@OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python manage.py export_schema graphql_api.schema > frontend_contracts/schema.graphql
	@OPENLOGE_TESTING=1 DATABASE_URL= OPENLOGE_WRITE_CONTRACTS=1 $(BIN)/python -m pytest -q tests/contracts -n 0

release-schema: $(VENV)/.dev ## promise today's schema and operations; part of releasing a version, never of a change
	@$(BIN)/python -m tests.contracts.breaking || echo "This release breaks it: say so in CHANGELOG.md."
	@rm -rf frontend_contracts/released
	@mkdir -p frontend_contracts/released/operations
	@cp frontend_contracts/schema.graphql frontend_contracts/released/
	@cp frontend_contracts/operations/*.graphql frontend_contracts/released/operations/

bench: $(VENV)/.dev var/french-vectors.npz ## time search (with Elasticsearch where one answers) and rights on both databases, and GraphQL beside hand-written views
	@rm -rf var/bench
	@if $(POSTGRES_ANSWERS); then \
		OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python -m tests.bench --database-only \
		&& OPENLOGE_TESTING=1 DATABASE_URL="$(TEST_POSTGRES_URL)" $(BIN)/python -m tests.bench; \
	else echo "SKIPPED on PostgreSQL: none answers at TEST_POSTGRES_URL ('make services' starts one)."; \
		OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python -m tests.bench; fi
	@echo && $(BIN)/python -m tests.bench.table

search-report: $(VENV)/.dev var/french-vectors.npz ## how well searches are understood, with every miss
	@OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python -m tests.search.report
	@if $(POSTGRES_ANSWERS); then OPENLOGE_TESTING=1 DATABASE_URL="$(TEST_POSTGRES_URL)" $(BIN)/python -m tests.search.report --answers; \
	else echo "SKIPPED on PostgreSQL: none answers at TEST_POSTGRES_URL ('make services' starts one)."; fi

search-tune: $(VENV)/.dev var/french-vectors.npz ## find the thresholds of the understanding anew, and print them
	@OPENLOGE_TESTING=1 DATABASE_URL= $(BIN)/python -m tests.search.tune

services: ## start PostgreSQL and, where Java and Maven are, Elasticsearch, for development and tests, without Docker
	@sh .ci/postgres
	@sh .ci/elasticsearch || echo "SKIPPED Elasticsearch: it didn't start; see above."

LOCK = $(BIN)/uv pip compile pyproject.toml --generate-hashes --universal --python-version 3.11 -q --no-header
lock: $(VENV)/.dev ## resolve the dependencies of pyproject.toml anew, with hashes
	@$(LOCK) --extra object-storage -U -o requirements-object-storage.txt
	@$(LOCK) -c requirements-object-storage.txt -U -o requirements.txt
	@$(LOCK) --extra object-storage --group dev -c requirements-object-storage.txt -o requirements-dev.txt

clean: ## remove the environment and everything that was made
	@rm -rf $(VENV) var static_collected .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
