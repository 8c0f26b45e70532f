# Bun itself, as a layer.

readonly default_bun=1.x

install_bun() {
  local package wanted source
  header "Installing Bun"
  choose_package
  read_wanted
  resolve "$package" "$wanted" Bun "$source"
  bun_version=$resolved
  if layer_is bun "$package $bun_version"; then
    note "Bun $bun_version: reused"
  else
    start_layer bun
    fetch "$package" "$bun_version" "$layers/bun"
    chmod +x "$layers/bun/bin/bun"
    ln -s bun "$layers/bun/bin/bunx"
    printf 'generic\tbun\t%s\n' "$bun_version" | layer_sbom bun
    note "Bun $bun_version: $fetched"
  fi
  layer_env bun env NODE_ENV.default production
  layer_env bun env.launch PATH.prepend "$PWD/node_modules/.bin"
  layer_env bun env.launch PATH.delim ":"
  keep_layer bun "$package $bun_version" launch build cache
  export PATH=$layers/bun/bin:$PATH NODE_ENV=${NODE_ENV:-production}
}

# Sets package. Bun's usual program needs a processor with AVX2.
choose_package() {
  if [[ $HOSTTYPE == aarch64 ]]; then
    package=@oven/bun-linux-aarch64
  elif grep -qw avx2 /proc/cpuinfo; then
    package=@oven/bun-linux-x64
  else
    package=@oven/bun-linux-x64-baseline
  fi
}

# Sets wanted and source.
read_wanted() {
  source=
  if [[ -f .bun-version ]]; then
    read -r wanted < .bun-version || true
    [[ -n $wanted ]] || fail ".bun-version is empty." "Write the version into it, for example $default_bun."
    source=.bun-version
  elif [[ ${package_json[manager]} == bun@* ]]; then
    wanted=${package_json[manager]#bun@} source="packageManager (package.json)"
    wanted=${wanted%%+*}
  elif [[ -n ${package_json[bun]} ]]; then
    wanted=${package_json[bun]} source="engines.bun (package.json)"
  else
    wanted=$default_bun source="the default"
    note "No version is pinned: choosing the newest of $default_bun."
    note "To pin it, write a version into the file .bun-version, for example: echo 1.4.5 > .bun-version"
    return 0
  fi
  note "$source: $wanted"
}
