# The web server in front of PHP: Apache, unless the Procfile names nginx, as on Heroku.

install_server() {
  local name
  server=apache2
  ! grep -qs 'heroku-php-nginx' Procfile || server=nginx
  header "Installing the web server"
  if [[ $server == nginx ]]; then
    debian_layer --on php server nginx
  else
    debian_layer --on php --without perl server apache2-bin
  fi
  note "$server $(debian_upstream "$(debian_version server "${server/apache2/apache2-bin}")"): $([[ -n $debian_made ]] && echo "unpacked from Debian's packages" || echo reused)"
  write_boot
  mkdir -p vendor/bin
  for name in heroku-php-apache2 heroku-php-nginx; do
    [[ -e vendor/bin/$name ]] || ln -sfn "$layers/boot/bin/$name" "vendor/bin/$name"
  done
}

# The programs that a Procfile names. Only the one whose server is in the image starts.
write_boot() {
  local key name
  read -r key _ < <(cat "$lib"/boot/* | sha256sum)
  if ! layer_is boot "$key $server $php_series"; then
    start_layer boot
    mkdir -p "$layers/boot/bin" "$layers/boot/lib"
    cp "$lib"/boot/*.conf "$layers/boot/lib"
    for name in heroku-php-apache2 heroku-php-nginx; do
      cp "$lib/boot/heroku-php" "$layers/boot/bin/$name"
      chmod +x "$layers/boot/bin/$name"
    done
  fi
  layer_env boot env.launch NEETO_PHP_SERVER.override "$server"
  layer_env boot env.launch NEETO_PHP_SERIES.override "$php_series"
  keep_layer boot "$key $server $php_series" launch cache
}

write_launch() {
  [[ ! -f Procfile ]] || return 0
  printf '[[processes]]\ntype = "web"\ncommand = ["heroku-php-apache2"]\ndefault = true\n' > "$layers/launch.toml"
  header "Default process: web -> heroku-php-apache2, serving the app's folder"
  note "To serve another folder, write a Procfile, for example: web: heroku-php-apache2 public/"
}
