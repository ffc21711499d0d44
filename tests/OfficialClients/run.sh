#!/usr/bin/env bash
# Checks the emulator with the unmodified official clients, and the identity that they use for a folder and an
# environment. Prints TAP, and exits with 0 if every check passes. It needs npm and node.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
emulator_project="$here/../../src/CrRegistry.Emulator"
tags=250

for tool in npm node; do
    if ! command -v "$tool" > /dev/null; then
        echo "not ok - the official clients need $tool, which is not installed"
        exit 1
    fi
done

scratch=$(mktemp -d)
emulator_pid=
clean_up() {
    if [ -n "$emulator_pid" ]; then
        kill "$emulator_pid" 2> /dev/null || true
        wait "$emulator_pid" 2> /dev/null || true
    fi
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# Node searches for packages beside the script. The scripts are copied to the packages to keep the repository clean.
cp "$here"/*.mjs "$scratch"
install_clients() {
    (cd "$scratch" && npm install --no-save --no-package-lock --silent --no-fund --no-audit \
        @alicloud/openapi-core@1.0.8 @alicloud/pop-core@1.8.0 @alicloud/credentials@2.4.7)
}
if ! install_clients && ! install_clients; then
    echo "not ok - npm installs the official clients"
    exit 1
fi

dotnet build "$emulator_project" --nologo -v quiet > "$scratch/build.log" || { cat "$scratch/build.log"; exit 1; }
emulator=$(dotnet build "$emulator_project" --nologo --no-restore -getProperty:TargetPath)
dotnet "$emulator" --tags "$tags" > "$scratch/emulator.txt" &
emulator_pid=$!

# The emulator prints the repository last.
for _ in $(seq 100); do
    if grep -q '^Repository: ' "$scratch/emulator.txt" || ! kill -0 "$emulator_pid" 2> /dev/null; then
        break
    fi
    sleep 0.1
done
printed() { sed -n "s/^$1: //p" "$scratch/emulator.txt"; }
if [ -z "$(printed Repository)" ]; then
    echo "not ok - the emulator starts"
    exit 1
fi

EMULATOR_ADDRESS=$(printed Address)
EMULATOR_KEY_ID=$(printed AccessKeyId)
EMULATOR_KEY_SECRET=$(printed AccessKeySecret)
EMULATOR_INSTANCE=$(printed InstanceId)
EMULATOR_REPO=$(printed RepoId)
EMULATOR_TAGS=$tags
export EMULATOR_ADDRESS EMULATOR_KEY_ID EMULATOR_KEY_SECRET EMULATOR_INSTANCE EMULATOR_REPO EMULATOR_TAGS

# Calls to the loopback address must not use a proxy of the environment.
unset HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy

status=0
node "$scratch/list-v3.mjs" || status=1
node "$scratch/list-v1.mjs" || status=1
node "$scratch/identities.mjs" "$here/identities.json" || status=1
exit "$status"
