# The doors for people who build safeconduct. `make` alone lists them.
#
# Everything runs inside .venv, which the first target that needs it makes; a stamp file in it says
# what was installed, so the second time costs nothing and a changed pyproject.toml installs anew.
# All paths are relative, and programs are started as `python -m`, so that a checkout whose path
# holds spaces works too.

PYTHON ?= python3
COUNT ?=
SEED ?=
ISSUE ?= A
ID ?=
# More for pytest, such as PYTEST_ARGS="-k spans".
PYTEST_ARGS ?=
# The same for the tests of `make check`.
CHECK_ARGS ?=
# In how many processes the tests are run: all cores, unless something is said to pytest; a few tests
# are sooner done in one process, where `--pdb` and `-s` work too.
WORKERS ?= $(if $(PYTEST_ARGS),0,auto)

VENV := .venv
COMMA := ,
# Each process begins with one run of neighbours, which share what a file prepares once, and takes
# over from another when it has no more.
SPREAD := -n $(WORKERS) --dist worksteal
IN_VENV := $(VENV)/bin/python
SHOW := $(IN_VENV) -m tests.show
DRAW := $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT))

.DEFAULT_GOAL := help
.PHONY: help demo test check lint show shows soak bench docs clean

help: ## this list
	@echo "safeconduct: what armed parties have guaranteed, and what follows from it."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile
	@echo
	@echo "The first run makes $(VENV) with PYTHON=$(PYTHON), which must be 3.11 or newer."

demo: $(VENV)/.with-runtime ## the Aleppo case of 4 November 2016, judged in this terminal
	@$(VENV)/bin/safeconduct demo

test: $(VENV)/.with-test ## every test but the long ones (PYTEST_ARGS="-k spans" for a few)
	@$(IN_VENV) -m pytest -m "not soak" $(SPREAD) $(PYTEST_ARGS)

check: lint ## lint, format, types, layers, docs
	@echo "layers and docs"; $(IN_VENV) -m pytest $(SPREAD) $(CHECK_ARGS) tests/test_layers.py tests/docs

lint: $(VENV)/.with-dev ## lint, format, types: `make check` without its tests
	@echo "lint";   $(IN_VENV) -m ruff check .
	@echo "format"; $(IN_VENV) -m ruff format --check .
	@echo "types";  $(IN_VENV) -m mypy

show: $(VENV)/.with-test ## one line of what an issue must show: ID=A3 [SEED=n] [COUNT=n]
	@test -n "$(ID)" || { echo "Which one? Give an id, such as: make show ID=A3"; \
	  $(SHOW) --list; exit 2; }
	@$(SHOW) $(ID) $(DRAW)

shows: $(VENV)/.with-test ## everything that an issue must show: ISSUE=A
	@$(SHOW) --issue $(ISSUE) $(DRAW)

soak: $(VENV)/.with-test ## the random campaigns, long: SEED=1 COUNT=10000
	@SAFECONDUCT_SOAK=1 SAFECONDUCT_SEED=$(or $(SEED),1) SAFECONDUCT_COUNT=$(or $(COUNT),10000) \
	  $(IN_VENV) -m pytest -m soak || test $$? -eq 5 # 5: no test asks for a soak yet
	@$(SHOW) --soak --seed $(or $(SEED),1) --count $(or $(COUNT),10000)

bench: $(VENV)/.with-bench ## how long judgements, one new entry, roads, registers, reports take
	@$(IN_VENV) bench/judgements.py
	@$(IN_VENV) bench/one_entry.py
	@$(IN_VENV) bench/roads.py
	@$(IN_VENV) bench/classes.py
	@$(IN_VENV) bench/asks.py
	@$(IN_VENV) bench/plans.py
	@$(IN_VENV) bench/register.py
	@$(IN_VENV) bench/reading.py

docs: $(VENV)/.with-runtime ## draw the pages of docs/ that are drawn from the program
	@$(IN_VENV) docs/generate.py

clean: ## remove .venv and everything that was built
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find safeconduct tests bench docs -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Clean."

# A folder that works is kept; a half-made one is made anew.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "safeconduct needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)."; \
	  echo "Install a newer one, or name it: make PYTHON=python3.12 demo"; exit 1; }
	@$(IN_VENV) -m pip --version >/dev/null 2>&1 || \
	  $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments: its venv or ensurepip module is missing."; \
	  echo "On Debian and Ubuntu install it with: sudo apt-get install python3-venv"; exit 1; }
	@$(IN_VENV) -m pip --version >/dev/null 2>&1 || { \
	  echo "Making $(VENV) with $$($(PYTHON) --version)."; \
	  $(PYTHON) -m venv --clear $(VENV); }
	@touch $@

define install
echo "Installing safeconduct$(1) into $(VENV); the first time takes about a minute."
$(IN_VENV) -m pip install -qq --no-input --disable-pip-version-check --editable '.$(1)' || { \
  echo "The installation failed; pip's own words are above. Without a network nothing can be"; \
  echo "fetched; behind a proxy or with a mirror, set up pip for it. Then run make again, after"; \
  echo "'make clean' if $(VENV) itself is broken, as when its Python was removed."; exit 1; }
endef

# What is installed for more serves less too: its stamps are touched as well.
$(VENV)/.with-runtime: pyproject.toml $(VENV)/.made
	@$(call install,)
	@touch $@

$(VENV)/.with-test: pyproject.toml $(VENV)/.made
	@$(call install,[test])
	@touch $(VENV)/.with-runtime $@

$(VENV)/.with-dev: pyproject.toml $(VENV)/.made
	@$(call install,[dev])
	@touch $(VENV)/.with-runtime $(VENV)/.with-test $@

$(VENV)/.with-bench: pyproject.toml $(VENV)/.made
	@$(call install,[test$(COMMA)bench])
	@touch $(VENV)/.with-runtime $(VENV)/.with-test $@
