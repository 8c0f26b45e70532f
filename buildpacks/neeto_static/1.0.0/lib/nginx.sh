# nginx out of Debian's packages, unpacked into a layer without root.

install_nginx() {
  local key
  # Read anew every week, for security fixes.
  key="$CNB_TARGET_DISTRO_NAME $CNB_TARGET_DISTRO_VERSION $(date +%G-W%V)"
  if [[ -x $layers/nginx/bin/nginx ]] && grep -qxF "key = \"$key\"" "$layers/nginx.toml"; then
    note "nginx: reused"
  else
    unpack_nginx
    note "nginx $("$layers/nginx/bin/nginx" -v 2>&1 | sed 's/.*nginx\///'): downloaded"
  fi
  printf '[types]\nlaunch = true\nbuild = true\ncache = true\n\n[metadata]\nkey = "%s"\n' "$key" > "$layers/nginx.toml"
}

unpack_nginx() {
  local folder=$layers/nginx packages package missing
  packages=$(mktemp -d)
  download_packages "$packages" || fail "nginx cannot be downloaded from the Debian mirror; the reason is above."
  rm -rf "$folder"
  mkdir -p "$folder/bin"
  for package in "$packages"/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$folder" --no-same-owner ./usr/sbin ./etc/nginx/mime.types 2> /dev/null || true
  done
  rm -rf "$packages"
  ln -s ../usr/sbin/nginx "$folder/bin/nginx"
  missing=$(ldd "$folder/usr/sbin/nginx" | sed -n 's/ => not found//p')
  [[ -z $missing ]] || fail "nginx needs libraries that the stack does not have:" "$missing"
}

# apt with lists of its own: the system's belong to root.
download_packages() {
  local state=$cache/apt
  local options=(
    -qq
    -o "Dir::State=$state" -o "Dir::State::Lists=$state/lists" -o "Dir::State::status=/var/lib/dpkg/status"
    -o "Dir::Cache=$state" -o "Debug::NoLocking=1" -o "APT::Sandbox::User=$(id -un)" -o "Acquire::Languages=none"
  )
  mkdir -p "$state/lists/partial" "$state/archives/partial"
  apt-get "${options[@]}" update && (cd "$1" && apt-get "${options[@]}" download nginx nginx-common)
}
