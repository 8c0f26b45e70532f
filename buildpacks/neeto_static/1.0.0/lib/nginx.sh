# nginx out of Debian's packages.

install_nginx() {
  local version
  debian_layer nginx nginx
  version=$(debian_version nginx nginx)
  note "nginx $(debian_upstream "$version"), Debian's $version: $([[ -n $debian_made ]] && echo downloaded || echo reused)"
}
