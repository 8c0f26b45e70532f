# Requirements as Debian's packages, where no index of Python packages can be reached.

# plan_debian_packages KEY: finds the packages for the requirements, and installs them.
plan_debian_packages() {
  local found packages list=$cache/python/requirements.txt
  mkdir -p "$cache/python"
  note "The index of Python packages cannot be reached from here: taking Debian's packages."
  if [[ $requirements_source == requirements.txt ]]; then
    list=requirements.txt
  else
    requirements_py list "$requirements_source" > "$list" || fail_with_reason
  fi
  found=$(mktemp)
  requirements_py candidates "$list" "$layers/pip/usr/share/dh-python/dist/cpython3_fallback" > "$found.names" || fail_with_reason
  # shellcheck disable=SC2046 # a list
  debian_candidates python3 $(< "$found.names") > "$found"
  packages=$(requirements_py choose "$list" "$layers/pip/usr/share/dh-python/dist/cpython3_fallback" "$found") || fail_with_reason
  rm -f "$found" "$found.names"
  # shellcheck disable=SC2086 # a list
  install_debian_packages $packages
  printf '%s\n%s\n' "$1" "$packages" > "$cache/python/plan"
}

install_debian_packages() {
  local package
  (($# > 0)) || return 0
  debian_layer --on python dependencies "$@"
  if [[ -n $debian_made ]]; then
    compile "$layers/dependencies/usr/lib/python3"
    for package in "$@"; do note "$package $(debian_version dependencies "$package")"; done
  else
    note "Requirements: reused ($requirements_source and the versions of Debian's packages are unchanged)"
  fi
}
