# The NuGet packages in what was published. The SDK describes it beside it; programs that are a single file or were compiled ahead of time have no such file.

write_packages_sbom() {
  local program files=()
  for program in "${programs[@]}"; do files+=("$program"/*.deps.json); done
  ((${#files[@]} == 0)) || app_sbom "$(sha256sum "${files[@]}")" packages_contents "${files[@]}"
}

# Prints what such files name, as layer_sbom wants it. A program's own copy of a shared framework is a package too, with a word before its name.
packages_contents() {
  jq -r '.libraries | to_entries[] | select(.value.type == "package" or .value.type == "runtimepack") | .key | ltrimstr("runtimepack.") | ["nuget"] + split("/") | @tsv' "$@"
}
