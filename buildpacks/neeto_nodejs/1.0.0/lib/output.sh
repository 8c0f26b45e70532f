# What a person sees, in Heroku's form.

header() {
  printf -- '-----> %s\n' "$*"
}

note() {
  printf '       %s\n' "$*"
}

# Ends the build; each argument is a line.
fail() {
  printf ' !     %s\n' "$@" >&2
  exit 1
}

# Runs a tool with its output indented; answers the tool's exit code.
run() {
  note "\$ $*"
  "$@" < /dev/null 2>&1 | sed -u 's/^/       /'
}
