#!/usr/bin/env bash
# Everything CI runs: the build with its checks and plain tests, other people's clients against what was built, then
# the tests that need root and packages.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$top/.mvn/jdk.sh"
cd "$top"
started=$SECONDS
./mvnw -B -q verify
echo "build and plain tests: $((SECONDS - started)) s"
./mvnw -B -q verify -pl conformance,conformance/operator -am -DincludedTags=long -DexcludedTags= \
  -Dspotless.check.skip -Dmaven.main.skip -Dsurefire.failIfNoSpecifiedTests=false
echo "with other people's clients: $((SECONDS - started)) s"
if [ "$(id -u)" != 0 ] || [ "$(uname)" != Linux ]; then
  echo "The tests tagged 'real' need root on Linux and were left out."
  exit 0
fi
./cox install-packages
source "$top/.mvn/etcd.sh"
./mvnw -B -q verify -DincludedTags=real -DexcludedTags= -Dspotless.check.skip -Dmaven.main.skip \
  -Dsurefire.failIfNoSpecifiedTests=false
echo "all tests: $((SECONDS - started)) s"
