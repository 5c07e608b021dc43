#!/usr/bin/env bash
# Counts the machine instructions of `hvocheck check` with callgrind, start-up apart from the work, and compares them
# with the numbers in instructions.txt. Instruction counts repeat; times on a loaded machine do not.
#
# The shipped descriptors are checked once and twice (the second copy under other names): the difference is the work,
# what is left is start-up.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v valgrind >/dev/null || { echo "bench: valgrind is not installed (Debian: apt-get install valgrind)" >&2; exit 2; }
swift build -c release --product hvocheck >/dev/null
tool=.build/release/hvocheck

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/once" "$work/twice"
for descriptor in arches/*.yaml; do
  cp "$descriptor" "$work/once/"
  cp "$descriptor" "$work/twice/"
  cp "$descriptor" "$work/twice/copy-$(basename "$descriptor")"
done

count() {
  # Hashing is seeded at random otherwise, and the count with it.
  SWIFT_DETERMINISTIC_HASHING=1 valgrind --tool=callgrind --callgrind-out-file="$work/out" "$tool" check "$1" \
    >"$work/report" 2>"$work/log" || true
  grep -q '^checked' "$work/report" || { echo "bench: hvocheck check $1 did not finish" >&2; exit 3; }
  awk '/Collected/ { print $NF }' "$work/log"
}
once=$(count "$work/once")
twice=$(count "$work/twice")
work_instructions=$((twice - once))
startup=$((once - work_instructions))

status=0
Benchmarks/compare startup "$startup" || status=1
Benchmarks/compare check "$work_instructions" || status=1
exit $status
