# static.json, as Heroku's buildpack for static sites knows it: root, clean_urls, routes, error_page, headers.

# Prints a setting, or nothing.
setting() {
  [[ ! -f static.json ]] || jq -r "$1 // empty" static.json
}

# A path inside the site; it ends up in nginx's configuration.
check_path() {
  [[ $2 =~ ^[A-Za-z0-9._/-]*$ && $2 != *..* ]] || fail "static.json: $1 '$2' must be a plain path inside the app."
}

read_settings() {
  local problem unknown
  if [[ -f static.json ]] && ! problem=$(jq -e 'type == "object"' static.json 2>&1); then
    fail "static.json is not a JSON object: ${problem#jq: }"
  fi
  site_root=$(setting .root)
  [[ -n $site_root || ! -f public/index.html ]] || site_root=public
  error_page=$(setting .error_page)
  check_path root "$site_root"
  check_path error_page "$error_page"
  site_root=${site_root#./}
  [[ -d ${site_root:-.} ]] || fail "static.json: root '$site_root' is no folder of the app."
  [[ -n $error_page || ! -f ${site_root:-.}/404.html ]] || error_page=404.html
  unknown=$(setting 'keys - ["root", "clean_urls", "routes", "error_page", "headers"] | if . == [] then null else join(", ") end')
  [[ -z $unknown ]] || note "static.json: ignored: $unknown"
}

# Where nginx looks for a path, in order.
lookups() {
  local fallback
  printf '$uri '
  [[ $(setting .clean_urls) != true ]] || printf '$uri.html '
  printf '$uri/ '
  fallback=$(setting '.routes["/**"]')
  check_path 'routes["/**"]' "$fallback"
  [[ -n $fallback ]] && printf '/%s' "${fallback#/}" || printf '=404'
}

# The headers of static.json as nginx maps: a pattern ends in ** or is a whole path. By the time of the headers nginx has made /
# into /index.html and, with clean URLs, /about into /about.html.
header_maps() {
  [[ -f static.json ]] || return 0
  jq -r '
    def quoted: if test("[\"$\\\\\n\r{};]") then error("headers: \"\(.)\" has a character that a header cannot have") else "\"\(.)\"" end;
    def pattern: if endswith("**") then "\"~^" + (.[:-2] | gsub("[.+?()\\[\\]|^*]"; "\\\(.)")) + "\"" else quoted end;
    def served($clean): if endswith("/") then . + "index.html" elif $clean and (endswith("*") | not) then . + ".html" else empty end;
    .clean_urls as $clean
    | [(.headers // {}) | to_entries[] | .key as $path | .value | to_entries[] | {path: $path, name: .key, value: .value}]
    | . + map(.path = (.path | served($clean == true)))
    | group_by(.name) | map(reduce .[] as $new ([]; if any(.path == $new.path) then . else . + [$new] end))
    | to_entries[]
    | "  map $uri $site_header_\(.key) {\n    default \"\";\n"
      + ([.value[] | "    \(.path | pattern) \(.value | quoted);\n"] | join(""))
      + "  }\n  add_header \(.value[0].name | quoted) $site_header_\(.key) always;"
  ' static.json
}

site_digest() {
  find "${site_root:-.}" -type f -exec sha256sum {} + | sort | sha256sum | cut -c1-16
}

write_site() {
  local site=$layers/site headers digest
  rm -rf "$site"
  mkdir -p "$site/bin"
  headers=$(header_maps) || fail "static.json: headers cannot be read; the reason is above."
  digest=$(site_digest)
  cp "$home/lib/static-web" "$site/bin/static-web"
  chmod +x "$site/bin/static-web"
  {
    sed -e "s|@MIME@|$layers/nginx/etc/nginx/mime.types|" -e "s|@ROOT@|$PWD/$site_root|" -e "s|@LOOKUPS@|$(lookups)|" -e "s|@DIGEST@|$digest|" \
      -e "s|@ERROR_PAGE@|${error_page:+error_page 404 /${error_page#/};}|" "$home/lib/nginx.conf" | while IFS= read -r line; do
      if [[ $line == *@HEADERS@* ]]; then printf '%s\n' "$headers"; else printf '%s\n' "$line"; fi
    done
  } > "$site/nginx.conf"
  printf '[types]\nlaunch = true\nbuild = true\n' > "$layers/site.toml"
}

# nginx itself says what it does not understand, now and not when the app starts.
check_site() {
  local report
  report=$(PATH=$layers/nginx/bin:$PATH PORT=8080 "$layers/site/bin/static-web" -t 2>&1) || fail "nginx refuses the settings:" "$report"
}
