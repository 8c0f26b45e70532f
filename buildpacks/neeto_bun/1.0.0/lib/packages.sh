# The app's packages. A plain app's are a layer that is made only when they change; one whose scripts see the source gets them in its own folder.

install_packages() {
  export BUN_INSTALL_CACHE_DIR=$cache/bun DO_NOT_TRACK=1
  header "Installing dependencies with bun"
  if [[ -d node_modules && ! -L node_modules ]]; then
    note "node_modules is part of the source: it is replaced. Add it to .gitignore."
    rm -rf node_modules
  fi
  if [[ -n ${package_json[needs_source]} ]]; then
    install_beside_source
    node_modules_sbom "$(packages_marks)"
  elif [[ -n ${package_json[has_dependencies]} ]]; then
    install_as_layer
  else
    note "package.json names no dependencies"
  fi
}

install_as_layer() {
  local key
  read -r key _ < <(packages_marks | sha256sum)
  node_modules_layer "$key" Bun install_for_production
}

install_for_production() {
  install --production || fail_install
}

# Bun has no prune: it installs again, out of its cache, what is for production.
install_beside_source() {
  install || fail_install
  has_script build || return 0
  header "Running the script build"
  run bun run build || fail "The script 'build' of package.json failed; the reason is above."
  header "Pruning dependencies for development"
  rm -rf node_modules
  install --production --ignore-scripts || fail "Pruning failed; the reason is above."
}

fail_install() {
  fail "Installing the dependencies failed; the reason is above." "If the lock file is out of date, run bun install and commit it."
}

install() {
  if [[ -f bun.lock || -f bun.lockb ]]; then
    run bun install --frozen-lockfile --no-progress "$@"
  else
    note "There is no bun.lock: versions may change from build to build. Commit one."
    run bun install --no-save --no-progress "$@"
  fi
}

# Prints what the packages depend on.
packages_marks() {
  local name files=()
  echo "$bun_version"
  for name in $(compgen -e); do
    case ${name,,} in
      npm_config_* | bun_config_*) echo "$name=${!name}" ;;
    esac
  done
  for name in package.json bun.lock bun.lockb bunfig.toml .npmrc; do
    [[ ! -f $name ]] || files+=("$name")
  done
  sha256sum "${files[@]}"
}
