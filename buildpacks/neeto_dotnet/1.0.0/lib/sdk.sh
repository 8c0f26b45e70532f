# The SDK: the one of the machine that builds, which every build may read.

# Where the builder shows it to us.
readonly usual_root=/usr/share/dotnet

# Sets dotnet_root and sdk_version.
find_sdk() {
  local program
  header "Choosing the .NET SDK"
  program=$(command -v dotnet || true)
  [[ -n $program ]] || program=$usual_root/dotnet
  [[ -x $program ]] || fail "This builder has no .NET SDK." \
    "It is the one of the machine that builds: the operator installs it there."
  dotnet_root=$(dirname "$(readlink -f "$program")")
  export PATH=$dotnet_root:$PATH DOTNET_ROOT=$dotnet_root
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_HOME=$cache/dotnet-home DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
  export DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true MSBUILDDISABLENODEREUSE=1 DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK=1
  # The build image has no ICU, and the SDK need only know what languages are called.
  export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY=false
  # Asking whether a package's certificate was revoked needs hosts that a build may not reach; the packages' signatures are checked all the same.
  export NUGET_PACKAGES=$cache/nuget NUGET_HTTP_CACHE_PATH=$cache/nuget-http NUGET_CERT_REVOCATION_MODE=offline
  mkdir -p "$DOTNET_CLI_HOME"
  sdk_version=$(dotnet --version 2> /dev/null) || refuse_sdk
  if [[ -f global.json ]]; then
    note "SDK $sdk_version, which satisfies global.json: $(asked_for)"
  else
    note "SDK $sdk_version: the newest of this builder. To pin it, add a global.json: dotnet new globaljson"
  fi
}

# What global.json says, for people.
asked_for() {
  local asked
  asked=$(jq -r '.sdk // {} | [.version // "any version", if .rollForward then "rollForward \(.rollForward)" else empty end] | join(", ")' \
    global.json 2> /dev/null) || asked='it cannot be read as JSON'
  printf '%s' "$asked"
}

refuse_sdk() {
  local there
  there=$(dotnet --list-sdks 2> /dev/null | cut -d' ' -f1 | paste -sd' ')
  [[ -f global.json ]] || fail "The .NET SDK of this builder does not start:" "$(dotnet --version 2>&1 || true)"
  fail "global.json asks for an SDK that is not here: $(asked_for)." \
    "This builder has: ${there:-none}" \
    "Set \"rollForward\": \"latestMajor\" in global.json to build with a newer SDK (it builds for older target frameworks too)," \
    "or have the operator install that SDK in the dotnet folder of the machine that builds."
}
