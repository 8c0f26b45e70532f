# Bills of materials in the form of CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json/): the same content is the same bytes. A buildpack that writes them lists
# application/vnd.cyclonedx+json in its sbom-formats. Needs the variables layers and cache.
#
# What something holds is lines with three fields between tabs: TYPE, NAME and VERSION. Types are those of package URLs (https://github.com/package-url/purl-spec):
# composer, deb, gem, golang, maven (its NAME is GROUP/ARTIFACT), npm, nuget, pypi; generic for what comes from no such place. JSR's type, jsr, is only proposed: it becomes generic.
#
#   layer_sbom LAYER
#       Writes what a layer holds, of lines on standard input.
#   app_sbom KEY COMMAND…
#       Writes what is in the app's own folder and in no layer, of the lines that COMMAND prints. While KEY, a text, is what it was in the app's last build, what was written then is
#       taken and COMMAND does not run; no KEY is never the same.
#   node_modules_contents FOLDER
#       Prints such lines for the packages in the folders node_modules of a folder.

# shellcheck disable=SC2016 # the dollar signs are jq's
readonly sbom_of_lines='
  # Of what jq leaves as it is, package URLs encode a part; the colon they leave.
  def encoded: reduce (["%3A", ":"], ["!", "%21"], ["*", "%2A"], ["(", "%28"], [")", "%29"], ["\u0027", "%27"]) as [$from, $to] (@uri; split($from) | join($to));
  def path: split("/") | map(encoded) | join("/");
  def package:
    if .type == "deb" then "deb/debian/\(.name | path)"
    elif .type == "jsr" then "generic/jsr/\(.name | path)"
    elif .type == "pypi" then "pypi/\(.name | ascii_downcase | split("_") | join("-") | path)"
    elif .type == "golang" or .type == "composer" then "\(.type)/\(.name | ascii_downcase | path)"
    else "\(.type)/\(.name | path)" end;
  [inputs | split("\t") | select(length == 3) | {type: .[0], name: .[1], version: .[2]}] | unique
  | {
      bomFormat: "CycloneDX", specVersion: "1.5", version: 1,
      components: map({type: "library", name, version, purl: "pkg:\(package)@\(.version | encoded)"})
    }'

layer_sbom() {
  jq -Rnc "$sbom_of_lines" > "$layers/$1.sbom.cdx.json"
}

# The file of what is in no layer is called as if there were a layer named launch; the lifecycle takes the last build's away.
app_sbom() {
  local key=$1 kept=$cache/sbom/${layers##*/}
  shift
  if [[ -n $key && -f $kept.key && -f $kept.cdx.json && $(< "$kept.key") == "$key" ]]; then
    cp "$kept.cdx.json" "$layers/launch.sbom.cdx.json"
    return 0
  fi
  "$@" | layer_sbom launch
  mkdir -p "$cache/sbom"
  rm -f "$kept.key"
  cp "$layers/launch.sbom.cdx.json" "$kept.cdx.json"
  printf '%s' "$key" > "$kept.key"
}

# A file of that name which belongs to no package, such as a test's, is somewhere else.
node_modules_contents() {
  find "$1" -regextype posix-extended -regex '.*/node_modules/(@[^/]+/)?[^/@.][^/]*/package\.json' -type f -exec jq -r \
    'select((.name | type) == "string" and (.version | type) == "string") | ["npm", .name, .version] | map(gsub("[\t\n\r]"; " ")) | join("\t")' {} + || true
}
