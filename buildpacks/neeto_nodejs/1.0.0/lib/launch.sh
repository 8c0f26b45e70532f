# The process that a Procfile may replace.

write_launch() {
  local command
  command=$(web_command)
  if [[ -z $command ]]; then
    [[ -f Procfile ]] || note "There is no Procfile, no start script and no server.js: the image has no web process."
    return 0
  fi
  jq -rn --arg command "$command" \
    '"[[processes]]\ntype = \"web\"\ncommand = \($command | @json)\ndefault = true"' > "$layers/launch.toml"
  header "Default process: web -> $command"
}

# A start script that only starts node is run without npm in between, so that a signal to the process reaches the app at once.
web_command() {
  local start
  start=$(package_json scripts start)
  if [[ $start =~ ^node\ [-A-Za-z0-9_./=\ ]+$ ]] && ! has_script prestart && ! has_script poststart; then
    echo "$start"
  elif [[ -n $start ]]; then
    echo "$(manager_program) start"
  elif [[ -f server.js ]]; then
    echo "node server.js"
  fi
}
