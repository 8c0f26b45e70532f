# The process that a Procfile may replace.

write_launch() {
  local command
  choose_web_command
  if [[ -z $command ]]; then
    [[ -f Procfile ]] || note "There is no Procfile, no start script and no server.js: the image has no web process."
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
