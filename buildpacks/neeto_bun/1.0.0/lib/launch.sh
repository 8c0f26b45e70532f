# The process that a Procfile may replace.

write_launch() {
  local command
  choose_web_command
  if [[ -z $command ]]; then
    [[ -f Procfile ]] || warn "Nothing starts this app: it has no Procfile, no start script and no server.ts, so the image has no web process." \
      "Add to package.json for example: \"scripts\": { \"start\": \"bun server.ts\" }."
    return 0
  fi
  printf '[[processes]]\ntype = "web"\ncommand = "%s"\ndefault = true\n' "$command" > "$layers/launch.toml"
  header "Default process: web -> $command"
}

# Sets command. A start script that only starts Bun is run without another in between, so that a signal to the process reaches the app at once.
choose_web_command() {
  local start=${package_json[script:start]} name
  command=
  if [[ $start =~ ^bun\ [-A-Za-z0-9_./=\ ]+$ ]] && ! has_script prestart && ! has_script poststart; then
    command=$start
  elif [[ -n $start ]]; then
    command='bun run start'
  elif [[ ${package_json[main]} =~ ^[-A-Za-z0-9_./]+$ && -f ${package_json[main]} ]]; then
    command="bun ${package_json[main]}"
  else
    for name in {server,index,app,src/server,src/index}.{ts,tsx,js}; do
      if [[ -f $name ]]; then
        command="bun $name"
        break
      fi
    done
  fi
}
