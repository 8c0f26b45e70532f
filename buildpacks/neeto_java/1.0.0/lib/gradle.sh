# Gradle, only by the app's own wrapper: Debian's is too old for the JDK that Debian has.

build_with_gradle() {
  local task
  read -ra task <<< "${GRADLE_TASK:-$(default_task)}"
  install_jdk
  chmod +x gradlew
  header "Building with the app's Gradle wrapper"
  GRADLE_USER_HOME=$cache/gradle run ./gradlew --no-daemon "${task[@]}" || fail "The Gradle build failed; the reason is above." \
    "The wrapper downloads Gradle itself, and Gradle the app's libraries: the builder must be able to reach both."
}

# As on Heroku: the task stage where there is one.
default_task() {
  if grep -qsE "task +stage|register\(['\"]stage['\"]" build.gradle build.gradle.kts; then
    echo stage
  else
    echo build -x test
  fi
}
