# The commands of the project. `make` alone lists them. It wants GNU make and a POSIX shell.
.SUFFIXES:

PORT = 8000
VENV = .venv
BIN = $(VENV)/bin
PYTHON = $(BIN)/python
STAMP = $(VENV)/.made-for-these-requirements
WORKERS = 2
ARGS =

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "  make %-10s %s\n", $$1, $$2 }'

setup: $(STAMP) ## Make the virtual environment, or bring it up to date

$(STAMP): requirements/base.txt requirements/dev.txt pyproject.toml
	@test -x $(PYTHON) || { echo "Making $(VENV)"; python3 -m venv $(VENV); }
	@echo "Installing the pinned requirements"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements/base.txt -r requirements/dev.txt
	@echo "Installing Communitas from this folder"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

spark: $(VENV)/.made-for-spark ## Add Spark to it, for ANALYTICS_ENGINE=spark and its tests

$(VENV)/.made-for-spark: $(STAMP) requirements/spark.txt
	@echo "Installing the pinned requirements of Spark"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --require-hashes \
		-r requirements/spark.txt
	@touch $@

$(VENV)/.made-for-benchmarks: $(STAMP) requirements/bench.txt
	@echo "Installing the pinned requirements of the benchmarks"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/bench.txt
	@touch $@

demo: $(STAMP) ## Serve the demo network: PORT=8000
	@exec $(BIN)/communitas demo --port $(PORT)

test: $(STAMP) ## Run the tests on SQLite, then on PostgreSQL: ARGS="-k name"
	@$(PYTHON) -m tests.run --workers $(WORKERS) -- $(ARGS)

check: check-format check-lint check-templates check-imports check-types check-migrations check-docs ## Run every check but the tests
	@echo "All checks passed"

check-format: $(STAMP)
	@echo "Format"; $(BIN)/ruff format --quiet --check . || { echo "Run: make format"; exit 1; }

check-lint: $(STAMP)
	@echo "Lint"; $(BIN)/ruff check --quiet .

check-templates: $(STAMP)
	@echo "Templates"; find src -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} +

check-imports: $(STAMP)
	@echo "Imports"; mkdir -p var; $(BIN)/lint-imports --no-logo --cache-dir var/cache/imports >var/imports.txt 2>&1 \
		|| { cat var/imports.txt; exit 1; }

check-types: $(STAMP)
	@echo "Types"; $(BIN)/mypy --no-error-summary

check-migrations: $(STAMP)
	@echo "Migrations"; mkdir -p var; DJANGO_SETTINGS_MODULE=communitas.config.settings.test \
		$(PYTHON) -m django makemigrations --check --dry-run --verbosity 1 >var/migrations.txt 2>&1 \
		|| { cat var/migrations.txt; exit 1; }

check-docs: $(STAMP)
	@echo "Generated documents"; $(BIN)/communitas rules --check || { echo "Run: make docs"; exit 1; }

docs: $(STAMP) ## Write the generated documents anew
	@$(BIN)/communitas rules

format: $(STAMP) ## Format the code and the templates, mend what can be mended
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .
	@find src -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} + || true

bench: $(VENV)/.made-for-benchmarks ## Run the benchmarks: NAME=one FULL=1
	@$(PYTHON) -m benchmarks.run $(if $(NAME),--name $(NAME)) $(if $(FULL),--full)

pins: ## Pin the newest allowed requirements, with hashes: UPGRADE=1
	@test -x $(BIN)/pip-compile || $(MAKE) setup
	@for name in base build dev spark bench; do \
		echo "Pinning requirements/$$name.txt"; \
		$(BIN)/pip-compile --quiet --generate-hashes --no-emit-options --no-header --strip-extras --allow-unsafe \
			$(if $(UPGRADE),--upgrade) --output-file requirements/$$name.txt requirements/$$name.in || exit 1; \
	done

clean: ## Remove what the commands made, but neither .venv nor data
	@rm -rf var/cache var/coverage var/imports.txt var/migrations.txt build src/*.egg-info
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Clean"

.PHONY: help setup spark demo test check check-format check-lint check-templates check-imports check-types \
	check-migrations check-docs docs format bench pins clean
