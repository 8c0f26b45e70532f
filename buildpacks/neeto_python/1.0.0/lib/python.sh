# Python itself, out of Debian's packages.

# Sets python_version.
install_python() {
  header "Installing Python"
  debian_layer python python3 python3-distutils python-is-python3
  python_version=$(debian_version python python3.11)
  [[ -n $python_version ]] || python_version=$(debian_version python python3)
  python_version=$(debian_upstream "$python_version")
  [[ -z $debian_made ]] || finish_python
  layer_env python env PYTHONUNBUFFERED.default 1
  layer_env python env.launch PYTHONPATH.default "$PWD"
  note "Python $python_version: $([[ -n $debian_made ]] && echo "unpacked from Debian's packages" || echo reused)"
}

# The packages of a later layer have another root: Python is told of them. What is there is compiled, because an app's start should not do it again and again;
# in an image files have no times, so the compiled ones go by nothing else than being there.
finish_python() {
  local folder=$layers/python/usr/lib/python3/dist-packages
  mkdir -p "$folder"
  printf 'import site; site.addsitedir("%s")\n' "$layers/dependencies/usr/lib/python3/dist-packages" > "$folder/neeto-dependencies.pth"
  compile "$layers/python/usr/lib"
}

compile() {
  python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash -x '/(lib2to3|idlelib|turtledemo|tests?)/' "$@" > /dev/null || true
}

# What installs and looks at requirements; it is not in the image.
install_pip() {
  debian_layer --build --on python pip python3-pip python3-setuptools python3-wheel dh-python
}

# Runs Python with pip's packages.
pip_python() {
  PYTHONPATH=$layers/pip/usr/lib/python3/dist-packages python3 "$@"
}

# Says which version was asked for and where, and whether that is the one that is there.
check_python() {
  local file wanted=''
  if [[ -f .python-version ]]; then
    file=.python-version wanted=$(grep -vE '^[[:space:]]*(#|$)' .python-version | head -n 1 | tr -d ' \r' || true)
  elif [[ -f runtime.txt ]]; then
    file=runtime.txt wanted=$(head -n 1 runtime.txt | tr -d ' \r')
    [[ $wanted == python-* ]] || fail "runtime.txt: '$wanted' is not a version of Python. Write python-${python_version%.*}"
  elif grep -qsE '^requires-python' pyproject.toml; then
    # Which needs a parser: it is looked at with the requirements.
    note "The version is checked against requires-python (pyproject.toml)."
    return 0
  else
    note "No version is asked for: choosing what the stack has. To pin it, write ${python_version%.*} into a file .python-version."
    return 0
  fi
  wanted=${wanted#python-}
  note "$file asks for $wanted"
  [[ $wanted =~ ^[0-9]+(\.[0-9]+){0,2}$ ]] || fail "$file: '$wanted' is not a version of Python. Write for example ${python_version%.*}"
  [[ $python_version. == "$wanted".* ]] || fail "$file asks for Python $wanted, and this stack has $python_version ($(debian_release))." \
    "Write ${python_version%.*} into $file."
}
