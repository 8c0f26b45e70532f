# What deno.json, deno.jsonc and package.json say.

# Sets settings to the facts: task:start and task:build are empty when there is no such task.
declare -A settings=()

# JSON as Deno reads it: with comments, and with commas after the last of a list.
# shellcheck disable=SC2016 # the dollar signs are jq's
readonly settings_facts='
  def uncommented: gsub("(?<text>\"(?:[^\"\\\\]|\\\\.)*\")|//[^\n]*|/\\*(?:[^*]|\\*(?!/))*\\*/"; .text // "");
  def untrailed: gsub("(?<text>\"(?:[^\"\\\\]|\\\\.)*\")|,(?=\\s*[}\\]])"; .text // "");
  def object: if type == "object" then . else {} end;
  def command: if type == "object" then .command else . end | if type == "string" then . else "" end;
  uncommented | untrailed | fromjson
  | if type != "object" then "!" else
      ((.tasks // .scripts) | object) as $tasks
      | [("start", "build" | {key: "task:\(.)", value: ($tasks[.] | command)})]
      | map("[\(.key)]=\(.value | @sh)") | join(" ")
    end'

read_settings() {
  local file facts
  for file in package.json deno.jsonc deno.json; do
    [[ -f $file ]] || continue
    facts=$(jq -Rsr "$settings_facts" "$file" 2>&1) || fail "$file is not valid JSON: ${facts#jq: }"
    [[ $facts != '!' ]] || fail "$file must hold a JSON object."
    add_facts "$facts"
  done
}

# What deno.json says comes before package.json.
add_facts() {
  local -A found=()
  local name
  eval "found=($1)"
  for name in "${!found[@]}"; do
    [[ -z ${found[$name]} ]] || settings[$name]=${found[$name]}
  done
}

has_task() {
  [[ -n ${settings[task:$1]:-} ]]
}

# Sets main to the program that runs when there is no start task; empty when there is none.
find_main() {
  local name
  main=''
  for name in main server app index mod src/main src/server src/index; do
    for main in "$name".{ts,tsx,js,mjs,jsx}; do
      [[ ! -f $main ]] || return 0
    done
  done
  main=''
}
