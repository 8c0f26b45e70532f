# The libraries in the jars of the app, for its bill of materials.

# Where a jar says which libraries it is made of, and where Spring Boot and web apps have those that are jars.
readonly jar_descriptions='META-INF/maven/*/*/pom.properties' jars_inside=('BOOT-INF/lib/*.jar' 'WEB-INF/lib/*.jar')

write_libraries_sbom() {
  local folders listing
  mapfile -t folders < <(find . -name '*.[jw]ar' -type f -printf '%h\n' | sort -u)
  ((${#folders[@]})) || return 0
  listing=$(each_folder list_libraries "${folders[@]}" | sort)
  app_sbom "$listing" libraries_contents "${folders[@]}"
}

# each_folder COMMAND FOLDER…
each_folder() {
  local command=$1 folder
  shift
  for folder in "$@"; do "$command" "$folder"; done
}

# What decides which libraries are in the jars of a folder: their own names, and names and check sums of what is of interest in them. One unzip reads them all.
list_libraries() {
  { unzip -v "$1/*.[jw]ar" "$jar_descriptions" "${jars_inside[@]}" || true; } 2> /dev/null
}

# Prints the libraries in the jars of folders, as layer_sbom wants them.
libraries_contents() {
  local scratch folder
  scratch=$(mktemp -d)
  each_folder read_descriptions "$@"
  for folder in "$@"; do
    unzip -qqo "$folder/*.[jw]ar" "${jars_inside[@]}" -d "$scratch" > /dev/null 2>&1 || true
  done
  each_folder read_descriptions "$scratch"/{BOOT,WEB}-INF/lib
  rm -rf "$scratch"
}

# Prints what the jars of a folder say that they are made of. One that says nothing, as Gradle makes them, is known by its name alone: NAME-VERSION.jar.
read_descriptions() {
  { unzip -c "$1/*.[jw]ar" "$jar_descriptions" || true; } 2> /dev/null | awk '
    function say() { if (file != "" && !described) print "file\t" file; described = 0 }
    /^Archive: / { say(); file = $0; sub(/.*\//, "", file); next }
    $2 ~ /^META-INF\/maven\/[^\/]+\/[^\/]+\/pom\.properties$/ { split($2, path, "/"); name = path[3] "/" path[4]; next }
    name != "" && sub(/^version *[=:] */, "") { sub(/[ \r]+$/, ""); print "maven\t" name "\t" $0; described = 1; name = "" }
    END { say() }' | sed -E 's/^file\t(.+)-([0-9]+\..*)\.[jw]ar$/generic\t\1\t\2/'
}
