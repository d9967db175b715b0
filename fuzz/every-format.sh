#!/usr/bin/env bash
# Fuzzes every format by itself, beginning with the samples: fuzz/every-format.sh [SECONDS [AT_ONCE]]
#
# Prints a line for each: its name, how many runs there were, and whether they ended well. Needs
# `cargo install cargo-fuzz`. What crashed a format lies in fuzz/artifacts/format.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-600} at_once=${2:-1}

cargo fuzz build -s none --fuzz-dir . format
target=$(find target -path '*/release/format' -type f | head -n 1)
names=$(cargo run --quiet --manifest-path ../Cargo.toml -- formats | sed -n 's/^\([a-z0-9-]*\): .*/\1/p')
mkdir -p artifacts/format

one() {
    mkdir -p "corpus/$1"
    local log="artifacts/$1.log" verdict=well
    FORMAT=$1 "$target" "corpus/$1" ../samples/formats -max_total_time="$seconds" -max_len=4096 -rss_limit_mb=4096 \
        -timeout=20 -artifact_prefix=artifacts/format/ -print_final_stats=1 >"$log" 2>&1 || verdict=badly
    printf '%s\t%s\t%s\n' "$1" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" "$verdict"
}
export -f one
export seconds target

printf '%s\n' $names | xargs -P "$at_once" -I {} bash -c 'one {}'
