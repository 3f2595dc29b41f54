# make issue    the sample issue: build/tunliu-2026.pdf, .png, report.json
# make test     every test (browser and outside judges included);  make quick: those under a minute
# make soak     the long proofs at their full numbers (make test holds a seeded sample of each)
# make coverage how much of each room the tests run
# make mutants  how many small faults in a room the tests find; SAMPLE=150 (or all) of each room, ROOM=composer for one
# make lint     style, types, who may import whom
# make specimen every rule of line composition, with and without: build/specimen.pdf, .png
# make preview  the sample issue in a browser, set anew on every save
# make docs     the pages of docs/ that are made from tables of the program, and the site: build/site/index.html
# make components  the pictures of docs/reference/components.md: every component as it is printed
# make bench    speed and memory beside plain WeasyPrint and Typst
# make lock     the locks from pyproject.toml; with UPGRADE=1 everything at its newest
# make release  wheel and sdist, tried in a bare environment; with VERSION=0.2.0 the release is tagged
# make clean    throw away what was built
#
# Needs make, Python 3.11+ and, once, the network. As root on Debian or Ubuntu missing system packages are installed;
# as anybody else the one line to type is printed.

VENV = .venv
BIN = $(VENV)/bin
ISSUE = issues/tunliu-2026
OUT = build
JOBS = 2
SAMPLE = 150
SYSTEM = sh .ci/system.sh
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: issue test quick soak coverage mutants lint docs bench preview specimen gallery components lock release clean

issue: $(VENV)/issue.ready
	$(BIN)/layout build $(ISSUE) -o $(OUT)

specimen: $(VENV)/issue.ready
	$(BIN)/layout build specimen -o $(OUT)

preview: $(VENV)/issue.ready
	$(BIN)/layout preview $(ISSUE)

test: $(VENV)/test.ready
	@$(SYSTEM) judges
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

quick: $(VENV)/test.ready
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not slow"

soak: $(VENV)/test.ready
	@$(SYSTEM) judges
	SOAK=1 $(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m soak

coverage: $(VENV)/test.ready
	@$(SYSTEM) judges
	@mkdir -p $(OUT)
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --cov --cov-report=
	@$(BIN)/python .ci/coverage_by_room.py

mutants: $(VENV)/test.ready
	PYTHONPATH=src:tests $(BIN)/python -m mutants --sample $(SAMPLE) $(if $(ROOM),--room $(ROOM)) --jobs $(JOBS)

lint: $(VENV)/test.ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python .ci/structure.py

docs: $(VENV)/test.ready
	@$(SYSTEM) judges
	$(BIN)/python -m layout_docs
	PYTHONPATH=src:tests $(BIN)/python -m preflight.matrix
	$(BIN)/python .ci/check_ids.py
	$(BIN)/python -m layout_docs.site $(OUT)/site

bench: $(VENV)/test.ready
	$(BIN)/python bench/run.py --out $(OUT)/bench.json
	$(BIN)/python bench/composer.py --out $(OUT)/bench-composer.json
	$(BIN)/python bench/changes.py --out $(OUT)/bench-changes.json
	-$(BIN)/python bench/preview.py --out $(OUT)/bench-preview.json
	$(BIN)/python bench/press.py
	$(BIN)/python bench/preflight.py
	$(BIN)/python bench/verify.py
	$(BIN)/python bench/makeup.py --out $(OUT)/bench-makeup.json
	$(BIN)/python bench/long.py --out $(OUT)/bench-long.json
	$(BIN)/python bench/made_up.py
	$(BIN)/python bench/intake.py
	$(BIN)/python bench/proofreading.py
	@$(BIN)/python bench/bounds.py $(OUT)

gallery: $(VENV)/test.ready
	@$(SYSTEM) judges
	PYTHONPATH=src:tests $(BIN)/python -m makeup.gallery --out $(OUT)/gallery

components: $(VENV)/test.ready
	PYTHONPATH=src:tests $(BIN)/python -m component_gallery --work $(OUT)/components
	$(BIN)/python -m layout_docs

clean:
	rm -rf $(OUT) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

lock: $(VENV)/test.ready
	$(BIN)/python .ci/lock.py $(if $(UPGRADE),--upgrade)

release: $(VENV)/test.ready
	$(BIN)/python .ci/release.py $(VERSION)

# The stamps: made again when a lock changes. Every file of a package is held to its hash in the lock; the project itself
# comes last, built by the backend that the lock has, and brings nothing along.

$(VENV)/issue.ready: requirements.lock pyproject.toml
	@$(SYSTEM) pango
	@$(SYSTEM) venv $(VENV)
	$(PIP) --require-hashes --only-binary :all: --requirement requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.ready: requirements-dev.lock $(VENV)/issue.ready
	$(PIP) --require-hashes --only-binary :all: --requirement requirements-dev.lock
	@touch $@
