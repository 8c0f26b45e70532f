# The app's packages. A plain app's are a layer that is made only when they change; one whose scripts see the source gets them in its own folder.

install_packages() {
  export npm_config_cache=$cache/npm npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false
  export YARN_GLOBAL_FOLDER=$cache/berry YARN_ENABLE_GLOBAL_CACHE=false YARN_ENABLE_TELEMETRY=0 CI=true
  uses_pnp || export YARN_CACHE_FOLDER=$cache/yarn
  [[ $package_manager != pnpm ]] || export npm_config_store_dir=$cache/pnpm
  header "Installing dependencies with $manager_program"
  if [[ -d node_modules && ! -L node_modules ]]; then
    note "node_modules is part of the source: it is replaced. Add it to .gitignore."
    rm -rf node_modules
  fi
  if needs_source || [[ $package_manager == berry ]]; then
    install_beside_source
    announce_pnp
    write_packages_sbom
  elif has_dependencies; then
    install_as_layer
  else
    note "package.json names no dependencies"
  fi
}

install_as_layer() {
  local key
  read -r key _ < <(packages_marks | sha256sum)
  node_modules_layer "$key" Node.js install_for_layer
}

install_for_layer() {
  install "$(keeps_development && echo all || echo production)" || fail "Installing the dependencies failed; the reason is above."
}

install_beside_source() {
  local flags
  run_script heroku-prebuild
  install all || fail "Installing the dependencies failed; the reason is above."
  if has_script heroku-postbuild; then
    run_script heroku-postbuild
  else
    read -ra flags <<< "${NODE_BUILD_FLAGS:-}"
    run_script build "${flags[@]}"
  fi
  if keeps_development; then
    note "Dependencies for development stay in the image, because of $keeps_because"
  else
    header "Pruning dependencies for development"
    prune || fail "Pruning failed; the reason is above."
  fi
  run_script heroku-cleanup
}

# run_script NAME FLAG…
run_script() {
  local name=$1
  shift
  has_script "$name" || return 0
  [[ $package_manager != npm || $# -eq 0 ]] || set -- -- "$@"
  header "Running the script $name"
  run "$manager_program" run "$name" "$@" || fail "The script '$name' of package.json failed; the reason is above."
}

# Whether the app's config vars ask for what is needed for development too, as on Heroku; sets keeps_because for people.
keeps_development() {
  keeps_because=''
  case $package_manager in
    npm) said_with NPM_CONFIG_PRODUCTION false ;;
    yarn) said_with YARN_PRODUCTION false ;;
    pnpm) said_with PNPM_SKIP_PRUNING true ;;
    berry) said_with YARN2_SKIP_PRUNING true ;;
  esac
  [[ $NODE_ENV == production ]] || keeps_because="NODE_ENV=$NODE_ENV"
  [[ -n $keeps_because ]]
}

said_with() {
  [[ ${!1:-} != "$2" ]] || keeps_because="$1=$2"
}

# Prints what the packages depend on.
packages_marks() {
  local name files=()
  echo "$node_version $package_manager $manager_range $NODE_ENV"
  for name in $(compgen -e); do
    case ${name,,} in
      npm_config_nodedir | npm_config_cache | npm_config_store_dir) ;;
      npm_config_* | yarn_* | yarn2_* | pnpm_*) echo "$name=${!name}" ;;
    esac
  done
  for name in package.json package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml .npmrc .yarnrc .pnpmfile.cjs; do
    [[ ! -f $name ]] || files+=("$name")
  done
  sha256sum "${files[@]}"
}

# install production|all
install() {
  case $package_manager in
    npm) install_with_npm "$1" ;;
    yarn) run yarn install --frozen-lockfile --non-interactive --production="$([[ $1 == production ]] && echo true || echo false)" ;;
    pnpm) run pnpm install "$([[ -f pnpm-lock.yaml ]] && echo --frozen-lockfile || echo --no-frozen-lockfile)" \
      "$([[ $1 == production ]] && echo --prod || echo --prod=false)" ;;
    berry) run yarn install --immutable ;;
  esac
}

install_with_npm() {
  local which=--omit=dev
  [[ $1 == production ]] || which=--include=dev
  if [[ -f package-lock.json || -f npm-shrinkwrap.json ]]; then
    run npm ci "$which"
  else
    note "There is no package-lock.json: versions may change from build to build. Commit one."
    run npm install --no-package-lock "$which"
  fi
}

prune() {
  case $package_manager in
    npm) run npm prune --omit=dev --ignore-scripts ;;
    yarn) run yarn install --frozen-lockfile --non-interactive --production=true --ignore-scripts --prefer-offline ;;
    pnpm) prune_pnpm ;;
    berry) prune_berry ;;
  esac
}

prune_pnpm() {
  if [[ -f pnpm-workspace.yaml ]]; then
    note "pnpm cannot prune a workspace; dependencies for development stay in the image"
  else
    run pnpm prune --prod --ignore-scripts
  fi
}

# Only Yarn 4 can do it without a plugin.
prune_berry() {
  if [[ $(yarn --version) == [4-9]* ]]; then
    run yarn workspaces focus --all --production
  else
    note "yarn $(yarn --version) cannot prune; dependencies for development stay in the image"
  fi
}

# Plug'n'Play runs packages out of Yarn's cache, which then has to be in the app's folder; there is no node_modules.
uses_pnp() {
  [[ $package_manager == berry && $(yarn config get nodeLinker) == pnp ]]
}

# Tells every node of the image of such packages, whoever starts it.
announce_pnp() {
  local options="--require $PWD/.pnp.cjs"
  [[ -f .pnp.cjs ]] || return 0
  [[ ! -f .pnp.loader.mjs ]] || options+=" --experimental-loader file://$PWD/.pnp.loader.mjs"
  start_layer pnp
  layer_env pnp env.launch NODE_OPTIONS.append "$options"
  layer_env pnp env.launch NODE_OPTIONS.delim " "
  keep_layer pnp "$options" launch
}

write_packages_sbom() {
  if [[ -f .pnp.cjs ]]; then
    app_sbom "$(sha256sum .pnp.cjs)" pnp_contents
  else
    node_modules_sbom "$(packages_marks)"
  fi
}

# Prints the packages that Plug'n'Play knows and has, as layer_sbom wants them (https://yarnpkg.com/advanced/pnpapi): it knows those for other machines too. A reference is npm:1.2.3,
# npm:name@1.2.3 for one under another name, a patched one's with ::version=1.2.3, or what is no package of a registry; what has peers is behind a virtual:…#.
pnp_contents() {
  node -e '
    const {existsSync} = require("fs");
    const {getAllLocators = () => [], getPackageInformation, resolveVirtual} = require("./.pnp.cjs");
    const isThere = ({packageLocation: path}) => existsSync((resolveVirtual(path) || path).replace(/\.zip\/.*/, ".zip"));
    for (const locator of getAllLocators()) {
      const {name, reference} = locator;
      const [, alias, version] = /(?:^|#)npm:(?:(.+)@)?([^@:#]+)$/.exec(reference) || /::()version=([^&]+)/.exec(reference) || [];
      if (version && isThere(getPackageInformation(locator))) console.log(["npm", alias || name, version].join("\t"));
    }'
}
