#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what the tests need, builds with warnings as errors, runs them, sums up.
#
# usage: sh tests/run.sh [SUITE...]
#   no SUITE   everything: the fast suites, then the slow ones
#   fast       the fast suites
#   NAME       one of them: base types wire trace symbols export device server workbench cli firmware fuzz e2e data ui
#   bench      slow: the benchmarks (figures; not part of everything)
#   nogui      slow: without GTK (-Dgui=disabled), built and tested
#   sanitize   slow: everything once more under AddressSanitizer and UndefinedBehaviorSanitizer
# The last line is "N passed, N failed, N skipped"; exit status 0 when nothing failed.
set -u
cd "$(dirname "$0")/.." || exit 1
sh data/install-packages.sh build gui show test || exit 1

results=$(mktemp -d) || exit 1
trap 'rm -rf "$results"' EXIT
jobs=$(nproc)
[ "$jobs" -le 4 ] || jobs=4

# build FOLDER OPTIONS...: configured once, then brought up to date
build () {
  folder=$1
  shift
  if [ ! -f "$folder/build.ninja" ]; then
    meson setup "$folder" -Dwerror=true "$@" || return 1
  fi
  meson compile -C "$folder"
}

# suite LABEL FOLDER MESON-TEST-ARGUMENTS...: runs and keeps the log for the sum
suite () {
  label=$1
  folder=$2
  shift 2
  echo "== $label"
  rm -f "$folder/meson-logs/testlog.json"
  meson test -C "$folder" --no-rebuild --print-errorlogs --num-processes "$jobs" --timeout-multiplier 3 "$@"
  if [ -f "$folder/meson-logs/testlog.json" ]; then
    cp "$folder/meson-logs/testlog.json" "$results/$label.json"
  else
    echo "$label" >"$results/$label.broken"
  fi
}

run_plain () {
  if build build-test; then
    suite "$@"
  else
    echo "build" >"$results/build.broken"
  fi
}

run_nogui () {
  if build build-nogui -Dgui=disabled; then
    suite nogui build-nogui --suite cli --suite e2e --suite workbench
  else
    echo "nogui" >"$results/nogui.broken"
  fi
}

run_bench () {
  if build build-test; then
    suite bench build-test --benchmark --verbose
  else
    echo "bench" >"$results/bench.broken"
  fi
}

run_sanitize () {
  if build build-sanitize -Dsanitize=true; then
    suite sanitize build-sanitize --timeout-multiplier 8
  else
    echo "sanitize" >"$results/sanitize.broken"
  fi
}

[ $# -gt 0 ] || set -- fast nogui sanitize
names=
for name in "$@"; do
  case $name in
    bench) run_bench ;;
    fast) run_plain fast build-test ;;
    nogui) run_nogui ;;
    sanitize) run_sanitize ;;
    *) names="$names --suite $name" ;;
  esac
done
# shellcheck disable=SC2086 # several words
[ -z "$names" ] || run_plain chosen build-test $names
python3 tests/support/sum-up.py "$results"
