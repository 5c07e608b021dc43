#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures the Kconfig front end beside its peers, with what that needs: kernel trees, and a program that evaluates.
# Usage: kconfig.sh HVOCHECK [--own]    HVOCHECK is the binary, of a release build; --own leaves out the peers
set -eu
hvocheck=$(realpath "${1:?usage: kconfig.sh HVOCHECK [--own]}")
shift
cd "$(dirname "$0")/.."
cache=.build/kernels

Scripts/install-missing valgrind
Scripts/kernels/prepare-all "$cache"
python3 -c 'import ensurepip' 2>/dev/null || Scripts/install-missing ensurepip=python3-venv
build=("${SWIFT:-swift}" build -c release --package-path Benchmarks)
"${build[@]}" --product kconfig-evaluations --quiet
Benchmarks/kconfig "$hvocheck" "$("${build[@]}" --show-bin-path)/kconfig-evaluations" "$cache" "$@"
