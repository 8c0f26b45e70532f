# The processes that a Procfile may replace: web is the module's own program, or the only one, or the one called web or server.

write_launch() {
  local main name web='' own=''
  for main in "${mains[@]}"; do
    name=${main##*/}
    [[ ${main%% *} != "$module" ]] || own=$name
    [[ $name != web && $name != server ]] || web=$name
  done
  [[ -z $own ]] || web=$own
  [[ ${#mains[@]} -ne 1 ]] || web=$name
  for main in "${mains[@]}"; do
    name=${main##*/}
    if [[ $name == "$web" ]]; then write_process web "$name"; else write_process "$name" "$name"; fi
  done > "$layers/launch.toml"
  for main in "${mains[@]}"; do
    name=${main##*/}
    header "Default process: $([[ $name == "$web" ]] && echo web || echo "$name") -> bin/$name"
  done
}

# write_process TYPE NAME
write_process() {
  [[ $1 =~ ^[A-Za-z0-9._-]+$ ]] || return 0
  printf '[[processes]]\ntype = "%s"\ncommand = "bin/%s"\ndefault = %s\n\n' "$1" "$2" "$([[ $1 == web ]] && echo true || echo false)"
}
