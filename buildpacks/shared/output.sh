# What a person sees, in Heroku's form.

header() {
  printf -- '-----> %s\n' "$*"
}

note() {
  printf '       %s\n' "$*"
}

# Each argument is a line.
warn() {
  printf ' !     %s\n' "$@" >&2
}

# Ends the build; each argument is a line.
fail() {
  warn "$@"
  exit 1
}

# A program that failed where nobody foresaw it ends the build too, and not in silence.
set -E
trap 'warn "The buildpack stopped at ${BASH_SOURCE[0]##*/} line $LINENO: $BASH_COMMAND"' ERR

# Runs a tool with its output indented; answers the tool's exit code.
run() {
  note "\$ $*"
  "$@" < /dev/null 2>&1 | sed -u 's/^/       /'
}
