# Ruby and Bundler, out of Debian's packages.

# Sets ruby_version, such as 3.1.2, and ruby_api, such as 3.1.0, by which its folders are called.
install_ruby() {
  local package
  header "Installing Ruby"
  debian_layer ruby ruby ruby-bundler
  package=$(sed -nE 's/^Package: (ruby[0-9]+\.[0-9]+)$/\1/p' "$layers/ruby/debian-packages")
  ruby_version=$(debian_upstream "$(debian_version ruby "$package")")
  ruby_api=${package#ruby}.0
  [[ -z $debian_made ]] || link_headers
  ruby_paths ruby
  layer_env ruby env RACK_ENV.default production
  layer_env ruby env RAILS_ENV.default production
  layer_env ruby env RAILS_LOG_TO_STDOUT.default enabled
  layer_env ruby env RAILS_SERVE_STATIC_FILES.default enabled
  layer_env ruby env BUNDLE_WITHOUT.default development:test
  # Settings in the app's .bundle are of the developer's machine.
  layer_env ruby env BUNDLE_APP_CONFIG.override "$layers/ruby/bundle"
  export RACK_ENV=${RACK_ENV:-production} RAILS_ENV=${RAILS_ENV:-production} BUNDLE_WITHOUT=${BUNDLE_WITHOUT:-development:test}
  export BUNDLE_APP_CONFIG=$layers/ruby/bundle
  note "Ruby $ruby_version: $([[ -n $debian_made ]] && echo "unpacked from Debian's packages" || echo reused)"
}

# Ruby has the paths of its libraries and of Debian's gems compiled in: ruby_paths LAYER names those in a layer.
ruby_paths() {
  local name=$1 when=env root=$layers/$1/usr machine=$HOSTTYPE-linux-gnu
  debian_path RUBYLIB "$root/lib/ruby/vendor_ruby/$ruby_api:$root/lib/$machine/ruby/vendor_ruby/$ruby_api:$root/lib/ruby/vendor_ruby:$root/lib/ruby/$ruby_api:$root/lib/$machine/ruby/$ruby_api"
  debian_path GEM_PATH "$root/share/rubygems-integration/all:$root/share/rubygems-integration/$ruby_api:$root/lib/$machine/rubygems-integration/$ruby_api:$root/lib/ruby/gems/$ruby_api"
}

# Ruby looks for its headers and the library to link with beside itself; the headers are in a layer that is there only while gems are built.
link_headers() {
  local include=usr/include machine=$HOSTTYPE-linux-gnu library
  for library in "$layers/ruby/usr/lib/$machine"/libruby-*.so.*; do
    [[ ! -e $library ]] || ln -sfn "${library##*/}" "${library%%.so.*}.so"
  done
  mkdir -p "$layers/ruby/$include/$machine"
  ln -sfn "$layers/headers/$include/ruby-$ruby_api" "$layers/ruby/$include/ruby-$ruby_api"
  ln -sfn "$layers/headers/$include/$machine/ruby-$ruby_api" "$layers/ruby/$include/$machine/ruby-$ruby_api"
}

# Says which version was asked for and where, and whether that is the one that is there.
check_ruby() {
  local wanted='' file=Gemfile.lock
  [[ ! -f Gemfile.lock ]] || wanted=$(sed -nE '/^RUBY VERSION/{n;s/^ *ruby ([0-9.]+).*/\1/p}' Gemfile.lock)
  if [[ -z $wanted && -f .ruby-version ]]; then
    file=.ruby-version wanted=$(head -n 1 .ruby-version | tr -d ' \r')
    wanted=${wanted#ruby-}
  fi
  if [[ -z $wanted ]]; then
    note "No version is asked for: choosing what the stack has. To pin it, write ${ruby_version%.*} into a file .ruby-version."
    return 0
  fi
  note "$file asks for $wanted"
  [[ $ruby_version. == "$wanted".* ]] || fail "$file asks for Ruby $wanted, and this stack has $ruby_version ($(debian_release))." \
    "Ask for ${ruby_version%.*} in .ruby-version or, with 'bundle update --ruby', in Gemfile.lock."
}
