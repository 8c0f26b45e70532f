# The process that a Procfile may replace.

write_launch() {
  local command=
  if has_task start; then
    command='deno task start'
    # A task that only starts Deno is run without another in between, so that a signal to the process reaches the app at once.
    [[ ! ${settings[task:start]} =~ ^deno\ (run|serve)\ [-A-Za-z0-9_./=,:$\ ]+$ ]] || command=${settings[task:start]}
  elif [[ -n $main ]]; then
    command="deno run --allow-all $main"
  fi
  if [[ -z $command ]]; then
    [[ -f Procfile ]] || warn "Nothing starts this app: it has no Procfile, no task start and no main.ts, so the image has no web process." \
      "Add to deno.json for example: \"tasks\": { \"start\": \"deno run --allow-net --allow-env main.ts\" }."
    return 0
  fi
  printf '[[processes]]\ntype = "web"\ncommand = "%s"\ndefault = true\n' "$command" > "$layers/launch.toml"
  header "Default process: web -> $command"
}
