# The two commands a newcomer needs: `make site` and `make test`. `make help` lists the rest.

# Two goals in one command share an environment and a site/: `make -j` runs them one after the other.
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help site test check compile serve pdf epub offline sharing review bench links anchors translated clean \
  environment test-environment

# What is given on the command line reaches a command through its environment, as it was typed:
# neither make nor a shell reads it, so that nothing in it is executed.
GIVEN := ARGS FILE LANG PAGE PORT PYTHON
$(foreach name,$(GIVEN),$(eval override $(name) := $$(value $(name))))
export $(GIVEN)

CONFIG := $(or $(wildcard mkdocs.$(LANG).yml),mkdocs.yml)

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "make %-12s %s\n", $$1, $$2}'

site: environment ## check everything and build both languages into site/
	@scripts/run handbook site

test: test-environment ## install what the tests need and run all of them (ARGS="-k search")
	@scripts/browser tests
	@scripts/run pytest -n auto --dist worksteal

check: environment ## run every content rule (ARGS="--list", "--explain RULE", "--only RULE,…")
	@scripts/run handbook check

compile: environment ## write the compiled handbook to build/: Markdown, HTML, drawings, numbers
	@scripts/run handbook compile

serve: environment ## preview one language with live reload (LANG=zh for Chinese, PORT=8001)
	@scripts/run handbook serve $(CONFIG)

review: environment ## review an answer of your own (FILE=answer.md)
	@scripts/run handbook review -- "$$FILE"

pdf: environment ## make the book of each language in site/pdf/ (needs Chromium and fonts)
	@scripts/browser
	@scripts/run handbook pdf

epub: environment ## make the book of each language for e-readers in site/epub/
	@scripts/run handbook epub

offline: environment ## make a zip of all languages that opens without a network in site/offline/
	@scripts/run handbook offline

sharing: environment ## make the pictures that are shown beside a link, in site/sharing/ (needs Chromium and fonts)
	@scripts/browser
	@scripts/run handbook sharing

bench: test-environment ## weight and speed against the stock set-up (ARGS="--runs 1")
	@scripts/browser
	@scripts/run bench.bench

links: test-environment site ## check links to other sites (needs the network)
	@scripts/links

anchors: environment ## add new anchors to the published list
	@scripts/run handbook anchors

translated: environment ## mark Chinese pages as up to date (PAGE=docs/zh/…)
	@scripts/run handbook translated -- "$$PAGE"

clean: ## remove what was built
	rm -rf site .site-* build .build-* .cache

# Always asked, and quick where nothing is to be done: a moved folder or an upgraded Python leaves an
# environment that no date of a file gives away.
environment:
	@scripts/install site

test-environment:
	@scripts/install test
