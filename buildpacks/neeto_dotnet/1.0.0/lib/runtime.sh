# The shared frameworks, as a layer: out of the SDK when it has that version, else out of the packages that the SDK knows.

install_runtime() {
  local wanted key
  wanted=$(for program in "${programs[@]}"; do frameworks_of "$program"; done | sed -E 's/ ([0-9]+\.[0-9]+).*/ \1/' | sort -u)
  header "Installing the .NET runtime"
  if [[ -z $wanted ]]; then
    note "The app brings its own."
    return 0
  fi
  key=$(runtime_key "$wanted")
  if layer_is runtime "$key"; then
    note "$(tr '\n' ',' <<< "${wanted//Microsoft./}" | sed 's/,$//; s/,/, /g'): reused"
  else
    make_runtime "$wanted"
  fi
  layer_env runtime env.launch DOTNET_ROOT.override "$layers/runtime"
  layer_env runtime env.launch DOTNET_RUNNING_IN_CONTAINER.override true
  layer_env runtime env.launch PATH.prepend "$layers/runtime"
  layer_env runtime env.launch PATH.delim ":"
  keep_layer runtime "$key" launch cache
}

# The frameworks, and what decides which patch of them is taken.
runtime_key() {
  printf '%s, SDK %s' "$(tr '\n' ',' <<< "$1" | sed 's/,$//; s/,/, /g')" "$sdk_version"
}

make_runtime() {
  local name version patch highest=0.0
  start_layer runtime
  while read -r name version; do
    patch=$(highest_in "$dotnet_root/shared/$name" "$version")
    if [[ -n $patch ]]; then
      mkdir -p "$layers/runtime/shared/$name"
      cp -r "$dotnet_root/shared/$name/$patch" "$layers/runtime/shared/$name/"
      note "$name $patch: copied from the SDK"
    else
      fetch_framework "$name" "$version"
    fi
    [[ $(printf '%s\n' "$version" "$highest" | sort -V | tail -n 1) != "$version" ]] || highest=$version
  done <<< "$1"
  place_host
  runtime_contents | layer_sbom runtime
}

# Prints the frameworks as layer_sbom wants them: advisories name them by the packages that they are published as.
runtime_contents() {
  local folder name
  for folder in "$layers"/runtime/shared/*/*; do
    name=${folder%/*}
    printf 'nuget\t%s.Runtime.linux-%s\t%s\n' "${name##*/}" "$(architecture)" "${folder##*/}"
  done
}

# The host that finds the frameworks is compatible with older ones.
place_host() {
  local newest
  newest=$(highest_in "$dotnet_root/host/fxr" '')
  mkdir -p "$layers/runtime/host/fxr"
  cp -r "$dotnet_root/host/fxr/$newest" "$layers/runtime/host/fxr/"
  cp "$dotnet_root/dotnet" "$layers/runtime/"
}

# highest_in FOLDER MAJOR.MINOR: the newest version in a folder, no preview; nothing when there is none.
highest_in() {
  local version
  for version in "$1/$2"*; do
    version=${version##*/}
    [[ $version == *-* || (-n $2 && $version != "$2".*) ]] || printf '%s\n' "$version"
  done | sort -V | tail -n 1
}

# fetch_framework NAME MAJOR.MINOR: restores the runtime package that the SDK knows for this version.
fetch_framework() {
  local name=$1 version=$2 settings project package patch from to
  project=$(mktemp -d)
  package=$(tr '[:upper:]' '[:lower:]' <<< "$name").runtime.linux-$(architecture)
  write_project "$name" "$version" > "$project/runtime.csproj"
  # From where the app's own packages come.
  for settings in [Nn]u[Gg]et.[Cc]onfig; do cp "$settings" "$project/nuget.config"; done
  (cd "$project" && run dotnet restore --verbosity quiet) || fail "$name $version is neither in the SDK of this builder nor can it be restored; the reason is above." \
    "Without a package source, target the framework of the SDK: net${sdk_version%.*}."
  rm -rf "$project"
  patch=$(highest_in "$NUGET_PACKAGES/$package" "$version")
  [[ -n $patch ]] || fail "$name $version was restored, but there is no package $package."
  from=$NUGET_PACKAGES/$package/$patch/runtimes/linux-$(architecture) to=$layers/runtime/shared/$name/$patch
  mkdir -p "$to"
  cp -r "$from"/lib/net*/. "$to"
  [[ ! -d $from/native ]] || cp -r "$from"/native/. "$to"
  printf '{}' > "$to/.version"
  note "$name $patch: restored"
}

# A project that needs nothing but a framework, its own copy of it.
write_project() {
  echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>'
  echo "<TargetFramework>net$2</TargetFramework><RuntimeIdentifier>linux-$(architecture)</RuntimeIdentifier><SelfContained>true</SelfContained>"
  # Every project refers to this one.
  [[ $1 == Microsoft.NETCore.App ]] || echo "</PropertyGroup><ItemGroup><FrameworkReference Include=\"$1\" /></ItemGroup><PropertyGroup>"
  echo '</PropertyGroup></Project>'
}
