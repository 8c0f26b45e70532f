# Compiles the main packages.

# Sets mains to what is installed: what the config var or go.mod says (// +heroku install ./cmd/...), else every main package of the module.
find_mains() {
  local spec=${GO_INSTALL_PACKAGE_SPEC:-} found
  header "Compiling"
  [[ -n $spec ]] || spec=$(sed -nE 's|^//[[:space:]]*\+heroku[[:space:]]+install[[:space:]]+||p' go.mod | head -n 1)
  read -ra mains <<< "${spec:-./...}"
  found=$(go list -e -find -f '{{ if eq .Name "main" }}{{ .ImportPath }} {{ .Target }}{{ end }}' "${mains[@]}" 2>&1) || fail "The packages cannot be listed:" "$found"
  found=$(sed -nE 's/^([^ ]+) (\/.+)$/\1 \2/p' <<< "$found")
  [[ -n $found ]] || fail "The module has no main package in ${mains[*]}." "A program is a package named main with a function main."
  mapfile -t mains <<< "$found"
  note "Main packages: $(cut -d' ' -f1 <<< "$found" | paste -sd' ')"
}

compile() {
  local packages=("${mains[@]%% *}")
  if [[ -d vendor ]]; then
    note "The modules are in vendor/: nothing is downloaded"
  fi
  run go install -tags heroku "${packages[@]}" || fail "Compiling failed; the reason is above." \
    "If modules could not be downloaded, the builder may not reach the module proxy: run go mod vendor and commit the folder vendor."
}

# Writes what the linker put into the programs. A module that is replaced is listed as the one in its place, unless that is a folder.
write_modules_sbom() {
  local modules
  modules=$(go version -m "${mains[@]#* }")
  app_sbom "$modules" modules_contents <<< "$modules"
}

# Prints the modules in what "go version -m" says of programs, as layer_sbom wants them.
modules_contents() {
  awk -F '\t' '
    function say() { if (version != "" && version != "(devel)") printf "golang\t%s\t%s\n", name, version; version = "" }
    $2 == "=>" { name = $3; version = $4; next }
    { say() }
    $2 == "dep" { name = $3; version = $4 }
    $1 != "" && match($1, /: go[0-9][^ ]*/) { printf "golang\tstdlib\t%s\n", substr($1, RSTART + 4, RLENGTH - 4) }
    END { say() }'
}
