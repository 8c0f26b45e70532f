# The processes that a Procfile may replace, as Heroku names them: web for the only web project, else each by its project.

write_launch() {
  local program type command webs=0
  for program in "${programs[@]}"; do
    ! is_web "$program" || webs=$((webs + 1))
  done
  : > "$layers/launch.toml"
  for program in "${programs[@]}"; do
    type=$(tr '[:upper:]' '[:lower:]' <<< "${names[$program]}" | sed 's/[^a-z0-9-]/-/g')
    command="./${names[$program]}"
    if is_web "$program"; then
      command+=" --urls http://*:\$PORT"
      ((webs > 1)) || type=web
    fi
    printf '[[processes]]\ntype = "%s"\ncommand = "cd %s && exec %s"\ndefault = %s\n\n' \
      "$type" "$program" "$command" "$([[ $type == web ]] && echo true || echo false)" >> "$layers/launch.toml"
    header "Default process: $type -> $command, in $program"
  done
  for program in "${programs[@]}"; do
    write_slice "$program" >> "$layers/launch.toml"
  done
}

# What comes from packages changes less often than the app's own files, and is a layer of its own.
write_slice() {
  local description=$1/${names[$1]}.deps.json
  [[ -f $description ]] || return 0
  jq -r --arg folder "$1" '
    .libraries as $libraries
    | [.targets[.runtimeTarget.name] | to_entries[] | select($libraries[.key].type == "package") | .value
        | ((.runtime // {}), (.native // {}) | keys[] | split("/")[-1]),
          ((.resources // {}) | to_entries[] | "\(.value.locale)/\(.key | split("/")[-1])")]
    | unique
    | if . == [] then empty else "[[slices]]\npaths = \(map("\($folder)/\(.)") | tojson)\n" end
  ' "$description"
}
