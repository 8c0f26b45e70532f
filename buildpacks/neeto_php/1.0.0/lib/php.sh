# PHP for the command line and for web servers, with extensions, out of Debian's packages.

# What an app may expect without saying so, beside what is compiled in or always comes along.
readonly usual_packages=(php-cli php-fpm php-curl php-mbstring php-xml php-zip media-types)

# Sets php_version, such as 8.2.36, and php_series, such as 8.2.
install_php() {
  local packages=("${usual_packages[@]}") name
  header "Installing PHP"
  for name in "${extensions[@]}"; do choose_package "$name"; done
  debian_layer --without systemd --without ucf php "${packages[@]}"
  php_series=$(sed -nE 's/^Package: php([0-9]+\.[0-9]+)-cli$/\1/p' "$layers/php/debian-packages")
  php_version=$(debian_upstream "$(debian_version php "php$php_series-cli")")
  [[ -z $debian_made ]] || finish_php
  layer_env php env PHPRC.override "$layers/php/etc/php"
  layer_env php env PHP_INI_SCAN_DIR.override "$layers/php/etc/php/conf.d"
  export PHPRC=$layers/php/etc/php PHP_INI_SCAN_DIR=$layers/php/etc/php/conf.d
  note "PHP $php_version: $([[ -n $debian_made ]] && echo "unpacked from Debian's packages" || echo reused)"
  ((${#extensions[@]} == 0)) || note "Extensions that composer.json or composer.lock ask for: ${extensions[*]}"
}

# Adds the package of an extension to packages.
choose_package() {
  case $1 in
    calendar | core | ctype | date | exif | ffi | fileinfo | filter | ftp | gettext | hash | iconv | json | libxml | mbstring | opcache | openssl | pcntl | \
      pcre | pdo | phar | posix | random | reflection | session | shmop | simplexml | sockets | sodium | spl | standard | sysvmsg | sysvsem | sysvshm | \
      tokenizer | zlib | curl | dom | xml | xmlreader | xmlwriter | xsl | zip | zend-opcache) ;;
    mysqli | mysqlnd | pdo_mysql) packages+=(php-mysql) ;;
    pgsql | pdo_pgsql) packages+=(php-pgsql) ;;
    sqlite3 | pdo_sqlite) packages+=(php-sqlite3) ;;
    odbc | pdo_odbc) packages+=(php-odbc) ;;
    pdo_dblib) packages+=(php-sybase) ;;
    *)
      [[ $1 =~ ^[a-z0-9][a-z0-9_+-]*$ ]] || fail "composer.json: ext-$1 is not the name of an extension."
      packages+=("php-${1//_/-}")
      ;;
  esac
}

# PHP has the paths of its settings and extensions compiled in: the layer has settings of its own, which name what is in the layer.
finish_php() {
  local root=$layers/php settings=$layers/php/etc/php file priority
  mkdir -p "$settings/conf.d"
  cp "$root/usr/lib/php/$php_series/php.ini-production" "$settings/php.ini"
  for file in "$root"/usr/share/php"$php_series"-*/*/*.ini "$root"/etc/php/"$php_series"/mods-available/*.ini; do
    [[ -f $file ]] || continue
    priority=$(sed -nE 's/^; *priority=([0-9]+).*/\1/p' "$file")
    cp "$file" "$settings/conf.d/${priority:-20}-${file##*/}"
  done
  cat > "$settings/conf.d/00-neeto.ini" << INI
extension_dir = "$(echo "$root"/usr/lib/php/2*)"
include_path = ".:$root/usr/share/php"
variables_order = "EGPCS"
expose_php = Off
log_errors = On
session.save_path = /tmp
date.timezone = UTC
INI
  [[ -e $root/usr/bin/php ]] || ln -s "php$php_series" "$root/usr/bin/php"
}

check_php() {
  local problem
  if [[ -z $php_wanted ]]; then
    note "No version is asked for: choosing what the stack has. To pin it, add to composer.json: \"require\": { \"php\": \"~$php_series.0\" }"
    return 0
  fi
  note "composer.json asks for $php_wanted"
  debian_layer --build --on php semver php-composer-semver
  problem=$(php -r '
    require $argv[1] . "/usr/share/php/Composer/Semver/autoload.php";
    try { exit(Composer\Semver\Semver::satisfies($argv[2], $argv[3]) ? 0 : 1); } catch (UnexpectedValueException $e) { echo $e->getMessage(); exit(2); }
  ' "$layers/semver" "$php_version" "$php_wanted") && return 0
  [[ -z $problem ]] || fail "composer.json: $problem"
  fail "composer.json asks for PHP $php_wanted, and this stack has $php_version ($(debian_release))." \
    "Ask for ~$php_series.0 and update composer.lock."
}
