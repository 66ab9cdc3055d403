# The two commands a newcomer needs: `make site` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := PYTHONPATH=. $(BIN)/python -m handbook
LANG_CONFIG := $(if $(filter zh,$(LANG)),mkdocs.zh.yml,mkdocs.yml)

.DEFAULT_GOAL := help
.PHONY: help site test check serve pdf offline review bench links anchors translated clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F '\t' '{printf "make %-12s %s\n", $$1, $$2}'

site: $(VENV)/.site ## check everything and build both languages into site/
	@$(RUN) site

test: $(VENV)/.test ## install what the tests need and run all of them
	@scripts/browser tests
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.site ## run every content rule (ARGS="--list", "--explain RULE", "--only RULE,…")
	@$(RUN) check $(ARGS)

serve: $(VENV)/.site ## preview one language with live reload (LANG=zh for Chinese)
	@$(BIN)/mkdocs serve --config-file $(LANG_CONFIG)

review: $(VENV)/.site ## review an answer of your own (FILE=answer.md)
	@$(RUN) review "$(FILE)"

pdf: $(VENV)/.site ## make the book of each language in site/pdf/ (needs Chromium and fonts)
	@scripts/browser
	@$(RUN) pdf

offline: $(VENV)/.site ## make a zip of each language that opens without a network in site/offline/
	@$(RUN) offline

bench: $(VENV)/.test ## weight and speed against the stock set-up
	@scripts/browser
	@$(BIN)/python bench/bench.py

links: $(VENV)/.test ## check links to other sites (needs the network)
	@$(RUN) site
	@scripts/links

anchors: $(VENV)/.site ## add new anchors to the published list
	@$(RUN) anchors

translated: $(VENV)/.site ## mark Chinese pages as up to date (PAGE=docs/zh/…)
	@$(RUN) translated "$(PAGE)"

clean: ## remove what was built
	rm -rf site .site-* .cache

# A lock file newer than its stamp is installed again; an unfinished installation leaves no stamp.
$(VENV)/.site: requirements.txt
	@scripts/install requirements.txt $@

$(VENV)/.test: requirements-test.txt package-lock.json
	@scripts/install requirements-test.txt $@
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $(VENV)/.site
