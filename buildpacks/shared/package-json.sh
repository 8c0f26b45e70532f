# What a package.json says, for buildpacks whose apps have one. Needs layers.sh, output.sh and sbom.sh. A buildpack sets package_facts to the jq program that prints its facts as the
# elements of an associative array ("[name]='value' …"), or "!" for what is no object: one jq reads them all, since starting programs is what a rebuild spends its time on.

# Where the facts are kept; a script of the app is under script:NAME.
declare -A package_json=()

read_package_json() {
  local facts
  facts=$(jq -r "$package_facts" package.json 2>&1) || fail "package.json is not valid JSON: ${facts#jq: }"
  [[ -n $facts ]] || fail "package.json is empty."
  [[ $facts != '!'* ]] || fail "package.json must hold a JSON object."
  eval "package_json=($facts)"
}

has_script() {
  [[ -n ${package_json[script:$1]} ]]
}

# node_modules_layer KEY TOOL COMMAND…: node_modules as the layer "packages", linked into the app. The command, which ends the build when it fails, installs
# them when the key is another than last time.
node_modules_layer() {
  local key=$1 tool=$2
  shift 2
  if layer_is packages "$key"; then
    note "node_modules: reused (package.json, lock file and $tool are unchanged)"
  else
    "$@"
    start_layer packages
    if [[ -d node_modules ]]; then mv node_modules "$layers/packages/node_modules"; else mkdir "$layers/packages/node_modules"; fi
    node_modules_contents "$layers/packages" | layer_sbom packages
  fi
  keep_layer packages "$key" launch cache
  ln -s "$layers/packages/node_modules" node_modules
}

# node_modules_sbom MARKS: writes what is in the app's own folders node_modules. Every package manager leaves its account of them, or what it was told; while those and MARKS, a text, are
# the same, so is what is there, and no package is looked at.
node_modules_sbom() {
  local folders folder file accounts=() of_npm=() key=''
  mapfile -t folders < <(find . -name node_modules -type d -prune)
  ((${#folders[@]})) || return 0
  for folder in "${folders[@]}"; do
    for file in "$folder"/{.package-lock.json,.yarn-integrity,.yarn-state.yml,.pnpm/lock.yaml} "${folder%node_modules}"bun.lock{,b}; do
      [[ ! -f $file ]] || accounts+=("$file")
    done
    [[ ! -f $folder/.package-lock.json ]] || of_npm+=("$folder/.package-lock.json")
  done
  ((${#accounts[@]} == 0)) || key=$1$(sha256sum "${accounts[@]}")
  if ((${#of_npm[@]} == ${#folders[@]})); then
    app_sbom "$key" npm_contents "${of_npm[@]}"
  else
    app_sbom "$key" node_modules_contents .
  fi
}

# Prints what npm's own accounts say, as layer_sbom wants it. A package has a name there when it is installed under another one.
npm_contents() {
  jq -r '
    (.packages // {}) | to_entries[]
    | select((.key | contains("node_modules/")) and (.value.version | type) == "string")
    | ["npm", .value.name // (.key | split("node_modules/") | last), .value.version] | @tsv' "$@"
}
