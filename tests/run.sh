#!/usr/bin/env bash
# Installs what the tests need, builds with warnings as errors, runs every test, and ends with one plain line:
# N passed, N failed, N skipped. A tool that is missing and cannot be installed is a failure, never a silent skip.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CI="${CI:-true}"

refuse() { echo "tests/run.sh: $*" >&2; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# need COMMAND PACKAGE: a command on the path, installed by Debian's package manager where that is allowed.
missing=()
need() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
need chromium chromium
need node nodejs
need npm npm
need /usr/lib/rabbitmq/bin/rabbitmq-server rabbitmq-server
need epmd erlang-base
need openssl openssl
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || missing+=(postgresql)

command -v dotnet >/dev/null 2>&1 || refuse "the .NET SDK (10.0) is not on the path; see https://dot.net"
if [ "${#missing[@]}" -gt 0 ]; then
  command -v apt-get >/dev/null 2>&1 || refuse "missing: ${missing[*]}; install them by hand, there is no apt-get here"
  [ "$(id -u)" = 0 ] || refuse "missing: ${missing[*]}; run 'sudo apt-get install ${missing[*]}' once, or run this as root"
  echo "Installing ${missing[*]} …"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null \
    || refuse "could not install: ${missing[*]}"
fi

# packages FOLDER WHAT: what a package-lock.json names, installed unless it is there.
packages() {
  if [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ]; then return; fi
  echo "Installing $2 …"
  npm ci --prefix "$1" --no-audit --no-fund --loglevel=error >/dev/null || refuse "$2 could not be installed (npm ci --prefix $1)"
}
packages tests/WholePath/Matrix/Node "the TypeScript clients"
packages tests/Distributed/Provider "the OpenID provider"

echo "Building …"
dotnet restore Approvals.sln --verbosity quiet || refuse "the packages could not be restored"
dotnet build Approvals.sln --no-restore --verbosity quiet || refuse "the build failed"

log=$(mktemp) began=$(mktemp)
trap 'rm -f "$log" "$began"' EXIT
status=0
dotnet test --solution Approvals.sln --no-build --max-parallel-test-modules 1 "$@" 2>&1 | tee "$log" || status=$?

# What each unmodified client saw in this run.
table=tests/WholePath/TestResults/client-matrix.md
if [ "$table" -nt "$began" ]; then printf '\n%s\n\n' "$(cat "$table")"; fi
# What was measured with several of each.
for figure in tests/Distributed/TestResults/*.md; do
  if [ "$figure" -nt "$began" ]; then cat "$figure"; fi
done

# What failed is said once more at the end, where somebody looks who has only the last lines.
awk '/^failed .*\([0-9a-z .]+\)/ { left = 30; if (!told++) print "\nFailed:" } left > 0 && !/^(passed|skipped) / { print; left-- }' "$log"

count() { awk -v name="$1:" '$1 == name { n = $2 } END { print n + 0 }' "$log"; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
# A run that broke off before it could count is not a green one.
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
if [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
