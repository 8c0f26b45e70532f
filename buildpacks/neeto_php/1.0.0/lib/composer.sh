# The packages that composer.json requires. They are in the app's folder, where they look for the app; a copy of them stays in the cache.

install_packages() {
  local key
  [[ -n $needs_composer ]] || return 0
  header "Installing the packages of composer.json"
  if [[ -f vendor/autoload.php ]]; then
    note "vendor is part of the source: it is used as it is."
    return 0
  fi
  [[ -f composer.lock ]] || note "There is no composer.lock: versions may change from build to build. Commit one."
  read -r key _ < <({ echo "1 $php_version"; sha256sum composer.json; cat composer.lock 2> /dev/null || true; } | sha256sum)
  if [[ -f $cache/php/vendor.key && $(< "$cache/php/vendor.key") == "$key" && -d $cache/php/vendor ]] && ! composer_sees_source; then
    cp -a "$cache/php/vendor" vendor
    # The map of the app's own classes follows its source.
    if jq -e 'has("autoload")' composer.json > /dev/null; then
      prepare_composer
      run composer dump-autoload --no-dev --optimize --no-scripts || fail "Composer could not make the autoloader; the reason is above."
    fi
    note "vendor: reused (composer.json, composer.lock and PHP are unchanged)"
  else
    run_composer
    rm -rf "$cache/php/vendor" "$cache/php/vendor.key"
    cp -a vendor "$cache/php/vendor"
    printf '%s' "$key" > "$cache/php/vendor.key"
  fi
}

# Whether scripts or a map of classes make what is in vendor depend on more than these files.
composer_sees_source() {
  jq -e 'has("scripts") or (.autoload // {} | has("classmap") or has("files")) or ((.repositories // []) | tostring | test("\"path\""))' composer.json > /dev/null
}

prepare_composer() {
  debian_layer --build --on php composer composer
  export COMPOSER_HOME=$cache/php/composer COMPOSER_CACHE_DIR=$cache/php/downloads COMPOSER_NO_INTERACTION=1 COMPOSER_ALLOW_SUPERUSER=1
  export PHP_INI_SCAN_DIR=$PHP_INI_SCAN_DIR:$layers/composer/etc/php/conf.d
  mkdir -p "$layers/composer/etc/php/conf.d"
  # Debian's Composer finds its parts by PHP's search path.
  printf 'include_path = ".:%s:%s"\n' "$layers/composer/usr/share/php" "$layers/php/usr/share/php" > "$layers/composer/etc/php/conf.d/90-composer.ini"
}

run_composer() {
  prepare_composer
  run composer install --no-dev --prefer-dist --optimize-autoloader --no-progress ||
    fail "Composer could not install the packages; the reason is above." \
      "Where Composer's index of packages cannot be reached, commit the folder vendor, or name a repository that can in composer.json."
}

# Writes what is in vendor: of a source that has it, too.
write_packages_sbom() {
  local account=vendor/composer/installed.json
  [[ ! -f $account ]] || app_sbom "$(sha256sum "$account")" composer_contents "$account"
}

# Prints what Composer's own account says, as layer_sbom wants it; Composer 1 has the packages in no object.
composer_contents() {
  jq -r '(if type == "object" then .packages else . end)[]? | select((.name | type) == "string" and (.version | type) == "string")
    | ["composer", .name, .version] | @tsv' "$1"
}
