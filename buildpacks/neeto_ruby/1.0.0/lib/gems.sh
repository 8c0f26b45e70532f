# The gems of the app's Gemfile, and whether they are installed already.

install_gems() {
  local key packages
  header "Installing the gems of Gemfile"
  [[ -f Gemfile.lock ]] || note "There is no Gemfile.lock: versions may change from build to build. Commit one."
  read -r key _ < <(gem_marks | sha256sum)
  if layer_is gems "$key"; then
    note "Gems: reused (Gemfile, Gemfile.lock and Ruby are unchanged)"
    use_bundle "$key"
  elif read_plan "$key"; then
    # shellcheck disable=SC2086 # a list
    install_debian_gems $packages
  elif [[ -d vendor/cache ]] || source_is_there; then
    install_with_bundler "$key"
  else
    plan_debian_gems "$key"
  fi
}

# The Debian packages that a Gemfile has been found to be.
read_plan() {
  local known
  [[ -f $cache/ruby/plan ]] || return 1
  { read -r known && IFS= read -r packages; } < "$cache/ruby/plan"
  [[ $known == "$1" ]]
}

# Prints what the installed gems depend on.
gem_marks() {
  local name file files=()
  echo "1 $ruby_version ${NEETO_RUBY_ALLOW_DEBIAN_VERSIONS:-}"
  for name in $(compgen -e); do
    [[ $name != BUNDLE_* ]] || echo "$name=${!name}"
  done
  for file in Gemfile Gemfile.lock .ruby-version ./*.gemspec vendor/cache/*; do
    [[ ! -f $file ]] || files+=("$file")
  done
  sha256sum "${files[@]}"
}

# Whether the source of gems that the app names can be reached; it is not waited for long.
source_is_there() {
  local url
  url=$(sed -nE 's/^  remote: (https?:.*)/\1/p' Gemfile.lock 2> /dev/null | head -n 1)
  [[ -n $url ]] || url=$(sed -nE "s/^ *source[ (]+[\"'](https?:[^\"']+).*/\1/p" Gemfile | head -n 1)
  [[ -n $url ]] || url=$(ruby -e 'puts Gem.sources.first')
  curl -fsS --connect-timeout 3 --max-time 6 -o /dev/null "${url%/}/versions" -r 0-0 2> /dev/null
}

# The lock file that an app without one got, for its next builds.
keep_lock() {
  cp Gemfile.lock "$cache/ruby/Gemfile.lock"
}

restore_lock() {
  [[ -f Gemfile.lock && -z ${NEETO_RUBY_ALLOW_DEBIAN_VERSIONS:-} ]] || [[ ! -f $cache/ruby/Gemfile.lock ]] || cp "$cache/ruby/Gemfile.lock" Gemfile.lock
}
