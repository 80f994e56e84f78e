# The front door. `make demo` and `make test` each need nothing but Python 3.11+, make and git.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What is in it already: enough for a demo, for the notebooks, for everything. Each is installed over the one before.
DEMO := $(VENV)/.demo
LAB := $(VENV)/.lab
INSTALLED := $(VENV)/.installed
EXTRAS := agents,lab,mp3,phone
# What a demo never imports need not be compiled; what warns when it is compiled would fail a test.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
OLDEST := build/oldest
# What an old dependency does in a way that another one has given up since is no fault of ours.
OLD_HABITS := -W default::DeprecationWarning -W default::PendingDeprecationWarning
# Two processes, or as many as asked for: each takes whole modules, because a module shares what is costly (a JupyterLab).
JOBS ?= 2
PYTEST := $(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadscope
NBVAL := $(BIN)/python -m pytest --nbval --nbval-current-env --nbval-cell-timeout 60 notebooks/*.ipynb
# A registry that does not answer holds nobody up: npm would try for many minutes.
NPM_FLAGS := --silent --no-fund --no-audit --fetch-timeout=20000 --fetch-retries=1 --fetch-retry-maxtimeout=10000

.PHONY: help demo lab test lint types coverage oldest check-notebooks notebooks picture reference resources places docs lite check-lite lab-extension dist bench performance soak pairs clean

help: ## list what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(DEMO): pyproject.toml $(VENV)/bin/python
	$(PIP) --editable .
	@touch $@

$(LAB): pyproject.toml $(VENV)/bin/python
	$(PIP) --editable ".[$(EXTRAS)]"
	@touch $(DEMO) $@

$(INSTALLED): pyproject.toml $(VENV)/bin/python
	$(PIP) --upgrade "pip>=25.1" # knows groups
	$(PIP) --editable ".[$(EXTRAS)]" --group dev
	-@$(BIN)/python -W ignore -m compileall -qq -j 0 $(VENV)/lib
	@touch $(DEMO) $(LAB) $@

# Twilio's npm library, axe-core and ws, for one test each, where npm is on the machine and can reach a registry.
$(VENV)/npm: Makefile $(VENV)/bin/python
	@if command -v npm >/dev/null; then npm install $(NPM_FLAGS) --prefix $@ twilio axe-core ws || true; fi
	@mkdir -p $@ && touch $@

# The releases of Twilio's own library that applications have, for one test, where pip can reach a registry.
$(VENV)/twilio: Makefile $(VENV)/bin/python
	@for release in 7 8 9; do $(BIN)/python -m pip install --quiet --timeout 20 --retries 1 --no-deps --upgrade --target $@/$$release "twilio==$$release.*" pytz || true; done
	@mkdir -p $@ && touch $@

# Locust, for one test that runs it in processes of its own: it changes the sockets of whoever imports it.
$(VENV)/locust: pyproject.toml $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --timeout 20 --retries 1 --upgrade --target $@ "locust>=2.32" || true
	@mkdir -p $@ && touch $@

# pandas, for tests that run in a process of their own: it is larger than all else that the tests need together.
$(VENV)/pandas: Makefile $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --timeout 20 --retries 1 --upgrade --target $@ pandas || true
	@mkdir -p $@ && touch $@

# Notebook 7, for one test in a browser; JupyterLab and its server are there already.
$(VENV)/notebook: Makefile $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --timeout 20 --retries 1 --no-deps --upgrade --target $@ "notebook>=7.6,<8" || true
	@mkdir -p $@ && touch $@

# What the benchmarks are measured beside: Prism and moto, where npm and pip can reach a registry.
$(VENV)/peers: Makefile $(VENV)/bin/python
	@if command -v npm >/dev/null; then npm install $(NPM_FLAGS) --prefix $@/npm @stoplight/prism-cli || true; fi
	@$(BIN)/python -m pip install --quiet --timeout 20 --retries 1 --upgrade --target $@/python "moto[server]>=5" || true
	@mkdir -p $@ && touch $@

demo: $(DEMO) ## place the first call in the terminal, with no account and no network
	@$(BIN)/twilio-magic demo

lab: $(LAB) ## open a copy of the notebooks in JupyterLab, which trusts it; git knows nothing of it
	@$(BIN)/twilio-magic learn

test: $(INSTALLED) $(VENV)/notebook $(VENV)/locust $(VENV)/pandas $(VENV)/npm $(VENV)/twilio lint types ## run everything: lint, types, tests, notebooks
	$(PYTEST) --ignore tests/lite/test_site.py
	$(PYTEST) -p tests.without_lxml tests/twiml
	$(NBVAL)

lint: $(INSTALLED) ## ruff, rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED) ## mypy, strict
	$(BIN)/mypy

coverage: $(INSTALLED) $(VENV)/locust $(VENV)/pandas $(VENV)/twilio ## which lines and branches the tests run, all but the browser's; fails below the floor in pyproject.toml
	$(BIN)/python -m coverage run -m pytest --ignore tests/browser --ignore tests/lite --ignore tests/packaging
	$(BIN)/python -m coverage report

oldest: $(INSTALLED) $(VENV)/locust $(VENV)/pandas $(VENV)/twilio ## run the tests, all but the browser's, with the oldest dependencies that pyproject.toml allows
	$(BIN)/python -m uv venv --quiet --clear --python $(BIN)/python $(OLDEST)
	$(BIN)/python -m uv pip install --quiet --python $(OLDEST) --resolution lowest-direct --group test --editable ".[$(EXTRAS)]"
	$(OLDEST)/bin/python -m pytest $(OLD_HABITS) --ignore tests/browser --ignore tests/lite --ignore tests/packaging

check-notebooks: $(INSTALLED) ## every notebook says again what it says in the repository
	$(BIN)/python -m pytest tests/notebooks
	$(NBVAL)

notebooks: $(INSTALLED) ## execute the notebooks anew and save their outputs
	$(BIN)/python -m tests.notebooks.refresh

picture: $(INSTALLED) ## take the pictures on the front page anew
	CI=true $(BIN)/python -m pytest tests/browser/test_picture.py tests/browser/test_moving_picture.py -k shows_a
	mkdir -p docs/images && cp tests/browser/screenshots/first-call.png tests/browser/screenshots/softphone-and-ladder.webp docs/images/

reference: $(INSTALLED) ## write the reference pages and the coverage table anew, from the tables
	$(BIN)/python -m tests.twiml.reference
	$(BIN)/python -m tests.coverage
	$(BIN)/python -m tests.language.reference
	$(BIN)/python -m tests.api.test_reference
	$(BIN)/python -m tests.error_codes
	$(BIN)/python -m tests.simulation.test_routes_page
	$(BIN)/python -m tests.simulation.fact_tables

resources: $(INSTALLED) ## write the table of all resources anew, from twilio_api_v2010.json of github.com/twilio/twilio-oai (FROM=its path)
	$(BIN)/python -m tests.api.resource_table $(FROM)
	$(BIN)/python -m tests.simulation.schemas $(FROM)

places: $(INSTALLED) ## write the table of places anew, from the phonenumbers library that is installed, and check all of it
	$(BIN)/python -m tests.simulation.places

docs: $(INSTALLED) ## build the documentation site in build/docs/html
	$(BIN)/python -m docs.site

lite: $(INSTALLED) ## build JupyterLab and the tutorials as a site that runs in the browser, in build/lite/site, with Node and npm
	$(BIN)/python -m lite

check-lite: lite ## run every tutorial in that site, in a browser
	$(BIN)/python -m pytest tests/lite

lab-extension: $(INSTALLED) ## build the extension of JupyterLab and Notebook from lab/, with Node and the npm registry
	cd lab && npm ci $(NPM_FLAGS) --ignore-scripts && npx tsc
	cd lab && PATH="$(CURDIR)/$(BIN):$$PATH" jupyter-builder build .
	$(BIN)/python -m tests.packaging.lab_extension

dist: $(INSTALLED) ## build the sdist and the wheel, and use the wheel as a stranger would (QUICK=1: with two Pythons)
	QUICK=$(QUICK) $(BIN)/python -m tests.packaging

bench: $(INSTALLED) $(if $(PEERS),$(VENV)/peers) ## measure ratios and exponents of growth (QUICK=1: shorter, less surely; PEERS=1: peers beside; STRICT=1: fail where an aim is missed)
	$(BIN)/python -m benchmarks $(if $(QUICK),--quick) $(if $(PEERS),--peers $(VENV)/peers) $(if $(STRICT),--strict)

performance: $(INSTALLED) ## write docs/performance.md anew, from what the last make bench has measured
	$(BIN)/python -m benchmarks.page

soak: $(INSTALLED) ## threads, a served world, interrupts and hostile applications at once for ten minutes (QUICK=1: 40 s)
	$(BIN)/python -m tests.soak $(if $(QUICK),--quick) $(if $(SEED),--seed $(SEED))

pairs: $(INSTALLED) ## run every element inside every other, in every place where documents run (some five minutes)
	ALL_PAIRS=1 $(PYTEST) --dist load tests/simulation/test_faults_of_ours.py

clean: ## remove what the other targets made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
