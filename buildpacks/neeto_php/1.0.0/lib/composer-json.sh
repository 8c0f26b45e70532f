# What composer.json requires, together with what the packages in composer.lock require of PHP.

# Sets php_wanted, extensions (without ext-) and needs_composer.
read_composer_json() {
  local facts lock='{}'
  php_wanted='' extensions=() needs_composer=''
  [[ -f composer.json ]] || return 0
  [[ ! -f composer.lock ]] || lock=$(jq -c . composer.lock 2>&1) || fail "composer.lock is not valid JSON: ${lock#jq: }"
  facts=$(jq -r --argjson lock "$lock" '
    def object: if type == "object" then . else {} end;
    def platform: test("^(php|php-.*|ext-.*|lib-.*|hhvm|composer-.*)$");
    if type != "object" then error("it must hold a JSON object") else
      (.require | object) as $require
      | ([.require, $lock.platform, ($lock.packages // [])[].require] | map(object | keys[]) | map(select(startswith("ext-"))) | unique) as $extensions
      | "php=\($require.php // "" | @sh)",
        "ext=(\($extensions | map(ltrimstr("ext-") | ascii_downcase | @sh) | join(" ")))",
        "needs=\(if ($require | keys | any(platform | not)) or has("autoload") then "yes" else "" end)"
    end' composer.json 2>&1) || fail "composer.json is not valid: ${facts#jq: }"
  local php ext needs
  eval "$facts"
  php_wanted=$php needs_composer=$needs
  extensions=("${ext[@]}")
}
