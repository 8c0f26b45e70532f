# The process that a Procfile may replace.

write_launch() {
  local command
  choose_web_command
  if [[ -z $command ]]; then
    [[ -f Procfile || -f static.json ]] || warn "Nothing starts this app: it has no Procfile, no start script and no server.js, so the image has no web process." \
      "Add to package.json for example: \"scripts\": { \"start\": \"node index.js\" }."
    return 0
  fi
  printf '[[processes]]\ntype = "web"\ncommand = "%s"\ndefault = true\n' "$command" > "$layers/launch.toml"
  header "Default process: web -> $command"
}

# Sets command. A start script that only starts node is run without npm in between, so that a signal to the process reaches the app at once.
choose_web_command() {
  local start=${package_json[script:start]}
  command=''
  if [[ $start =~ ^node\ [-A-Za-z0-9_./=\ ]+$ ]] && ! has_script prestart && ! has_script poststart; then
    command=$start
  elif [[ -n $start ]]; then
    command="$manager_program start"
  elif [[ -f server.js ]]; then
    command="node server.js"
  fi
}
