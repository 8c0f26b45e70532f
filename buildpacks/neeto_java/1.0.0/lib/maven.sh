# Maven: the app's wrapper, else Debian's.

# What Debian's Maven runs for a plain jar.
readonly maven_plugins=(libmaven-resources-plugin-java libmaven-compiler-plugin-java libsurefire-java libmaven-jar-plugin-java libmaven-dependency-plugin-java)

build_with_maven() {
  local goals options
  read -ra goals <<< "${MAVEN_CUSTOM_GOALS:-package}"
  read -ra options <<< "${MAVEN_CUSTOM_OPTS:--DskipTests}"
  if [[ -f mvnw ]]; then
    install_jdk
    chmod +x mvnw
    header "Building with the app's Maven wrapper"
    MAVEN_USER_HOME=$cache/m2 run ./mvnw --batch-mode "-Dmaven.repo.local=$cache/m2/repository" "${options[@]}" "${goals[@]}" ||
      fail "The Maven build failed; the reason is above." \
        "The wrapper downloads Maven itself. Where the builder may not reach it, remove mvnw and .mvn: Debian's Maven then builds the app."
  else
    install_jdk maven "${maven_plugins[@]}"
    header "Building with Debian's Maven $(debian_upstream "$(debian_version jdk maven)")"
    build_with_debian
  fi
}

# From Maven's own repository; where that cannot be reached, from Debian's packages, which have the usual plugins and some libraries.
build_with_debian() {
  local log today
  printf -v today '%(%F)T' -1
  log=$(mktemp)
  if [[ ! -f $cache/maven-unreachable || $(< "$cache/maven-unreachable") != "$today" ]]; then
    if maven "-Dmaven.repo.local=$cache/m2/repository" | tee "$log"; then return 0; fi
    grep -qE 'Could not transfer|Unknown host|UnknownHostException|Connection refused|Network is unreachable|timed out' "$log" ||
      fail "The Maven build failed; the reason is above."
    printf '%s' "$today" > "$cache/maven-unreachable"
  fi
  note "Maven's repository cannot be reached: building with what Debian's packages have."
  write_settings > "$cache/maven-debian.xml"
  maven --settings "$cache/maven-debian.xml" "-Dmaven.repo.local=$cache/m2-debian/repository" || fail "The Maven build failed; the reason is above." \
    "Maven's repository cannot be reached, and Debian's packages have only the usual plugins and no libraries." \
    "Let the builder reach the repository (or name a mirror of it in the app's .mvn/maven.config), or commit the jars and a Procfile."
}

# The jars hold no time of the build, so that the same sources make the same layer.
maven() {
  run "$layers/jdk/usr/share/maven/bin/mvn" --batch-mode --no-transfer-progress -Dproject.build.outputTimestamp=1980-01-01T00:00:02Z "$@" "${options[@]}" "${goals[@]}"
}

# Puts Debian's folder of artifacts into the place of Maven's repository.
write_settings() {
  local kind
  echo '<settings><activeProfiles><activeProfile>debian</activeProfile></activeProfiles><profiles><profile><id>debian</id>'
  for kind in repositor pluginRepositor; do
    printf '<%sies><%sy><id>central</id><url>file://%s</url><releases><checksumPolicy>ignore</checksumPolicy></releases></%sy></%sies>\n' \
      "$kind" "$kind" "$layers/jdk/usr/share/maven-repo" "$kind" "$kind"
  done
  echo '</profile></profiles></settings>'
}
