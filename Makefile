# SPDX-License-Identifier: Apache-2.0
SWIFT ?= swift
RELEASE = $$($(SWIFT) build -c release --show-bin-path)/hvocheck
DEBUG = $$($(SWIFT) build --show-bin-path)/hvocheck
PREFIX ?= /usr/local

# What is installed below the prefix, and what it is made from. The tree is not built anew for `sudo make install`.
TREE = .build/dist/tree
TREE_SOURCES = $(shell find Package.swift Sources kernels rules schema packaging Scripts/build-tree -type f)

.PHONY: help check test lint check-house test-uses test-formats test-kernels test-html test-dist build bench bench-kconfig dist install uninstall clean prerequisites

help:
	@echo 'make check   install what is missing, build, check the descriptors in arches/'
	@echo 'make test    install what is missing, build, run all tests, run the cases of the rules'
	@echo 'make lint    install the linters that are missing, check Swift, shell and Python'
	@echo 'make check-house   check the rules of the house: imports, sizes of files and folders, what must not be used'
	@echo 'make test-uses    play the three uses from start to end: a new port, the gate, the matrix'
	@echo 'make test-formats   validate every output format with the validators of others (python3, prove, PyPI)'
	@echo 'make test-kernels   install kernel sources, compare hvocheck with the conf that lies in them, run the tests of trees'
	@echo 'make test-html  install a browser and validators, test the HTML report with them'
	@echo 'make build   build the release binary and say where it is'
	@echo 'make bench   count the instructions of hvocheck with valgrind, against the recorded ones'
	@echo 'make bench-kconfig   install kernel sources, measure hvocheck conf beside the conf that lies in them'
	@echo 'make dist    build what is shipped into .build/dist/packages: one static binary, a Debian package, the JSON Schemas'
	@echo 'make test-dist           install the testers that are missing, test all of that, also in a clean Debian'
	@echo 'make install PREFIX=/usr/local DESTDIR=      the binary, manual pages, completions; make uninstall removes them'
	@echo 'make clean   remove what was built'

check: build
	@echo 'hvocheck check'
	@$(RELEASE) check

build: prerequisites
	@$(SWIFT) build -c release --product hvocheck --quiet
	@echo "built $(RELEASE)"

test: prerequisites
	@SWIFT='$(SWIFT)' Scripts/run-tests
	@echo 'hvocheck rules test'
	@$(DEBUG) rules test
	@echo 'not run: make lint test-uses test-formats test-kernels test-html test-dist, which .ci/run does, and make bench'

lint:
	@SWIFT='$(SWIFT)' Scripts/lint

check-house:
	@Scripts/check-house

test-uses: build
	@Scripts/install-missing git python3
	@Scripts/play-the-uses $(RELEASE)

test-formats: prerequisites
	@Scripts/install-missing python3 prove=perl
	@python3 -c 'import ensurepip' 2>/dev/null || Scripts/install-missing ensurepip=python3-venv
	@SWIFT='$(SWIFT)' Scripts/write-format-samples .build/format-samples
	@Scripts/validate-formats $(DEBUG) .build/format-samples

test-kernels: build
	@SWIFT='$(SWIFT)' Scripts/test-kernels $(RELEASE)

test-html: prerequisites
	@SWIFT='$(SWIFT)' Scripts/test-html --install

prerequisites:
	@SWIFT='$(SWIFT)' Scripts/install-missing

bench: prerequisites
	@Benchmarks/instructions.sh
	@[ ! -e .build/kernels/6.12/stamp ] || SWIFT='$(SWIFT)' Benchmarks/kconfig.sh $(RELEASE) --own

bench-kconfig: build
	@SWIFT='$(SWIFT)' Benchmarks/kconfig.sh $(RELEASE)

dist: $(TREE)/bin/hvocheck
	@Scripts/build-packages
	@ls -sh .build/dist/packages

test-dist:
	@SWIFT='$(SWIFT)' Scripts/test-dist

install: $(TREE)/bin/hvocheck
	@cd $(TREE) && find . -type f | while read -r file; do \
	    mode=644; [ ! -x "$$file" ] || mode=755; \
	    install -D -m "$$mode" "$$file" "$(DESTDIR)$(PREFIX)/$$file" || exit 1; \
	done
	@echo 'installed below $(DESTDIR)$(PREFIX)'

uninstall:
	@[ -d $(TREE) ] || { echo 'the list of files is $(TREE), which make install leaves behind: it is gone' >&2; exit 1; }
	@cd $(TREE) && find . -type f | while read -r file; do rm -f "$(DESTDIR)$(PREFIX)/$$file" || exit 1; done
	@echo 'removed from $(DESTDIR)$(PREFIX)'

$(TREE)/bin/hvocheck: $(TREE_SOURCES)
	@SWIFT='$(SWIFT)' Scripts/install-missing
	@SWIFT='$(SWIFT)' Scripts/build-tree

clean:
	@rm -rf .build Benchmarks/.build
