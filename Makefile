# Two commands do everything: 'make demo' and 'make test'. Each installs what it needs.

SWIFT   ?= swift
DEBUG   := .build-debug
RELEASE := .build-release
SIMULATOR := .build-simulator
CHECKS  := --explicit-target-dependency-import-check error

.DEFAULT_GOAL := help
.PHONY: help demo test coverage models vectors build bench simulate simulator fuzz soak format lint clean tools

help: ## print the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-8s %s\n", $$1, $$2 }'

demo: build ## play a crisis over a real line, live; KEEP=1 leaves both stations running
	@python3 demo/demo.py --hotline $(RELEASE)/release/hotline $(if $(KEEP),--keep)

test: tools ## run all tests; MODELS=no leaves the models out
	@scripts/test $(DEBUG) "$(CHECKS)"

coverage: tools ## print which share of the lines of floors 0 to 5 the tests run; fails below 95 %
	@scripts/coverage "$(CHECKS)"

models: ## refute what the design promises, or fail to: all models, eleven minutes
	@models/run

vectors: ## run the second implementation over the vectors
	@$$(scripts/conformance-python) -B -m conformance.run_vectors

build: tools ## build the command line, optimised, in .build-release
	@$(SWIFT) build -c release --scratch-path $(RELEASE) --product hotline $(CHECKS)

fuzz: tools ## fuzz every decoder and the station; SECONDS=60 is the time of all targets together
	@scripts/fuzz $(or $(SECONDS),60)

soak: tools ## the long tests, for hours; scripts/soak says what can be set
	@scripts/soak

bench: build ## measure what the line costs, as ratios within one run
	@$(SWIFT) build -c release --scratch-path $(RELEASE) --product hotline-bench $(CHECKS)
	@scripts/alone $(RELEASE)/release/hotline-bench --hotline $(RELEASE)/release/hotline

simulate: tools simulator ## break the line for SEEDS seeds (200), or for HOURS hours
	@$(SIMULATOR)/release/hotline-simulator $(if $(HOURS),--hours $(HOURS),--seeds $(or $(SEEDS),200))

simulator:
	@$(SWIFT) build -c release --scratch-path $(SIMULATOR) --product hotline-simulator $(CHECKS) -Xswiftc -DSIMULATION

format: ## lay the source out as the house does
	@$(SWIFT) format --in-place --recursive --configuration .swift-format Sources Tests fuzz/targets fuzz/runner fuzz/classes Package.swift

lint: ## tell where the source is laid out otherwise
	@$(SWIFT) format lint --strict --recursive --configuration .swift-format Sources Tests fuzz/targets fuzz/runner fuzz/classes Package.swift

clean: ## remove everything that was built
	@rm -rf .build .build-* .venv

tools:
	@scripts/install-tools
