# Packages straight from the npm registry, without npm: Node.js, Deno and Bun themselves come as such. Needs output.sh.

# The app's own registry when it says one, else what the build image was made with.
registry() {
  local url=${NPM_CONFIG_REGISTRY:-${npm_config_registry:-}}
  [[ -n $url || ! -f /etc/neeto/npm-registry ]] || url=$(< /etc/neeto/npm-registry)
  [[ -n $url ]] || fail "No npm registry is known: set the config var NPM_CONFIG_REGISTRY."
  printf '%s' "${url%/}"
}

readonly seconds_in_a_day=86400

# Sets table to the path of a table of a package's versions: version, integrity and address, one a line.
# Its first line says when it was read; it is read anew once a day.
find_table() {
  local package=$1 now read_at=0 url answer
  table=$cache/index/${package//\//_}.tsv
  printf -v now '%(%s)T' -1
  [[ ! -f $table ]] || IFS=$'\t' read -r _ read_at _ < "$table"
  if [[ ! $read_at =~ ^[0-9]+$ ]] || ((now - read_at >= seconds_in_a_day)); then
    url=$(registry)/${package//\//%2f}
    mkdir -p "$cache/index"
    answer=$(mktemp)
    if curl -fsSL --retry 3 --retry-connrefused -H 'Accept: application/vnd.npm.install-v1+json' -o "$answer" "$url"; then
      {
        printf 'read-at\t%s\n' "$now"
        jq -r '.versions[] | select(.dist) | [.version, .dist.integrity // "sha1:" + .dist.shasum, .dist.tarball] | @tsv' "$answer"
      } > "$table.new"
      mv "$table.new" "$table"
    elif [[ -f $table ]]; then
      note "The npm registry does not answer; going on with what it said before."
    else
      fail "The npm registry does not answer: $url"
    fi
    rm -f "$answer"
  fi
}

# Sets resolved to the highest version of a package in a range: resolve PACKAGE RANGE NAME SOURCE [FILE], the last three for people.
resolve() {
  local package=$1 range=$2 name=$3 source=$4 file=${5:+ ($5)} table status=0
  find_table "$package"
  resolved=$("$NEETO_LIFECYCLE" semver "$range" < "$table") || status=$?
  case $status in
    0) ;;
    1) fail "No version of $name satisfies $source '$range'$file." "The newest is $(newest_in "$table"); ask for that or an older one." ;;
    *) fail "$source '$range'$file is not a version range." "Write for example $(example_range "$table")." ;;
  esac
}

newest_in() {
  "$NEETO_LIFECYCLE" semver '*' < "$1"
}

# The newest version's line.
example_range() {
  local newest
  newest=$(newest_in "$1")
  printf '%s' "${newest%%.*}.x or $newest"
}

# Unpacks a version of a package into a folder, after checking it against the registry's digest; sets fetched to where it came from, for people.
# What is downloaded is offered to the builds of other apps, which find it by its digest, and check it as well. What the builder has unpacked
# from such a file needs no check: builds cannot write it.
fetch() {
  local package=$1 version=$2 folder=$3 table integrity address file digest
  find_table "$package"
  read -r integrity address < <(awk -F '\t' -v version="$version" '$1 == version { print $2, $3 }' "$table")
  digest=$(sha512_of "$integrity")
  file=$NEETO_DOWNLOADS_DIR/$digest
  fetched='found among the downloads of earlier builds'
  mkdir -p "$folder"
  if [[ -n $digest && -f $file.tar ]]; then
    tar -xf "$file.tar" -C "$folder" --strip-components=1 --no-same-owner
    return
  fi
  if [[ -z $digest || ! -f $file ]] || ! matches_integrity "$file" "$integrity"; then
    mkdir -p "$cache/offers"
    file=$cache/offers/${digest:-download}
    fetched=downloaded
    curl -fsSL --retry 3 --retry-connrefused -o "$file" "$address" || fail "Cannot download $package $version."
    if ! matches_integrity "$file" "$integrity"; then
      rm -f "$file"
      fail "What was downloaded as $package $version is not what the registry describes (digest differs)."
    fi
  fi
  tar -xzf "$file" -C "$folder" --strip-components=1 --no-same-owner
}

# The SHA-512 in an integrity, in hexadecimal digits; nothing when it has none.
sha512_of() {
  [[ $1 == sha512-* ]] || return 0
  { base64 -d <<< "${1#sha512-}" || true; } 2> /dev/null | od -An -v -tx1 | tr -d ' \n'
}

matches_integrity() {
  local file=$1 integrity=$2
  case $integrity in
    sha512-*) [[ sha512-$(openssl dgst -sha512 -binary "$file" | base64 -w0) == "$integrity" ]] ;;
    sha1:*) [[ sha1:$(sha1sum < "$file" | cut -d' ' -f1) == "$integrity" ]] ;;
    *) return 1 ;;
  esac
}
