# The processes that a Procfile may replace, as on Heroku.

has_gem() {
  grep -qsE "^    $1 \(" Gemfile.lock
}

# The tasks of a Rails app that make its assets.
precompile_assets() {
  has_gem railties && [[ -f Rakefile ]] || return 0
  if bundle exec rake -P 2> /dev/null | grep -q '^rake assets:precompile$'; then
    header "Precompiling assets"
    SECRET_KEY_BASE=${SECRET_KEY_BASE:-only-while-building} run bundle exec rake assets:precompile ||
      fail "Precompiling assets failed; the reason is above."
  fi
}

write_launch() {
  local web=''
  if has_gem railties; then
    web='bundle exec rails server -b 0.0.0.0 -p $PORT -e $RAILS_ENV'
    process console 'bundle exec rails console'
  else
    [[ ! -f config.ru ]] || web='bundle exec rackup config.ru -o 0.0.0.0 -p $PORT'
    process console 'bundle exec irb'
  fi
  ! has_gem rake || process rake 'bundle exec rake'
  if [[ -n $web ]]; then
    process web "$web"
    printf 'default = true\n' >> "$layers/launch.toml"
    header "Default process: web -> $web"
  elif [[ ! -f Procfile ]]; then
    warn "Nothing starts this app: it has neither a Procfile nor a config.ru, so the image has no web process." \
      "Add a Procfile, for example: web: bundle exec ruby app.rb"
  fi
}

process() {
  printf '[[processes]]\ntype = "%s"\ncommand = "%s"\n' "$1" "$2" >> "$layers/launch.toml"
}
