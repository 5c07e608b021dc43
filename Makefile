# SPDX-License-Identifier: Apache-2.0
SWIFT ?= swift
RELEASE = $$($(SWIFT) build -c release --show-bin-path)/hvocheck
DEBUG = $$($(SWIFT) build --show-bin-path)/hvocheck

.PHONY: help check test test-formats test-html build bench clean prerequisites

help:
	@echo 'make check   install what is missing, build, check the descriptors in arches/'
	@echo 'make test    install what is missing, build, run all tests, check the format, run the cases of the rules'
	@echo 'make test-formats   validate every output format with the validators of others (python3, prove, PyPI)'
	@echo 'make test-html  install a browser and validators, test the HTML report with them'
	@echo 'make build   build the release binary and say where it is'
	@echo 'make bench   count the instructions of hvocheck check with valgrind, against the recorded ones'
	@echo 'make clean   remove what was built'

check: build
	@echo 'hvocheck check'
	@$(RELEASE) check

build: prerequisites
	@$(SWIFT) build -c release --product hvocheck --quiet
	@echo "built $(RELEASE)"

test: prerequisites
	@SWIFT='$(SWIFT)' Scripts/run-tests
	@SWIFT='$(SWIFT)' Scripts/check-format
	@echo 'hvocheck rules test'
	@$(DEBUG) rules test

test-formats: prerequisites
	@SWIFT='$(SWIFT)' Scripts/write-format-samples .build/format-samples
	@Scripts/validate-formats $(DEBUG) .build/format-samples

test-html: prerequisites
	@SWIFT='$(SWIFT)' Scripts/test-html --install

prerequisites:
	@SWIFT='$(SWIFT)' Scripts/install-missing

bench: prerequisites
	@Benchmarks/instructions.sh

clean:
	@rm -rf .build
