# Layers carry a key in their file; a layer with the right key need not be made again.

layer_is() {
  [[ -d $layers/$1 ]] && layer_says "$1" "key = \"$2\""
}

# Whether a layer's file has a line.
layer_says() {
  local line
  [[ -f $layers/$1.toml ]] || return 1
  while IFS= read -r line; do
    [[ $line != "$2" ]] || return 0
  done < "$layers/$1.toml"
  return 1
}

# Empties a layer before it is made.
start_layer() {
  rm -rf "${layers:?}/$1" "$layers/$1.toml" "$layers/$1".sbom.*
  mkdir -p "$layers/$1"
}

# Says what a layer is for: keep_layer NAME KEY TYPE…
keep_layer() {
  local name=$1 key=$2 type
  shift 2
  {
    echo '[types]'
    for type in "$@"; do echo "$type = true"; done
    echo
    echo '[metadata]'
    echo "key = \"$key\""
  } > "$layers/$name.toml"
}

# Adds a variable to a layer's environment: layer_env NAME env|env.build|env.launch VARIABLE.ACTION VALUE
# What is the same already is not written: a layer in which no file was touched is not packed again.
layer_env() {
  local file=$layers/$1/$2/$3 now=
  if [[ -f $file ]]; then
    IFS= read -r -d '' now < "$file" || true
    [[ $now != "$4" ]] || return 0
  fi
  [[ -d $layers/$1/$2 ]] || mkdir -p "$layers/$1/$2"
  printf '%s' "$4" > "$file"
}
