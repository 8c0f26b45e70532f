# Gems as Debian's packages, where their source cannot be reached.

# plan_debian_gems KEY: finds the packages for the gems, and installs them.
plan_debian_gems() {
  local packages found
  note "The source of gems cannot be reached from here: taking Debian's packages."
  found=$(mktemp)
  run_gems_rb candidates > "$found.names"
  # shellcheck disable=SC2046 # a list
  debian_candidates ruby $(< "$found.names") > "$found"
  packages=$(run_gems_rb choose "$found")
  rm -f "$found" "$found.names" "$cache/ruby/Gemfile.lock"
  # Bundler finds the versions that are there, and writes them down.
  [[ -z ${NEETO_RUBY_ALLOW_DEBIAN_VERSIONS:-} ]] || rm -f Gemfile.lock
  # shellcheck disable=SC2086 # a list
  install_debian_gems $packages
  printf '%s\n%s\n' "$1" "$packages" > "$cache/ruby/plan"
}

run_gems_rb() {
  ruby -W0 "$lib/gems.rb" "$@" || fail "The gems cannot be installed; the reason is above."
}

install_debian_gems() {
  local package
  if (($# > 0)); then
    debian_layer --on ruby gems "$@"
    ruby_paths gems
  else
    debian_made=''
  fi
  if [[ -n $debian_made || ! -f $cache/ruby/Gemfile.lock ]]; then
    for package in "$@"; do note "$package $(debian_version gems "$package")"; done
    run bundle lock --local || fail "The gems are not what the Gemfile asks for; the reason is above."
    keep_lock
  else
    restore_lock
    note "Gems: reused (Gemfile and the versions of Debian's packages are unchanged)"
  fi
}
