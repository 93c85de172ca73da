# Targets document themselves: `make help`.
FACTSHEET = target/release/factsheet
CARGO_FLAGS = --locked

.DEFAULT_GOAL := build
.PHONY: build test check score bench fmt clean help binary

build: binary ## build the program, then the publications from seeds/ and input/ into output/
	$(FACTSHEET) build

binary:
	cargo build --release $(CARGO_FLAGS)

check: binary ## read and check everything, write nothing but the check report
	$(FACTSHEET) check

test: ## formatting, clippy, all tests, and one real build whose outputs are opened again
	cargo fmt --check
	cargo clippy $(CARGO_FLAGS) --all-targets -- -D warnings
	cargo test $(CARGO_FLAGS)

score: ## precision and recall of the readers against the hand-labelled truth in tests/gold/
	cargo test $(CARGO_FLAGS) --test gold --test gold_progress -- --nocapture

bench: binary ## measure every stage and the whole program, and renew the table in README.md
	cargo bench $(CARGO_FLAGS) --bench stages
	python3 benches/whole.py

fmt: ## format the code
	cargo fmt

clean: ## remove what builds wrote
	cargo clean
	find output -mindepth 1 ! -name .gitkeep -delete

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
