# The Java runtime as a layer of the image, and the JDK as one to build with.

install_java() {
  local there
  header "Installing Java"
  there=$(available_javas)
  [[ -n $there ]] || fail "Debian's packages of OpenJDK cannot be found; the builder may not reach the Debian mirror."
  choose_java "$there"
  debian_layer jre "openjdk-$java-jre-headless"
  if [[ -n $debian_made ]]; then finish_java jre; fi
  layer_env jre env.launch JAVA_HOME.override "$(home_of jre)"
  layer_env jre env.launch PATH.prepend "$(home_of jre)/bin"
  layer_env jre env.launch PATH.delim ":"
  # Java would take a quarter of a dyno's memory for its heap, as if it shared a machine.
  layer_env jre env.launch JAVA_TOOL_OPTIONS.default "-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8"
  note "OpenJDK $(debian_upstream "$(debian_version jre "openjdk-$java-jre-headless")")"
}

# Prints the major versions that Debian has, the oldest first.
available_javas() {
  local names=() major
  for major in 8 11 {17..40}; do names+=("openjdk-$major-jdk-headless"); done
  debian_candidates "${names[@]}" | sed -nE 's/^openjdk-([0-9]+)-jdk-headless .*/\1/p' | sort -nu
}

# Sets java to the major version.
choose_java() {
  local asked=''
  java=$(tail -n 1 <<< "$1")
  [[ ! -f system.properties ]] || asked=$(sed -nE 's/^[[:space:]]*java\.runtime\.version[[:space:]]*[=:][[:space:]]*([^[:space:]]+).*$/\1/p' system.properties | tail -n 1)
  if [[ -z $asked ]]; then
    note "No version is pinned: choosing $java, the newest that Debian has."
    note "To pin it, add the file system.properties with the line: java.runtime.version=$java"
    return 0
  fi
  [[ $asked =~ ^(1\.)?([0-9]+)([.0-9_]*)$ ]] || fail "java.runtime.version '$asked' (system.properties) is not a version." "Write for example 17."
  java=${BASH_REMATCH[2]}
  grep -qx "$java" <<< "$1" || fail "system.properties asks for Java $asked, but Debian has: $(paste -sd' ' <<< "$1")." \
    "Set java.runtime.version to one of these."
  note "java.runtime.version (system.properties): $asked"
  [[ -z ${BASH_REMATCH[3]} ]] || note "Of Java $java the newest update is taken, as Debian has only that."
}

# The JDK, and more packages to build with.
install_jdk() {
  debian_layer --build jdk "openjdk-$java-jdk-headless" "$@"
  if [[ -n $debian_made ]]; then finish_java jdk; fi
  JAVA_HOME=$(home_of jdk)
  export JAVA_HOME PATH=$JAVA_HOME/bin:$PATH
}

home_of() {
  local folders=("$layers/$1/usr/lib/jvm/java-$java-openjdk-"*)
  printf '%s' "${folders[0]}"
}

# What the packages' scripts would have done: a store of the certificates that this stack trusts.
finish_java() {
  local store
  store=$(home_of "$1")/lib/security/cacerts
  rm -f "$store"
  write_truststore /etc/ssl/certs/ca-certificates.crt "$store"
}
