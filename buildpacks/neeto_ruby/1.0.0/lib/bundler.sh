# Gems as Bundler installs them from their source, or from vendor/cache.

# install_with_bundler KEY
install_with_bundler() {
  local arguments=(install --jobs 4 --retry 2)
  [[ ! -d vendor/cache ]] || arguments+=(--local)
  debian_layer --build --on ruby headers ruby-dev
  set_bundle
  run bundle "${arguments[@]}" || fail "Bundler could not install the gems; the reason is above."
  run bundle clean || true
  keep_lock
  gems_contents | layer_sbom gems
  use_bundle "$1"
}

# Prints what is installed as layer_sbom wants it.
gems_contents() {
  find "$layers/gems" -path '*/specifications/*.gemspec' -printf '%f\n' | sed -nE 's/^(.+)-([0-9][^-]*)(-[a-z0-9_-]+)?\.gemspec$/gem\t\1\t\2/p'
}

# What is in the layer already is not installed again.
set_bundle() {
  export BUNDLE_PATH=$layers/gems BUNDLE_USER_HOME=$cache/ruby/bundle BUNDLE_SILENCE_ROOT_WARNING=1
  [[ ! -f Gemfile.lock ]] || export BUNDLE_DEPLOYMENT=true
}

# use_bundle KEY: keeps the layer, and lets what follows see it.
use_bundle() {
  restore_lock
  debian_layer --build --on ruby headers ruby-dev
  set_bundle
  layer_env gems env BUNDLE_PATH.override "$layers/gems"
  layer_env gems env BUNDLE_DEPLOYMENT.default true
  keep_layer gems "$1" launch build cache
}
