# Which of npm, yarn and pnpm installs the packages.

# Sets package_manager (npm, yarn, berry or pnpm), manager_program that runs it, its range of versions and where that was said.
choose_package_manager() {
  local field=${package_json[manager]}
  package_manager=npm manager_range='' manager_source=''
  if [[ -n $field ]]; then
    [[ $field =~ ^(npm|yarn|pnpm)@([0-9][^+]*) ]] || fail "packageManager '$field' (package.json) is not npm, yarn or pnpm with a version."
    package_manager=${BASH_REMATCH[1]} manager_range=${BASH_REMATCH[2]} manager_source=packageManager
  else
    choose_by_lock_file
  fi
  if [[ $package_manager == yarn ]] && is_berry; then
    package_manager=berry
  fi
  manager_program=${package_manager/berry/yarn}
}

choose_by_lock_file() {
  local locks=()
  [[ ! -f package-lock.json && ! -f npm-shrinkwrap.json ]] || locks+=(npm)
  [[ ! -f yarn.lock ]] || locks+=(yarn)
  [[ ! -f pnpm-lock.yaml ]] || locks+=(pnpm)
  if ((${#locks[@]} > 1)); then
    fail "The app has lock files of ${locks[*]}." "Delete all but one, or name the package manager in package.json: \"packageManager\": \"npm@11.0.0\"."
  fi
  package_manager=${locks[0]:-npm}
  manager_range=${package_json[$package_manager]}
  manager_source=engines.$package_manager
}

is_berry() {
  [[ -f .yarnrc.yml || $manager_range =~ ^[2-9] ]] || grep -qs '^__metadata:' yarn.lock
}

install_package_manager() {
  case $package_manager in
    npm) ;;
    yarn) install_tool package-manager yarn "${manager_range:-1.x}" "$manager_source" ;;
    pnpm) install_tool package-manager pnpm "${manager_range:-$(pnpm_of_lock_file)}" "$manager_source" ;;
    berry) install_berry ;;
  esac
}

# The pnpm that wrote the lock file.
pnpm_of_lock_file() {
  case $(grep -s '^lockfileVersion:' pnpm-lock.yaml) in
    *5.*) echo 7.x ;;
    *6.*) echo 8.x ;;
    *) echo 9.x ;;
  esac
}

# Yarn's later versions are often kept in the source itself.
install_berry() {
  local own=''
  [[ ! -f .yarnrc.yml ]] || own=$(sed -n "s/^yarnPath: *//p" .yarnrc.yml | tr -d "\"'")
  if [[ -n $own && -f $own ]]; then
    start_layer package-manager
    mkdir -p "$layers/package-manager/bin"
    printf '#!/bin/sh\nexec node "%s" "$@"\n' "$PWD/$own" > "$layers/package-manager/bin/yarn"
    chmod +x "$layers/package-manager/bin/yarn"
    keep_layer package-manager "$own" launch build
    export PATH=$layers/package-manager/bin:$PATH
    note "yarn from $own"
  else
    [[ ! $manager_range =~ ^1 ]] || manager_range=''
    install_tool package-manager @yarnpkg/cli-dist "${manager_range:-4.x}" "$manager_source"
  fi
}
