# Requirements as pip installs them: a virtual environment that is a layer.

# install_with_pip KEY
install_with_pip() {
  local list=$cache/python/requirements.txt arguments=(-r requirements.txt)
  mkdir -p "$cache/python"
  case $requirements_source in
    requirements.txt) ;;
    setup.py) arguments=(.) ;;
    *)
      requirements_py list "$requirements_source" > "$list" || fail_with_reason
      arguments=(-r "$list")
      ;;
  esac
  debian_layer --build --on python --on pip headers python3-dev
  export CPATH=$layers/headers/usr/include/python${python_version%.*}:$CPATH
  start_layer venv
  python3 -m venv --without-pip "$layers/venv"
  export PIP_CACHE_DIR=$cache/pip PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_COMPILE=1 PIP_NO_INPUT=1
  note "\$ pip install ${arguments[*]/#$cache\/python\//}"
  pip_python -m pip --python "$layers/venv/bin/python" install --progress-bar off "${arguments[@]}" < /dev/null 2>&1 | sed -u 's/^/       /' ||
    fail "pip could not install the requirements; the reason is above."
  compile "$layers/venv/lib"
  venv_contents | layer_sbom venv
  use_venv "$1"
}

# Prints what is installed as layer_sbom wants it.
venv_contents() {
  find "$layers/venv/lib" -maxdepth 4 -name '*.dist-info' -printf '%f\n' | sed -nE 's/^(.+)-([^-]+)\.dist-info$/pypi\t\1\t\2/p'
}

# use_venv KEY: keeps the layer, and lets what follows see it.
use_venv() {
  [[ ! -d $layers/headers ]] || debian_layer --build --on python --on pip headers python3-dev
  layer_env venv env VIRTUAL_ENV.override "$layers/venv"
  layer_env venv env PATH.prepend "$layers/venv/bin"
  layer_env venv env PATH.delim ":"
  keep_layer venv "$1" launch build cache
  export VIRTUAL_ENV=$layers/venv PATH=$layers/venv/bin:$PATH
}
