# The rules of static.json as nginx knows them. In a pattern * is anything within a folder, and ** anything at all.

# Prints the maps, rules_mark and the places of redirects.
rules() {
  local file=static.json
  [[ -f $file ]] || file=/dev/stdin
  jq -r "$common_rules ($route_map), ($header_maps), \"#\", ($redirect_places)" "$file" <<< '{}'
}

# A line that no rule has.
readonly rules_mark=$'\n#\n'

# shellcheck disable=SC2016 # the dollar signs are jq's and nginx's
readonly common_rules='
  def object($what): if . == null then {} elif type == "object" then . else error("\($what) must be an object") end;
  def quoted($what): tostring
    | if test("[\"$\\\\\n\r{};]") then error("\($what): \"\(.)\" has a character that cannot be used here") else "\"\(.)\"" end;
  def expression: gsub("(?<special>[.+?()\\[\\]|^$])"; "\\\(.special)") | gsub("\\*\\*"; "\u0000") | gsub("\\*"; "[^/]*") | gsub("\u0000"; ".*");
  def file: if test("\\A[A-Za-z0-9._/-]+\\z") and (test("\\.\\.") | not) then "/" + ltrimstr("/")
    else error("routes: \"\(.)\" must be a plain path inside the site") end;
'

# What is served for a path that is no file.
# shellcheck disable=SC2016
readonly route_map='
  "  map $uri $site_route {\n    default /.no-route;\n"
  + ([.routes | object("routes") | to_entries[]
      | "    \("~^" + (.key | quoted("routes")[1:-1] | expression) + "$" | tojson) \(.value | file);\n"] | join(""))
  + "  }"'

# A pattern ends in ** or is a whole path. By the time of the headers nginx has made / into /index.html and, with clean URLs, /about into
# /about.html.
# shellcheck disable=SC2016
readonly header_maps='
  def pattern: if test("\\*") then "~^" + (quoted("headers")[1:-1] | expression) + "$" | tojson else quoted("headers") end;
  def served($clean): if endswith("/") then . + "index.html" elif $clean and (endswith("*") | not) then . + ".html" else empty end;
  .clean_urls as $clean
  | [.headers | object("headers") | to_entries[] | .key as $path | .value | to_entries[] | {path: $path, name: .key, value: .value}]
  | . + map(.path = (.path | served($clean == true)))
  | group_by(.name) | map(reduce .[] as $new ([]; if any(.path == $new.path) then . else . + [$new] end))
  | to_entries[]
  | "  map $uri $site_header_\(.key) {\n    default \"\";\n"
    + ([.value[] | "    \(.path | pattern) \(.value | quoted("headers"));\n"] | join(""))
    + "  }\n  add_header \(.value[0].name | quoted("headers")) $site_header_\(.key) always;"'

# shellcheck disable=SC2016
readonly redirect_places='
  .redirects | object("redirects") | to_entries[]
  | (if .value | type == "object" then .value else {url: .value} end) as $to
  | ($to.status // 301) as $status
  | if [301, 302, 303, 307, 308] | index($status) then . else error("redirects: the status \($status) is none of a redirect") end
  | (.key | quoted("redirects")[1:-1]) as $from
  | "    location " + (if $from | test("\\*") then "~ \("^" + ($from | expression) + "$" | tojson)" else "= \($from | tojson)" end)
    + " {\n      return \($status) \($to.url // error("redirects: \"\($from)\" has no url") | quoted("redirects"));\n    }"'
