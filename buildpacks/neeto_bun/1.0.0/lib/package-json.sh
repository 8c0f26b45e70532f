# What Bun has to know of package.json.

# needs_source: whether the root package needs more than a plain install, for its scripts see the source, or packages are inside the source.
# shellcheck disable=SC2016 # the dollar signs are jq's
readonly package_facts='
  def object: if type == "object" then . else {} end;
  def text: if . == null or . == false then "" elif type == "string" then . else tojson end;
  if type != "object" then "!" else
    (.scripts | object) as $scripts
    | ([.dependencies, .devDependencies, .optionalDependencies] | map(object)) as $needs
    | [
        {key: "bun", value: (.engines | object | .bun)},
        {key: "manager", value: .packageManager},
        {key: "main", value: (.module // .main)},
        ("prestart", "start", "poststart", "build" | {key: "script:\(.)", value: $scripts[.]}),
        {key: "has_dependencies", value: ($needs | any(length > 0))},
        {key: "needs_source", value: (
          has("workspaces") or has("patchedDependencies")
          or ($scripts | [has("build", "preinstall", "install", "postinstall", "prepare")] | any)
          or ([$needs[][]] | any(type == "string" and test("^(file|link|portal|workspace):"))))}
      ]
    | map("[\(.key)]=\(.value | text | @sh)") | join(" ")
  end'
