# Bills of materials of layers, in the form of CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json/): the same content is the same bytes.
# A buildpack that writes them lists application/vnd.cyclonedx+json in its sbom-formats.
#
#   layer_sbom LAYER
#       Writes what a layer holds, of lines on standard input with three fields between tabs: TYPE, NAME and VERSION. Types are those of
#       package URLs (https://github.com/package-url/purl-spec): deb, npm, pypi, gem; generic for what comes from no such place.
#   node_modules_contents FOLDER
#       Prints such lines for the packages in the folders node_modules of a folder.

# shellcheck disable=SC2016 # the dollar signs are jq's
readonly sbom_of_lines='
  def encoded: split("/") | map(@uri) | join("/");
  [inputs | split("\t") | select(length == 3) | {type: .[0], name: .[1], version: .[2]}] | unique
  | {
      bomFormat: "CycloneDX", specVersion: "1.5", version: 1,
      components: map({
        type: "library", name, version,
        purl: "pkg:\(.type)/\(if .type == "deb" then "debian/" else "" end)\(.name | encoded)@\(.version | @uri)"
      })
    }'

layer_sbom() {
  jq -Rnc "$sbom_of_lines" > "$layers/$1.sbom.cdx.json"
}

# A file of that name which belongs to no package, such as a test's, is somewhere else.
node_modules_contents() {
  find "$1" -regextype posix-extended -regex '.*/node_modules/(@[^/]+/)?[^/@.][^/]*/package\.json' -type f -exec jq -r \
    'select((.name | type) == "string" and (.version | type) == "string") | ["npm", .name, .version] | map(gsub("[\t\n\r]"; " ")) | join("\t")' {} + || true
}
