# Deno itself, as a layer.

readonly default_deno=2.x

install_deno() {
  local package=@deno/linux-x64-glibc wanted source
  header "Installing Deno"
  [[ $HOSTTYPE != aarch64 ]] || package=@deno/linux-arm64-glibc
  read_wanted
  resolve "$package" "$wanted" Deno "$source"
  deno_version=$resolved
  if layer_is deno "$deno_version"; then
    note "Deno $deno_version: reused"
  else
    start_layer deno
    fetch "$package" "$deno_version" "$layers/deno/package"
    mkdir -p "$layers/deno/bin"
    mv "$layers/deno/package/deno" "$layers/deno/bin/deno"
    chmod +x "$layers/deno/bin/deno"
    rm -r "$layers/deno/package"
    printf 'generic\tdeno\t%s\n' "$deno_version" | layer_sbom deno
    note "Deno $deno_version: $fetched"
  fi
  keep_layer deno "$deno_version" launch build cache
  export PATH=$layers/deno/bin:$PATH DENO_NO_UPDATE_CHECK=1 DENO_NO_PROMPT=1 NO_COLOR=1
}

# Sets wanted and source.
read_wanted() {
  local file
  for file in .deno-version .dvmrc; do
    [[ -f $file ]] || continue
    read -r wanted < "$file" || true
    [[ -n $wanted ]] || fail "$file is empty." "Write the version into it, for example $default_deno."
    source=$file
    note "$file: $wanted"
    return 0
  done
  wanted=$default_deno source="the default"
  note "No version is pinned: choosing the newest of $default_deno."
  note "To pin it, write a version into the file .deno-version, for example: echo 2.9.6 > .deno-version"
}
