# The process that a Procfile may replace: the one program among the jars.

write_launch() {
  local jar manifest programs=() command options=''
  : > "$layers/launch.toml"
  while IFS= read -r jar; do
    manifest=$(unzip -p "$jar" META-INF/MANIFEST.MF 2> /dev/null || true)
    [[ $manifest != *Main-Class:* || ! $jar =~ ^[-A-Za-z0-9_./+]+$ ]] || programs+=("$jar")
  done < <(find . -maxdepth 4 -name '*.jar' \( -path '*/target/*' -o -path '*/build/libs/*' -o -path './*' ! -path './*/*' \) \
    ! -path '*/target/*/*' ! -name 'original-*' ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name '*-plain.jar' -printf '%P\n' | sort)
  # Libraries that were copied beside the program change less often than it.
  printf '[[slices]]\npaths = ["target/dependency", "target/lib", "build/install/*/lib"]\n\n' >> "$layers/launch.toml"
  if ((${#programs[@]} != 1)); then
    [[ -f Procfile ]] || warn "${#programs[@]} jars can be started${programs[*]:+ (${programs[*]})}, and there is no Procfile, so the image has no web process." \
      "Add a Procfile, for example: web: java -cp target/classes:target/dependency/* com.example.Main" \
      "or make one jar a program: give maven-jar-plugin a manifest with a mainClass."
    return 0
  fi
  [[ $(unzip -p "${programs[0]}" META-INF/MANIFEST.MF) != *Spring-Boot-Version:* ]] || options=' -Dserver.port=$PORT'
  command="java$options \$JAVA_OPTS -jar ${programs[0]}"
  printf '[[processes]]\ntype = "web"\ncommand = "%s"\ndefault = true\n' "$command" >> "$layers/launch.toml"
  header "Default process: web -> $command"
}
