# Questions to package.json.

check_package_json() {
  local problem
  if ! problem=$(jq empty package.json 2>&1); then
    fail "package.json is not valid JSON: ${problem#jq: }"
  fi
  [[ $(jq -r type package.json) == object ]] || fail "package.json must hold a JSON object."
}

# Prints the value at a path of keys, or nothing: package_json engines node
package_json() {
  jq -r 'getpath($ARGS.positional) // empty | if type == "string" then . else tojson end' package.json --args "$@" 2> /dev/null || true
}

has_script() {
  [[ -n $(package_json scripts "$1") ]]
}

has_dependencies() {
  jq -e '[.dependencies, .devDependencies, .optionalDependencies] | map(. // {} | length) | add > 0' package.json > /dev/null
}

# Whether the root package needs more than a plain install: scripts that see the source, workspaces, or packages inside the source.
needs_source() {
  jq -e '
    ((.scripts // {}) | [has("heroku-prebuild", "heroku-postbuild", "heroku-cleanup", "build",
                             "preinstall", "install", "postinstall", "prepare")] | any)
    or has("workspaces")
    or ([.dependencies, .devDependencies, .optionalDependencies] | map(. // {} | .[])
        | any(type == "string" and test("^(file|link|portal|workspace):")))
  ' package.json > /dev/null || [[ -f binding.gyp || -f pnpm-workspace.yaml ]]
}
