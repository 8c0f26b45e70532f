# Publishes what is at the root: a solution before a project.

# Sets target.
find_target() {
  local found=(*.sln *.slnx)
  ((${#found[@]})) || found=(*.csproj *.fsproj *.vbproj)
  ((${#found[@]} == 1)) || fail "There are ${#found[@]} of them at the root: ${found[*]}." "Keep one solution there, with all projects of the app in it."
  target=${found[0]}
}

publish() {
  local options=(
    --configuration "${BUILD_CONFIGURATION:-Release}" --runtime "linux-$(architecture)" --artifacts-path "$cache/dotnet-artifacts"
    "-p:PublishDir=bin/publish/" -p:UseSharedCompilation=false --nologo --verbosity quiet
  )
  header "Publishing $target"
  find . -type d -path '*/bin/publish' -prune -exec rm -rf {} +
  # Its own copy of the shared frameworks would be sent again with every change of code.
  wants_own_runtime || options+=(--no-self-contained)
  run dotnet publish "$target" "${options[@]}" || fail "Publishing failed; the reason is above." \
    "If packages could not be restored, the builder may not reach their source: see NuGet.config and the builder's network."
}

architecture() {
  [[ $HOSTTYPE == aarch64 ]] && echo arm64 || echo x64
}

# Whether a project says how its own runtime is made.
wants_own_runtime() {
  grep -rqsiE --include='*.*proj' --include=Directory.Build.props '<(PublishAot|PublishTrimmed|SelfContained)>true<' .
}
