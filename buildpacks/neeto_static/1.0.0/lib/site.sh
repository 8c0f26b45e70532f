# static.json, as Heroku's buildpack for static sites knows it: root, clean_urls, routes, redirects, headers, error_page, https_only.

# What static.json says, a line each. A line break in it is a space, which no path may have.
# shellcheck disable=SC2016 # the dollar signs are jq's
readonly site_settings='
  if type == "object" then . else error("it is of the type \(type)") end
  | .root, .error_page, .clean_urls, .https_only, (keys - $known | if . == [] then null else join(", ") end)
  | . // "" | tostring | gsub("\n"; " ")'
readonly known_settings='["root", "clean_urls", "routes", "redirects", "error_page", "headers", "https_only"]'

# A path inside the site; it ends up in nginx's configuration.
check_path() {
  [[ $2 =~ ^[A-Za-z0-9._/-]*$ && $2 != *..* ]] || fail "static.json: $1 '$2' must be a plain path inside the app."
}

read_settings() {
  local text='' lines unknown
  if [[ -f static.json ]]; then
    text=$(jq -r --argjson known "$known_settings" "$site_settings" static.json 2>&1) || fail "static.json is not a JSON object: ${text#jq: }"
  fi
  mapfile -t lines <<< "$text"
  site_root=${lines[0]:-} error_page=${lines[1]:-} clean_urls=${lines[2]:-} https_only=${lines[3]:-} unknown=${lines[4]:-}
  [[ -n $site_root || ! -f public/index.html ]] || site_root=public
  check_path root "$site_root"
  check_path error_page "$error_page"
  site_root=${site_root#./}
  [[ -d ${site_root:-.} ]] || fail "static.json: root '$site_root' is no folder of the app."
  [[ -n $error_page || ! -f ${site_root:-.}/404.html ]] || error_page=404.html
  [[ -z $unknown ]] || note "static.json: ignored: $unknown"
}

# Where nginx looks for a path, in order.
lookups() {
  printf '$uri '
  [[ $clean_urls != true ]] || printf '$uri.html '
  printf '$uri/ $site_route =404'
}

site_digest() {
  find "${site_root:-.}" -type f -exec sha256sum {} + | sort | sha256sum | cut -c1-16
}

write_site() {
  local site=$layers/site rules maps redirects digest https=''
  rm -rf "$site"
  mkdir -p "$site/bin"
  rules=$(rules)$'\n' || fail "static.json cannot be used; the reason is above."
  maps=${rules%%"$rules_mark"*}
  redirects=${rules#*"$rules_mark"}
  [[ $https_only != true ]] || https='if ($http_x_forwarded_proto = http) { return 301 https://$host$request_uri; }'
  digest=$(site_digest)
  cp "$home/lib/static-web" "$site/bin/static-web"
  chmod +x "$site/bin/static-web"
  {
    sed -e "s|@MIME@|$layers/nginx/etc/nginx/mime.types|" -e "s|@ROOT@|$PWD/$site_root|" -e "s|@LOOKUPS@|$(lookups)|" -e "s|@DIGEST@|$digest|" \
      -e "s|@ERROR_PAGE@|${error_page:+error_page 404 /${error_page#/};}|" -e "s|@HTTPS@|$https|" "$home/lib/nginx.conf" | while IFS= read -r line; do
      case $line in
        *@MAPS@*) printf '%s\n' "$maps" ;;
        *@REDIRECTS@*) printf '%s\n' "$redirects" ;;
        *) printf '%s\n' "$line" ;;
      esac
    done
  } > "$site/nginx.conf"
  printf '[types]\nlaunch = true\nbuild = true\n' > "$layers/site.toml"
}

# nginx itself says what it does not understand, now and not when the app starts.
check_site() {
  local report
  report=$(PORT=8080 "$layers/site/bin/static-web" -t 2>&1) || fail "nginx refuses the settings:" "$report"
}
