# What was published and can be started.

# Sets programs to the folders of published programs, relative to the app, and names, folder by folder, to their files.
find_programs() {
  local settings folder
  declare -gA names=()
  programs=()
  while IFS= read -r settings; do
    folder=${settings%/*}
    if is_test "${folder%/bin/publish}"; then
      rm -r "$folder"
    else
      add_program "$folder" "$(basename "$settings" .runtimeconfig.json)"
    fi
  done < <(find . -path '*/bin/publish/*.runtimeconfig.json' -printf '%P\n' | sort)
  # Programs that were compiled ahead of time have no such file.
  while IFS= read -r folder; do
    compgen -G "$folder/*.runtimeconfig.json" > /dev/null || add_native "$folder"
  done < <(find . -type d -path '*/bin/publish' -printf '%P\n' | sort)
  ((${#programs[@]})) || fail "Nothing that was published is a program." "A project of the app must have the OutputType Exe, or the SDK Microsoft.NET.Sdk.Web."
}

add_program() {
  [[ $1/$2 =~ ^[-A-Za-z0-9_./]+$ ]] || fail "The path of $1/$2 has characters other than letters, digits, and - _ . in it; rename the project."
  [[ -x $1/$2 ]] || return 0
  programs+=("$1")
  names[$1]=$2
}

add_native() {
  local project
  for project in "${1%bin/publish}"*.*proj; do
    project=$(basename "$project")
    add_program "$1" "${project%.*}"
  done
}

is_test() {
  grep -qsiE 'Microsoft\.NET\.Test\.Sdk|IsTestProject>true|xunit\.v3|MSTest\.Sdk|TUnit' "$1"/*.*proj
}

is_web() {
  [[ -f $1/${names[$1]}.runtimeconfig.json ]] || return 1
  frameworks_of "$1" | grep -q '^Microsoft\.AspNetCore\.App '
}

# Prints name and version of each shared framework of a program.
frameworks_of() {
  local settings=$1/${names[$1]}.runtimeconfig.json
  [[ -f $settings ]] || return 0
  jq -r '.runtimeOptions | (.frameworks // [.framework // empty])[] | "\(.name) \(.version)"' "$settings"
}
