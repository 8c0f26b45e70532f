# What the app imports from elsewhere: a layer that is made only when the lock file changes.

install_imports() {
  local key lock=deno.lock
  export DENO_DIR
  header "Caching what the app imports"
  if [[ ! -f deno.lock ]]; then
    lock=$cache/deno.lock
    note "There is no deno.lock: versions may change from build to build. Commit one."
    find_out "$lock"
  fi
  read -r key _ < <(imports_marks "$lock" | sha256sum)
  if layer_is dependencies "$key"; then
    note "Imports: reused ($(basename "$lock"), the settings and Deno are unchanged)"
    DENO_DIR=$layers/dependencies/deno
  else
    make_imports "$lock"
  fi
  layer_env dependencies env DENO_DIR.override "$layers/dependencies/deno"
  layer_env dependencies env.launch DENO_NO_UPDATE_CHECK.default 1
  layer_env dependencies env.launch DENO_NO_PROMPT.default 1
  keep_layer dependencies "$key" launch build cache
  # What runs is what was cached, and not what is newest when it starts.
  [[ -f deno.lock || ! -s $lock ]] || cp "$lock" deno.lock
  [[ ! -d $layers/dependencies/node_modules ]] || ln -s "$layers/dependencies/node_modules" node_modules
}

# Prints what the imports depend on.
imports_marks() {
  local name files=("$1")
  echo "$deno_version"
  for name in deno.json deno.jsonc package.json .npmrc; do
    [[ ! -f $name ]] || files+=("$name")
  done
  sha256sum < /dev/null "${files[@]}"
}

# Writes a lock file of what the app imports today, in a cache of its own, so that an app without one keeps its layer as well.
find_out() {
  DENO_DIR=$cache/deno
  rm -f "$1"
  cache_imports --lock="$1" || fail "What the app imports could not be fetched; the reason is above."
  [[ -f $1 ]] || : > "$1"
  drop_node_modules
}

make_imports() {
  start_layer dependencies
  drop_node_modules
  DENO_DIR=$layers/dependencies/deno
  if [[ $1 == deno.lock ]]; then
    cache_imports --frozen || fail "What the app imports could not be fetched as deno.lock names it; the reason is above." \
      "If the lock file is out of date, run deno install and commit deno.lock."
  else
    cache_imports --lock="$1" || fail "What the app imports could not be fetched; the reason is above."
  fi
  # Deno keeps tables of its own beside the imports, which are about the sources too; it makes them anew.
  mkdir -p "$DENO_DIR"
  find "$DENO_DIR" -maxdepth 1 -name '*cache_v*' -delete
  [[ ! -d node_modules ]] || mv node_modules "$layers/dependencies/node_modules"
  imports_contents "$1" | layer_sbom dependencies
}

# Prints the packages of a lock file, of whatever version it is, as layer_sbom wants them: what follows "_" in a key are the peers that a package was installed with. Packages of other
# machines are left out where the file says so. Modules that are imported by their URLs are no packages.
imports_contents() {
  [[ -s $1 ]] || return 0
  jq -r --arg cpu "$([[ $HOSTTYPE == aarch64 ]] && echo arm64 || echo x64)" '
    def fits($this): . == null or index($this) != null or (all(startswith("!")) and index("!" + $this) == null);
    ((.jsr // .packages.jsr // {}) | to_entries[] | .type = "jsr"),
    ((.npm.packages // .npm // .packages.npm // {}) | to_entries[] | select((.value.os | fits("linux")) and (.value.cpu | fits($cpu))) | .type = "npm")
    | [.type, (.key | capture("^(?<name>@?[^@]+)@(?<version>[^_]+)") | .name, .version)] | @tsv' "$1"
}

drop_node_modules() {
  [[ ! -e node_modules && ! -L node_modules ]] || rm -rf node_modules
}

# package.json names packages that no program may import yet, and puts them into node_modules.
cache_imports() {
  if [[ -f package.json || -z $main ]]; then run deno install "$@" || return; fi
  [[ -z $main ]] || run deno cache "$@" "$main"
}

run_build_task() {
  has_task build || return 0
  header "Running the task build"
  run deno task build || fail "The task 'build' failed; the reason is above."
}
