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
