# ICU, which .NET knows the languages of the world by, unless every program does without.

install_languages() {
  local program package
  is_invariant_app && return 0
  header "Installing ICU"
  package=$(debian_candidates libicu{72..90} | tail -n 1 | cut -d' ' -f1)
  [[ -n $package ]] || fail "Debian's packages of ICU cannot be found; the builder may not reach the Debian mirror." \
    "An app that needs no languages does without: set <InvariantGlobalization>true</InvariantGlobalization> in its projects."
  debian_layer icu "$package"
  note "$package: programs with <InvariantGlobalization>true</InvariantGlobalization> do without"
}

is_invariant_app() {
  for program in "${programs[@]}"; do
    is_invariant "$program/${names[$program]}.runtimeconfig.json" || return 1
  done
}

is_invariant() {
  [[ -f $1 && $(jq -r '.runtimeOptions.configProperties["System.Globalization.Invariant"]' "$1") == true ]]
}
