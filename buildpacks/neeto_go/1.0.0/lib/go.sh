# Go itself, out of Debian's packages: each line of Go is one. Newer lines than the release's own are in its backports.

# Sets module, and wanted to the version that go.mod asks for, as major.minor; comments as on Heroku come first: // +heroku goVersion go1.22
read_module() {
  local line
  module='' wanted='' wanted_from='' wanted_whole=''
  while IFS= read -r line; do
    line=${line%$'\r'}
    if [[ $line =~ ^module[[:space:]]+\"?([^[:space:]\"]+) ]]; then
      module=${BASH_REMATCH[1]}
    elif [[ $line =~ ^go[[:space:]]+([0-9]+\.[0-9]+)([.0-9a-z]*) && -z $wanted ]]; then
      wanted=${BASH_REMATCH[1]} wanted_whole=${BASH_REMATCH[1]}${BASH_REMATCH[2]} wanted_from="go.mod: go $wanted_whole"
    elif [[ $line =~ ^//[[:space:]]*\+heroku[[:space:]]+goVersion[[:space:]]+(go)?([0-9]+\.[0-9]+)([.0-9]*) ]]; then
      wanted=${BASH_REMATCH[2]} wanted_whole=${BASH_REMATCH[2]}${BASH_REMATCH[3]} wanted_from="go.mod: +heroku goVersion $wanted_whole"
    fi
  done < go.mod
  [[ -n $module ]] || fail "go.mod names no module." "Its first line must be for example: module example.com/hello"
}

install_go() {
  local there
  header "Installing Go"
  use_backports
  there=$(available_lines)
  [[ -n $there ]] || fail "Debian's packages of Go cannot be found; the builder may not reach the Debian mirror."
  choose_line "$there"
  debian_layer --build go "golang-$go_line-go"
  export GOROOT=$layers/go/usr/lib/go-$go_line
  export PATH=$GOROOT/bin:$PATH GOCACHE=$cache/go-build GOMODCACHE=$cache/go-mod GOPATH=$cache/go-path GOBIN=$PWD/bin GOFLAGS="-buildvcs=false -modcacherw ${GOFLAGS:-}"
  say_version "$there"
}

# The release's backports, beside what the stack knows. Packages come from there only when they are in nothing else.
use_backports() {
  local folder=$cache/apt-sources
  mkdir -p "$folder"
  cat /etc/apt/sources.list > "$folder/stack.list" 2> /dev/null || true
  sed -nE 's/^(deb (\[.*\] )?[^ ]+ [a-z]+) (main).*$/\1-backports \3/p' "$folder/stack.list" | head -n 1 > "$folder/backports.list"
  printf 'Dir::Etc::sourcelist "/dev/null";\nDir::Etc::sourceparts "%s";\n' "$folder" > "$cache/apt-go.conf"
  export APT_CONFIG=$cache/apt-go.conf
  # The lists of all apps are without backports.
  # shellcheck disable=SC2034 # for debian.sh
  debian_own_lists=yes
}

# Prints the lines of Go that Debian has, such as 1.19, the oldest first.
available_lines() {
  local names=() minor
  for minor in {15..40}; do names+=("golang-1.$minor-go"); done
  debian_candidates "${names[@]}" | sed -nE 's/^golang-(1\.[0-9]+)-go .*/\1/p' | sort -Vu
}

# Sets go_line: the oldest that is as new as what is asked for, or the newest of all.
choose_line() {
  for go_line in $1; do
    [[ -z $wanted ]] || is_older "$go_line" "$wanted" || return 0
  done
}

is_older() {
  [[ $1 != "$2" && $(printf '%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]
}

# Go from 1.21 on can fetch a newer one by itself, as a module.
say_version() {
  local version
  version=$(GOTOOLCHAIN=local go env GOVERSION)
  if [[ -z $wanted ]]; then
    note "go.mod asks for no version: choosing the newest, $version. To pin it, add a line to go.mod: go ${go_line}"
    return 0
  fi
  note "$wanted_from: choosing $version, out of $(tr '\n' ' ' <<< "$1")in Debian"
  is_older "$go_line" "$wanted" || return 0
  [[ $wanted_whole == *.*.* ]] || wanted_whole+=.0
  if ! GOTOOLCHAIN=go$wanted_whole go version > /dev/null 2>&1; then
    fail "go.mod asks for Go $wanted, but Debian has ${version#go} at most, and the module proxy, which has newer ones, cannot be reached." \
      "Lower the version in go.mod, or let the builder reach the proxy (GOPROXY)."
  fi
  export GOTOOLCHAIN=go$wanted_whole
  note "Fetched go$wanted_whole from the module proxy"
}
