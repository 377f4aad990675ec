# Sets JAVA_HOME to a JDK 25 or newer; sourced by ./cox and ./mvnw.
major() { "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = \([0-9]*\).*/\1/p'; }

is_good() { [ -x "$1/bin/javac" ] && [ "$(major "$1")" -ge 25 ] 2>/dev/null; }

find_jdk() {
  local candidate
  for candidate in "${COX_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* \
      "$HOME"/.sdkman/candidates/java/*; do
    if [ -n "$candidate" ] && is_good "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

if ! JAVA_HOME=$(find_jdk); then
  echo "error: Coxswain needs a JDK 25 or newer. Install one, or set JAVA_HOME to where it is." >&2
  exit 1
fi
export JAVA_HOME
