#!/usr/bin/env bash
# Measures the gateway beside a bare forwarder and a direct call: tests/bench.sh [quick|full|micro] [--postgresql] [--million]
# [--waiters N] [--only SECTION,…] [--new-baseline]. Needs wrk and no network. docs/speed.md says what it measures.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

refuse() { echo "tests/bench.sh: $*" >&2; exit 2; }

what=quick
case "${1:-}" in quick | full | micro) what=$1; shift ;; esac

command -v dotnet >/dev/null 2>&1 || refuse "the .NET SDK (10.0) is not on the path; see https://dot.net"
if [ "$what" != micro ] && ! command -v wrk >/dev/null 2>&1; then
  command -v apt-get >/dev/null 2>&1 || refuse "wrk is missing; install it by hand, there is no apt-get here"
  [ "$(id -u)" = 0 ] || refuse "wrk is missing; run 'sudo apt-get install wrk' once, or run this as root"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends wrk >/dev/null || refuse "could not install wrk"
fi
# Every waiting caller is an open connection, on both sides.
ulimit -n "$(ulimit -Hn)"

dotnet build tests/Bench -c Release --verbosity quiet -nologo >&2 || refuse "the build failed"
bench=tests/Bench/bin/Release/net10.0/Bench.dll
if [ "$what" = micro ]; then exec dotnet "$bench" micro "$@"; fi
# As Gateway/Dockerfile does.
dotnet publish Gateway -c Release -r linux-x64 --no-self-contained -p:PublishReadyToRun=true -o tests/Bench/bin/gateway --verbosity quiet -nologo >&2 || refuse "the product could not be published"
exec dotnet "$bench" run "$what" "$@"
