# Which file says what the app requires, and whether that is installed already.

# Sets requirements_source to the file that counts, in Heroku's order.
choose_requirements() {
  local file others=()
  requirements_source=''
  for file in Pipfile.lock requirements.txt poetry.lock uv.lock Pipfile pyproject.toml setup.py; do
    [[ -f $file ]] || continue
    if [[ -z $requirements_source ]]; then
      requirements_source=$file
    elif [[ "$requirements_source $file" != "Pipfile.lock Pipfile" && $file != pyproject.toml && $file != setup.py ]]; then
      others+=("$file")
    fi
  done
  ((${#others[@]} == 0)) || note "$requirements_source says what is installed; not read: ${others[*]}"
}

install_requirements() {
  local key mode packages
  choose_requirements
  header "Installing the requirements of $requirements_source"
  read -r key _ < <(requirements_marks | sha256sum)
  if layer_is venv "$key"; then
    note "Requirements: reused ($requirements_source and Python are unchanged)"
    use_venv "$key"
  elif read_plan "$key"; then
    # shellcheck disable=SC2086 # a list
    install_debian_packages $packages
  else
    requirements_py python || fail_with_reason
    if index_is_there; then
      install_with_pip "$key"
    else
      plan_debian_packages "$key"
    fi
  fi
}

# The Debian packages that a list of requirements has been found to be.
read_plan() {
  local known
  [[ -f $cache/python/plan ]] || return 1
  { read -r known && IFS= read -r packages; } < "$cache/python/plan"
  [[ $known == "$1" ]]
}

# Prints what the installed requirements depend on.
requirements_marks() {
  local name file files=()
  echo "1 $python_version $requirements_source ${NEETO_PYTHON_ALLOW_DEBIAN_VERSIONS:-}"
  for name in $(compgen -e); do
    [[ $name != PIP_* || $name == PIP_CERT ]] || echo "$name=${!name}"
  done
  for file in Pipfile.lock Pipfile poetry.lock uv.lock pyproject.toml setup.py setup.cfg ./*requirements*.txt ./*constraints*.txt requirements/*.txt; do
    [[ ! -f $file ]] || files+=("$file")
  done
  sha256sum "${files[@]}"
}

requirements_py() {
  pip_python "$lib/requirements.py" "$@"
}

fail_with_reason() {
  fail "The requirements cannot be installed; the reason is above."
}

# Whether pip has where to get packages from. Where the app says it itself, that is so; otherwise the index is asked, and not for long.
index_is_there() {
  local url
  if [[ -n ${PIP_INDEX_URL:-}${PIP_EXTRA_INDEX_URL:-}${PIP_FIND_LINKS:-}${PIP_NO_INDEX:-} ]]; then
    return 0
  fi
  if [[ $requirements_source == requirements.txt ]] && grep -qE '^[[:space:]]*(-i|-f|--index-url|--extra-index-url|--find-links|--no-index)\b' requirements.txt; then
    return 0
  fi
  url=$(pip_python -c 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)')
  curl -fsS --connect-timeout 3 --max-time 6 -o /dev/null "$url/pip" 2> /dev/null
}
