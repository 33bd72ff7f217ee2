# The two commands a newcomer needs are `make demo` and `make test`.
SHELL := /bin/bash
SWIFT ?= swift
CHECKED := Package.swift Sources Tests

.PHONY: help demo test build lint format notebooks setup setup-tests bench bench-build \
	bench-commands bench-assign bench-instructions bench-peers bench-search bench-drafts \
	fuzz faults laws attacks load reliability package check-packages test-python \
	test-python-peers test-r test-warehouse docs docs-serve docs-check clean

help:
	@echo "make demo       the flagship study, from the data in datasets/ to a report"
	@echo "make test       all tests"
	@echo "make build      the command, in release mode: .build/release/tessera"
	@echo "make lint       formatting and module walls"
	@echo "make notebooks  run notebooks-md/ and the pages that are notebooks, and compare their outputs"
	@echo "make bench      time the hot paths, on one thread and on two"
	@echo "make bench-commands   time whole commands, reading and writing included"
	@echo "make bench-assign   assign 50 million people drawn on a pipe, and watch the memory"
	@echo "make bench-peers   the same beside other packages, with ratios and quality"
	@echo "make bench-instructions  hold counts of instructions against the committed ones"
	@echo "make bench-search  how often searches find the best known optimum"
	@echo "make bench-drafts  how many drafts an analyst would sign (needs a corpus: DRAFT_CORPUS)"
	@echo "make reliability  a slice of each of these, under a minute: docs/reliability.md"
	@echo "make fuzz       damaged inputs of every kind, 1,000,000 in all (FUZZ=\"--minutes 10\")"
	@echo "make faults     disks, pipes and memory that fail, kills at random moments"
	@echo "make laws       35 laws of every method on 200 random tables each"
	@echo "make attacks    what all outputs together give away of single people"
	@echo "make load       studies at the edge of what can be asked, with time and memory"
	@echo "make test-warehouse  tessera sql against assign in PostgreSQL, SQLite, DuckDB and Spark"
	@echo "make package    tarball, Debian package and Python wheel, in .build-package/"
	@echo "make check-packages  install each on a bare system and run the flagship study"
	@echo "make test-python     the Python package, in a fresh virtual environment"
	@echo "make test-python-peers  the same in a notebook too, and beside scikit-learn, StepMix and kmodes"
	@echo "make test-r     the R package: R CMD check without a note, docs/r.md and notebooks/tea.qmd"
	@echo "make docs       all documents as a site with search, site/index.html, read without a network"
	@echo "make docs-serve the same at http://127.0.0.1:8000"
	@echo "make docs-check run every command that a document shows"
	@echo "make clean      remove what was built"

setup:
	@tools/install-packages

demo: setup
	$(SWIFT) build -c release --product tessera
	$(SWIFT) build -c release --product tessera-read
	.build/release/tessera demo -o family-cars-tessera --force

# What only tests need; where it cannot be had they say so and skip what needs it.
setup-tests:
	@tools/install-packages chromium gnumeric librsvg2-bin || echo "tests of page and workbook will be skipped"
	@tools/fetch-axe

# Optimised, because most of the time goes into simulations; preconditions stay.
test: setup setup-tests
	$(SWIFT) build --build-tests -Xswiftc -O
	$(SWIFT) test --skip-build --disable-xctest -Xswiftc -O

build: setup
	$(SWIFT) build -c release --product tessera
	$(SWIFT) build -c release --product tessera-read

lint:
	$(SWIFT) format lint --strict --parallel --recursive $(CHECKED)
	tools/check-walls

format:
	$(SWIFT) format --in-place --parallel --recursive $(CHECKED)

# Pages that are notebooks too: their outputs are compared.
PAGES := docs/cookbook.md docs/your-own-file.md docs/decisions.md docs/price-and-target.md docs/choices.md \
	docs/after-the-study.md

notebooks: build
	.build/release/tessera notebook run notebooks-md/*.md $(PAGES)

bench-build: setup
	$(SWIFT) build -c release --product tessera-bench

bench: bench-build
	Benchmarks/run

bench-commands: build
	Benchmarks/install-peers
	Benchmarks/commands.py

# Fails where a command takes 10% more instructions than Benchmarks/instructions.csv says.
bench-instructions:
	tools/install-packages valgrind binutils
	Benchmarks/instructions.py $(INSTRUCTIONS)

bench-assign: bench-build build
	Benchmarks/assign.py

bench-peers: bench-build build
	Benchmarks/install-peers
	Benchmarks/compare.py
	Benchmarks/reading.py

bench-search: bench-build
	.build/release/tessera-bench search

bench-drafts:
	Benchmarks/drafts

# The command is that of the release build, or TESSERA=PATH.
# A build of its own, in which one process tries thousands of inputs.
fuzz:
	$(SWIFT) build -c release --product tessera --scratch-path .build-fuzz -Xswiftc -DTESSERA_FUZZ
	$(SWIFT) build -c release --product tessera-read --scratch-path .build-fuzz -Xswiftc -DTESSERA_FUZZ
	Reliability/fuzz.py $(FUZZ)

faults:
	Reliability/faults.py $(FAULTS)

laws:
	$(SWIFT) build --build-tests -Xswiftc -O
	TESSERA_LAWS=$(or $(LAWS),200) $(SWIFT) test --skip-build --disable-xctest -Xswiftc -O \
		--filter 'MethodLawsTests|SearchLawsTests'

attacks:
	Reliability/attacks.py $(ATTACKS)

load:
	Reliability/load.py $(LOAD)

reliability:
	Reliability/fuzz.py --fresh --seed 7 --inputs 1200
	Reliability/faults.py --calls 4 --kills 4 --sizes 2 --subjects segment,assign,convert,convert-xlsx
	Reliability/attacks.py --studies 1
	Reliability/load.py --quick

# PostgreSQL, DuckDB, Spark and sqlglot beside SQLite; PEOPLE=200000 by default.
test-warehouse: build
	tools/install-packages postgresql openjdk-17-jre-headless
	python3 -m venv .build-warehouse
	.build-warehouse/bin/pip install -q duckdb-cli pyspark sqlglot
	PATH="$(CURDIR)/.build-warehouse/bin:$$PATH" .build-warehouse/bin/python tools/test-warehouse.py \
		.build/release/tessera --people $(or $(PEOPLE),200000) \
		--need sqlite,postgresql,duckdb,spark,snowflake,bigquery

# The release build of folder TESSERA_BUILD, if it is linked with --static-swift-stdlib, is taken as it is.
package:
	packaging/package

check-packages:
	packaging/check

# The command is that of the release build, or TESSERA_COMMAND=PATH, or that of WHEEL=PATH.
test-python:
	packaging/test-python

test-python-peers:
	packaging/test-python scikit-learn stepmix kmodes nbclient ipykernel

# The command is that of the release build, or TESSERA_COMMAND=PATH.
test-r:
	packaging/test-r

docs:
	tools/make-site

docs-serve:
	tools/make-site serve $(PORT)

# The command is that of the release build, or TESSERA=PATH.
docs-check:
	tools/check-documents $(or $(TESSERA),.build/release/tessera)

clean:
	rm -rf .build .build-warehouse .build-package .build-docs site family-cars-tessera
