# The two commands: `make graph` and `make test`. Each sets itself up; a second run skips the set-up.
#
#   make graph                             the bundled notices into out/
#   make graph NOTICE=notice.txt OUT=dir   any other notice, or a folder of them

SHELL  := /bin/bash
NOTICE ?= examples
OUT    ?= out
ARGS   ?=
VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
            "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

export NOTICE OUT

.PHONY: help graph test accuracy docs bench clean
.DEFAULT_GOAL := help

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 17
	@echo "  NOTICE=path (file or folder)   OUT=folder   ARGS='-k words' (for test)"

graph: $(VENV)/run.stamp  ## read a notice and build its graph, report and page: NOTICE=path OUT=folder
	@$(BIN)/python build_graph.py --out "$$OUT" -- "$$NOTICE"

test: $(VENV)/test.stamp  ## check the types and run all tests
	$(BIN)/mypy
	$(BIN)/python -m pytest $(ARGS)

accuracy: $(VENV)/run.stamp  ## score every answer file anew into docs/accuracy.md
	@$(BIN)/python -m kg.accuracy

docs: $(VENV)/test.stamp  ## write anew what the commands print (README), the accuracy, the questions, the ontology as HTML
	@UPDATE_DOCS=1 $(BIN)/python -m pytest tests/test_accuracy_page.py tests/test_cookbook.py tests/test_docs.py
	@$(BIN)/python -m ontology.page docs 2>/dev/null

bench: $(VENV)/test.stamp  ## measure speed and memory, the questions and the page, side by side (15 minutes)
	@$(BIN)/python bench/bench.py $(ARGS)
	@$(BIN)/python bench/queries.py
	@if command -v chromium >/dev/null; then $(BIN)/python bench/explorer.py; else echo "the page is not measured: there is no chromium here" >&2; fi

clean:  ## remove what was built and installed here
	rm -rf $(VENV) out build *.egg-info .pytest_cache .mypy_cache .hypothesis tests/artefacts

# Install Debian packages when root, else say which: $(call debian,PACKAGES,WHAT FOR)
define debian
if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
  echo "installing the Debian packages $(1) …" >&2; export DEBIAN_FRONTEND=noninteractive; \
  apt-get update -qq && apt-get install -y -qq --no-install-recommends $(1) >/dev/null; \
else \
  echo "$(2) needs packages that are not installed. Please run: sudo apt-get install $(1)" >&2; exit 1; \
fi
endef

$(VENV)/bin/pip:
	@if [ -z "$(PYTHON)" ]; then $(call debian,python3 python3-venv,rectify (Python 3.11 or newer)); fi
	@python="$(PYTHON)"; python="$${python:-python3}"; \
	"$$python" -c 'import ensurepip, venv' 2>/dev/null || { $(call debian,python3-venv,The set-up); }; \
	"$$python" -m venv --clear $(VENV)

$(VENV)/run.stamp: setup.cfg pyproject.toml | $(VENV)/bin/pip
	@echo "installing the libraries into $(VENV) …" >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/test.stamp: setup.cfg pyproject.toml Makefile | $(VENV)/bin/pip
	@echo "installing the libraries and what the tests need into $(VENV) …" >&2
	@$(BIN)/python -m pip install -q --use-pep517 --disable-pip-version-check -e '.[test]'
	@command -v chromium >/dev/null || { $(call debian,chromium,The test of the page); }
	@ldconfig -p 2>/dev/null | grep -q libatomic.so.1 || { $(call debian,libatomic1,The test of the page); }
	@command -v java >/dev/null || [ "$$(id -u)" != 0 ] || { $(call debian,default-jre-headless,The reasoner of the ontology); }
	@command -v virtuoso-t >/dev/null && command -v dot >/dev/null || [ "$$(id -u)" != 0 ] || \
	  ( $(call debian,virtuoso-opensource-7-bin graphviz,The tests of endpoints and diagrams) ) || [ -z "$$CI" ]
	@fc-list :lang=zh 2>/dev/null | grep -q . && fc-list | grep -q Liberation || { $(call debian,fontconfig fonts-noto-cjk fonts-liberation,The test of the page); }
	@touch $(VENV)/run.stamp $@
