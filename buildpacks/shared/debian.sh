# Debian packages as layers, unpacked without root. Needs output.sh, layers.sh and sbom.sh, and the variables layers, cache and NEETO_DOWNLOADS_DIR; where
# NEETO_DEBIAN_DIR has lists of packages of this week (see debian-lists), they are used instead of lists of the app's own, unless debian_own_lists says yes.
#
#   debian_layer [--build] [--on LAYER]… [--without PACKAGE]… NAME PACKAGE…
#       Makes the layer NAME of packages and all that they need. Without options that is what the run image has not, for the app and for later
#       buildpacks; with --build what the build image has not, for building alone. --on names a layer of the same buildpack, made
#       before, whose packages need not be in this one too; --without names a package that others want only for their scripts. The layer's folder looks like a root: NAME/usr/bin, NAME/etc, … with /bin, /sbin and /lib
#       inside of usr. PATH and LD_LIBRARY_PATH name its folders, in this process as well; with --build also LIBRARY_PATH and CPATH. A layer stays as it is, no file touched, while
#       the versions of its packages are the same; they are asked for anew every week. Sets debian_made to yes when the layer
#       was made now and to nothing otherwise: what a buildpack adds, it adds then. Ends the build when a package cannot be had.
#   debian_version NAME PACKAGE
#       Prints the version of a package in a layer, such as 3.11.2-1+b1; nothing when it is not there.
#   debian_candidates PACKAGE…
#       Prints "PACKAGE VERSION" for each that Debian has; the others are left out.
#   debian_release
#       Prints what packages are taken from, such as "debian 12".
#   debian_upstream VERSION
#       Prints a version without what Debian adds: 1:2.2.2+dfsg-3 is 2.2.2, and 3.1.7+really3.1.2-1 is 3.1.2.
#   debian_path VARIABLE FOLDERS
#       With name and when (env, env.build, env.launch) set: puts folders before a variable's others, for this process and for whoever gets the layer.
#
# What no package's scripts do here, because they need root: links that Debian calls alternatives are made as far as the scripts name them plainly;
# absolute links inside the layer become relative; programs whose interpreter is /usr/bin/NAME find it by PATH. Whatever has the path of its
# files compiled in must be told by variables: see layer_env.

# Raised when the same packages make another layer.
readonly debian_layout=1

debian_layer() {
  local base=run on=() without=() name key question packages='' week=''
  while [[ $1 == --* ]]; do
    case $1 in
      --build) base=build ;;
      --on) on+=("$2") && shift ;;
      --without) without+=("$2") && shift ;;
    esac
    shift
  done
  name=$1
  shift
  question=$(debian_question "$@")
  read -r key _ < <(sha256sum <<< "$question")
  debian_made=''
  if ! layer_is "$name" "$key" || ! layer_says "$name" "week = \"$(debian_week)\""; then
    debian_refresh "$@"
  fi
  debian_environment
  debian_keep
}

debian_version() {
  local name version
  while IFS=$'\t' read -r _ name version; do
    [[ $name != "$2" ]] || printf '%s\n' "$version"
  done < <(debian_contents "$1")
}

# Prints a layer's packages as layer_sbom wants them.
debian_contents() {
  local line package=''
  [[ -f $layers/$1/debian-packages ]] || return 0
  while IFS= read -r line; do
    case $line in
      'Package: '*) package=${line#* } ;;
      'Version: '*) printf 'deb\t%s\t%s\n' "$package" "${line#* }" ;;
    esac
  done < "$layers/$1/debian-packages"
}

debian_candidates() {
  local key answer
  read -r key _ < <(printf '%s\n' "$@" | sha256sum)
  answer=$cache/apt/candidates-$key
  debian_lists || [[ -f $answer ]] || return 1
  # apt reads all its lists for an answer, which is the same while they are.
  if [[ ! $answer -nt $debian_state/week ]]; then
    mkdir -p "$cache/apt"
    { debian_apt apt-cache show --no-all-versions "$@" || true; } 2> /dev/null |
      sed -n 's/^Package: //p; s/^Version: //p' | paste -d ' ' - - > "$answer.new"
    mv "$answer.new" "$answer"
  fi
  cat "$answer"
}

debian_release() {
  # shellcheck source=/dev/null
  (source /etc/os-release && printf '%s %s\n' "$ID" "$VERSION_ID")
}

debian_upstream() {
  local version=${1#*:}
  version=${version%-*}
  version=${version##*+really}
  printf '%s\n' "${version%%[+~]*}"
}

# What follows is for debian_layer alone; its variables are seen here.

# What decides which packages a layer has.
debian_question() {
  local other
  printf '%s\n' "$debian_layout $base $(debian_release) $HOSTTYPE ${without[*]}" "$@"
  for other in "${on[@]}"; do cat "$layers/$other/debian-packages"; done
}

debian_week() {
  printf '%(%G-W%V)T' -1
}

# Makes the layer, unless its packages still have the same versions.
debian_refresh() {
  local wanted
  wanted=$(mktemp)
  if ! debian_resolve "$wanted" "$@"; then
    layer_is "$name" "$key" || fail "Debian's packages cannot be had; the reason is above."
    note "Debian's mirror does not answer; going on with the packages of an earlier build."
    rm -f "$wanted"
    return 0
  fi
  week=$(debian_week)
  read -r packages _ < <(sha256sum "$wanted")
  if ! layer_is "$name" "$key" || ! layer_says "$name" "packages = \"$packages\""; then
    debian_fetch "$wanted" || debian_fetch_again "$wanted" "$@"
    debian_unpack "$wanted"
    debian_made=yes
  fi
  rm -f "$wanted"
}

# Mirrors drop versions that have been superseded since the lists were read.
debian_fetch_again() {
  rm -f "$cache/apt/week"
  debian_own_lists=yes
  debian_resolve "$@" || fail "Debian's packages cannot be had; the reason is above."
  debian_fetch "$1" || fail "A Debian package cannot be downloaded; the reason is above."
  read -r packages _ < <(sha256sum "$1")
}

# Runs apt with the lists in debian_state, because the system's belong to root, and with dpkg's status file debian_status. An app's own lists stay packed, and what
# apt makes of them to be quick is for this build alone: together they would be 120 MB for each app.
debian_apt() {
  local program=$1 quick=()
  shift
  [[ ! -f $debian_state/srcpkgcache.bin ]] || quick=(-o "Dir::Cache::srcpkgcache=$debian_state/srcpkgcache.bin")
  "$program" -qq -o "Dir::State=$debian_scratch" -o "Dir::State::Lists=$debian_state/lists" -o "Dir::State::status=${debian_status:-/var/lib/dpkg/status}" \
    -o "Dir::Cache=$debian_scratch" "${quick[@]}" -o Acquire::GzipIndexes=true -o Debug::NoLocking=1 -o "APT::Sandbox::User=$(id -un)" -o Acquire::Languages=none -o Acquire::ForceHash=SHA256 "$@"
}

# Sets debian_state to a folder with lists of this week: those of all apps, else the app's own, which are read when they are older.
debian_lists() {
  [[ -n ${debian_scratch:-} ]] || debian_scratch=$(mktemp -d)
  debian_state=${NEETO_DEBIAN_DIR:-}
  if [[ -z ${debian_own_lists:-} ]] && debian_is_new; then
    [[ ! -d $cache/apt/lists ]] || rm -rf "$cache/apt/lists" "$cache/apt/week"
  else
    debian_state=$cache/apt
    debian_is_new || debian_update
  fi
}

# Whether the lists are of this week.
debian_is_new() {
  [[ -f $debian_state/week && $(< "$debian_state/week") == "$(debian_week)" ]]
}

# Reads the lists: debian_update [OPTION OF APT]…
debian_update() {
  mkdir -p "$debian_state/lists/partial"
  debian_apt apt-get -o APT::Update::Error-Mode=any "$@" update && debian_week > "$debian_state/week"
}

# Writes "SHA256 FILE ADDRESS" for each package that is needed: debian_resolve RESULT PACKAGE…
debian_resolve() {
  local result=$1 debian_status answer
  shift
  debian_lists || return 1
  debian_status=$(mktemp)
  debian_installed > "$debian_status"
  answer=$(debian_apt apt-get --no-install-recommends --print-uris install "$@" < /dev/null) || {
    rm -f "$debian_status"
    return 1
  }
  rm -f "$debian_status"
  sed -nE "s/^'(.*)' ([^ ]+\.deb) [0-9]+ SHA256:([0-9a-f]{64})$/\3 \2 \1/p" <<< "$answer" | sort -k 2 > "$result"
  [[ $(grep -c "^'" <<< "$answer") == $(wc -l < "$result") ]] || fail "apt does not say the SHA-256 of every package." "$answer"
}

# Prints what need not be in the layer, as dpkg's status file.
debian_installed() {
  local other status=/var/lib/dpkg/status
  [[ $base == build ]] || status=${NEETO_RUN_PACKAGES:-/etc/neeto/run-packages}
  [[ -f $status ]] || fail "This stack does not say which packages its run image has ($status is missing)."
  cat "$status"
  for other in "${on[@]}"; do
    echo
    cat "$layers/$other/debian-packages"
  done
  debian_absent
}

# What is taken for installed.
debian_absent() {
  local other
  for other in "${without[@]}"; do
    printf '\nPackage: %s\nStatus: install ok installed\nVersion: 9999\nArchitecture: %s\nMulti-Arch: allowed\n' "$other" "$(dpkg --print-architecture)"
  done
}

# Has every package of the list in the downloads of all apps or in this build's offers to them. Answers 1 when one cannot be downloaded.
debian_fetch() {
  local digest file address orders=() made=() found=0
  mkdir -p "$cache/offers"
  while read -r digest file address; do
    if [[ -f $NEETO_DOWNLOADS_DIR/$digest || -f $cache/offers/$digest ]]; then
      found=$((found + 1))
    else
      made+=("$cache/offers/$digest")
      orders+=("$cache/offers/$digest" "$address")
    fi
  done < "$1"
  if ((${#made[@]})) && ! printf '%s\0' "${orders[@]}" | xargs -0 -n 2 -P 8 curl -fsSL --retry 3 --retry-connrefused -o; then
    rm -f "${made[@]}"
    return 1
  fi
  note "$name: Debian packages: ${#made[@]} downloaded, $found found among the downloads of earlier builds"
}

debian_unpack() {
  local digest file address folder=$layers/$name package scripts
  start_layer "$name"
  scripts=$(mktemp)
  while read -r digest file address; do
    package=$NEETO_DOWNLOADS_DIR/$digest
    [[ -f $package ]] || package=$cache/offers/$digest
    sha256sum --status --check <<< "$digest  $package" || {
      rm -f "$cache/offers/$digest"
      fail "What was downloaded as $file is not what Debian describes (digest differs). Build again."
    }
    dpkg-deb --extract "$package" "$folder"
    {
      dpkg-deb --field "$package"
      printf 'Status: install ok installed\n\n'
    } >> "$folder/debian-packages"
    dpkg-deb --ctrl-tarfile "$package" | { tar -xO ./postinst 2> /dev/null || true; } >> "$scripts"
  done < "$1"
  debian_contents "$name" | layer_sbom "$name"
  # What this layer does without, layers on it do without as well.
  debian_absent >> "$folder/debian-packages"
  debian_merge "$folder"
  debian_alternatives "$folder" < "$scripts"
  debian_links "$folder"
  debian_interpreters "$folder"
  rm -f "$scripts"
}

# A folder /lib would cover the base's link to usr/lib; and what people read is not needed.
debian_merge() {
  local part
  for part in bin sbin lib lib32 lib64 libx32; do
    if [[ -d $1/$part ]]; then
      mkdir -p "$1/usr/$part"
      cp -al "$1/$part/." "$1/usr/$part/"
      rm -rf "${1:?}/$part"
    fi
  done
  rm -rf "$1"/usr/share/{man,info,lintian,locale,bug,doc-base}
  [[ ! -d $1/usr/share/doc ]] || find "$1/usr/share/doc" -type f ! -name copyright -delete
}

# Makes the links of: update-alternatives --install LINK NAME TARGET PRIORITY [--slave LINK NAME TARGET]…
debian_alternatives() {
  local folder=$1 link target
  while read -r link target; do
    [[ -e $folder$target && ! -e $folder$link && ! -L $folder$link ]] || continue
    mkdir -p "$folder${link%/*}"
    ln -sr "$folder$target" "$folder$link"
  done < <(sed -e ':joined' -e '/\\$/{N;s/\\\n//;b joined' -e '}' | awk '
    /update-alternatives/ {
      for (i = 1; i < NF - 2; i++)
        if (($i == "--install" || $i == "--slave") && $(i + 1) ~ /^\/[-A-Za-z0-9._+\/]+$/ && $(i + 3) ~ /^\/[-A-Za-z0-9._+\/]+$/)
          print $(i + 1), $(i + 3)
    }')
}

debian_links() {
  local folder=$1 link target
  while IFS= read -r link; do
    target=$(readlink "$link")
    [[ $target =~ ^/(bin|sbin|lib|lib32|lib64|libx32)/ ]] && target=/usr$target
    [[ ! -e $folder$target ]] || ln -sfnr "$folder$target" "$link"
  done < <(find "$folder" -type l -lname '/*')
}

debian_interpreters() {
  local folder program
  for folder in "$1"/usr/{bin,sbin,games}; do
    [[ -d $folder ]] || continue
    { grep -lIE -m 1 '^#! ?/(usr/)?bin/' "$folder"/* || true; } 2> /dev/null | while IFS= read -r program; do
      [[ -L $program ]] || sed -i -E '1{
        /^#! ?\/(usr\/)?bin\/(sh|bash|dash|env)( |$)/!{
          s:^#! ?/(usr/)?bin/([^ ]+) *$:#!/usr/bin/env \2:
          s:^#! ?/(usr/)?bin/([^ ]+) +(-.*)$:#!/usr/bin/env -S \2 \3:
        }
      }' "$program"
    done
  done
}

debian_environment() {
  local folder=$layers/$name when=env libraries line file
  [[ $base == run ]] || when=env.build
  libraries=$folder/usr/lib/$HOSTTYPE-linux-gnu:$folder/usr/lib
  for file in "$folder"/etc/ld.so.conf.d/*.conf; do
    [[ -f $file ]] || continue
    while IFS= read -r line; do [[ $line != /* ]] || libraries+=:$folder$line; done < "$file"
  done
  debian_path PATH "$folder/usr/bin:$folder/usr/sbin"
  debian_path LD_LIBRARY_PATH "$libraries"
  [[ $base == build ]] || return 0
  debian_path LIBRARY_PATH "$libraries"
  debian_path CPATH "$folder/usr/include:$folder/usr/include/$HOSTTYPE-linux-gnu"
}

debian_path() {
  layer_env "$name" "$when" "$1.prepend" "$2"
  layer_env "$name" "$when" "$1.delim" ":"
  export "$1=$2${!1:+:${!1}}"
}

debian_keep() {
  local types=(build cache)
  [[ $base != run ]] || types+=(launch)
  if [[ -z $week ]]; then
    week=$(sed -n 's/^week = "\(.*\)"$/\1/p' "$layers/$name.toml")
    packages=$(sed -n 's/^packages = "\(.*\)"$/\1/p' "$layers/$name.toml")
  fi
  keep_layer "$name" "$key" "${types[@]}"
  printf 'week = "%s"\npackages = "%s"\n' "$week" "$packages" >> "$layers/$name.toml"
}
