#!/usr/bin/env bash
# Everything CI runs: the build with its checks and plain tests, then the tests that need root and packages.
# With the word `long`: other people's clients against what was built, which fetch packages.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$top/.mvn/jdk.sh"
cd "$top"
started=$SECONDS
if [ "${1:-}" = long ]; then
  ./mvnw -B -q verify -pl conformance,conformance/operator -am -DincludedTags=long -DexcludedTags= \
    -Dspotless.check.skip -Dsurefire.failIfNoSpecifiedTests=false
  echo "other people's clients: $((SECONDS - started)) s"
  exit 0
fi
./mvnw -B -q verify
echo "build and plain tests: $((SECONDS - started)) s"
if [ "$(id -u)" != 0 ] || [ "$(uname)" != Linux ]; then
  echo "The tests tagged 'real' need root on Linux and were left out."
  exit 0
fi
./cox install-packages
source "$top/.mvn/etcd.sh"
./mvnw -B -q verify -DincludedTags=real -DexcludedTags= -Dspotless.check.skip -Dmaven.main.skip \
  -Dsurefire.failIfNoSpecifiedTests=false
echo "all tests: $((SECONDS - started)) s"
