namespace NeetoDeploy.Builder.Tests.Lifecycle;

/// <summary>The contract of classic buildpacks, line by line (<see href="https://devcenter.heroku.com/articles/buildpack-api"/>).</summary>
public sealed class ClassicBuildpackTests : IDisposable
{
    private readonly LifecycleFixture fixture = new();

    [Fact]
    public async Task Compile_gets_the_app_a_cache_and_the_config_vars_as_files_only()
    {
        fixture.Environment["REQUEST_ID"] = "build-1";
        fixture.Environment["SOURCE_VERSION"] = "abc123";
        fixture.Write("platform/env/SECRET", "line one\nline two");
        fixture.Write("platform/env/STACK", "neeto-12");

        await BuildAsync(
            "one",
            (
                "compile",
                """env > "$1/env.txt"; cat "$3/SECRET" > "$1/secret.txt"; ls "$3" > "$1/names.txt"; echo "$1 $2" > "$1/where.txt" """
            )
        );

        var environment = fixture.Read("app/env.txt").Split('\n');
        foreach (
            var expected in new[]
            {
                $"HOME={fixture.At("app")}",
                "STACK=heroku-24",
                "REQUEST_ID=build-1",
                "SOURCE_VERSION=abc123",
                "CURL_TIMEOUT=600",
            }
        )
            Assert.Contains(expected, environment);
        Assert.DoesNotContain(
            environment,
            v => v.StartsWith("SECRET=", StringComparison.Ordinal) || v.StartsWith("CNB_", StringComparison.Ordinal)
        );
        Assert.Equal("line one\nline two", fixture.Read("app/secret.txt"));
        Assert.Equal("SECRET\n", fixture.Read("app/names.txt"));
        Assert.Equal($"{fixture.At("app")} {fixture.At("cache/classic")}\n", fixture.Read("app/where.txt"));
    }

    [Fact]
    public async Task Programs_begin_in_the_buildpack_s_own_folder()
    {
        fixture.Write("buildpacks/one/1/files/greeting", "hello");

        var run = await BuildAsync(
            "one",
            ("detect", "cat files/greeting"),
            ("compile", """cat files/greeting > "$1/greeting" """),
            ("release", """echo "default_process_types: {web: $(cat files/greeting)}" """)
        );

        Assert.Equal("-----> hello app detected\n", run.Output);
        Assert.Equal("hello", fixture.Read("app/greeting"));
        Assert.Equal(["web: hello"], Processes());
    }

    [Fact]
    public async Task The_name_that_detect_prints_is_shown()
    {
        var run = await BuildAsync("one", ("detect", "echo Ruby; echo more >&2"), ("compile", "echo '       installing'"));

        Assert.Equal("-----> Ruby app detected\n       installing\n", run.Output);
    }

    [Fact]
    public async Task Several_share_a_cache_that_is_kept_for_the_next_build()
    {
        fixture.Classic("first", ("compile", """echo x >> "$2/count" """)).Classic("second", ("compile", """cp "$2/count" "$1/seen" """));
        fixture.Chosen("first second");

        (await fixture.RunAsync()).Expect(0);
        (await fixture.RunAsync()).Expect(0);

        Assert.Equal("x\nx\n", fixture.Read("app/seen"));
    }

    [Fact]
    public async Task An_export_file_changes_the_environment_of_later_buildpacks_of_both_kinds()
    {
        const string Export = """
            cat > "$(dirname "$0")/../export" << 'BASH'
            export PATH="/from/first:$PATH" SEVERAL=$'a\nb'
            unset GONE
            not_exported=x
            BASH
            """;
        fixture.Classic("first", ("compile", Export));
        fixture.Classic("second", ("compile", """env -0 > "$1/second.txt" """));
        fixture.Buildpack("third", build: """env -0 > third.txt""");

        (await fixture.Chosen("first second third").RunAsync()).Expect(0);

        foreach (var name in new[] { "second", "third" })
        {
            var environment = fixture.Read($"app/{name}.txt").Split('\0');
            Assert.Contains("SEVERAL=a\nb", environment);
            Assert.Contains(environment, v => v.StartsWith("PATH=/from/first:", StringComparison.Ordinal));
            Assert.DoesNotContain(environment, v => v.StartsWith("not_exported", StringComparison.Ordinal));
        }
        Assert.False(fixture.Exists("buildpacks/first/1/export"), "the installation's copy was written to");
    }

    [Fact]
    public async Task A_build_layer_of_a_cloud_native_buildpack_reaches_a_classic_one()
    {
        fixture.Buildpack(
            "first",
            build: """mkdir -p "$1/l/env.build"; printf yes > "$1/l/env.build/FROM_LAYER"; printf '[types]\nbuild = true\n' > "$1/l.toml" """
        );
        fixture.Classic("second", ("compile", """[[ $FROM_LAYER == yes ]]"""));

        (await fixture.Chosen("first second").RunAsync()).Expect(0);

        Assert.Equal(["first", "second"], Ids());
    }

    [Fact]
    public async Task Only_the_last_classic_buildpack_s_release_counts_and_a_Procfile_wins_type_by_type()
    {
        fixture.Classic("first", ("release", "echo 'default_process_types: {web: first, only-first: x}'"));
        fixture.Classic(
            "second",
            (
                "release",
                """
                cat << 'YAML'
                ---
                addons: [heroku-postgresql]
                config_vars: {PATH: bin}
                default_process_types:
                  web: bin/web -p $PORT
                  console: "irb \"quoted\""
                YAML
                """
            )
        );
        fixture.Buildpack(
            "procfile",
            api: "0.8",
            build: """printf '[[processes]]\ntype = "web"\ncommand = "mine"\n' > "$1/launch.toml" """,
            detect: "[[ -f Procfile ]] || exit 100"
        );

        (await fixture.Chosen("first second procfile?").RunAsync()).Expect(0);
        Assert.Equal(["console: irb \"quoted\"", "web: bin/web -p $PORT"], Processes());

        fixture.Write("app/Procfile", "web: mine");
        (await fixture.RunAsync()).Expect(0);
        Assert.Equal(["console: irb \"quoted\"", "web: mine"], Processes());
        Assert.DoesNotContain("direct = true", fixture.Read("layers/config/metadata.toml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--- {}")]
    [InlineData("---")]
    [InlineData("")]
    [InlineData("default_process_types: {}")]
    [InlineData("default_process_types:")]
    [InlineData("- a list")]
    public async Task A_release_without_process_types_is_none(string yaml)
    {
        await BuildAsync("one", ("release", $"echo '{yaml}'"));

        Assert.Empty(Processes());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("default_process_types:\n web: {\no")]
    public async Task A_release_that_is_no_YAML_fails_the_build(string printed)
    {
        var run = (await fixture.Classic("one", ("release", $"echo '{printed}'")).Chosen("one").RunAsync()).Expect(51);

        Assert.Contains("bin/release printed no YAML", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("100")]
    [InlineData("7")]
    public async Task Any_failure_to_detect_rejects_the_push(string exitCode)
    {
        fixture
            .Classic("yes")
            .Classic("no", ("detect", $"echo no Aptfile here >&2; exit {exitCode}"), ("compile", "touch \"$1/compiled\""));

        var run = (await fixture.Chosen("no yes").RunAsync()).Expect(20);

        Assert.Contains("no Aptfile here", run.Errors, StringComparison.Ordinal);
        Assert.Contains("App not compatible with buildpack: https://x.test/no", run.Errors, StringComparison.Ordinal);
        Assert.Equal("https://x.test/no", fixture.Read("layers/failed-buildpack"));
        Assert.False(fixture.Exists("app/compiled"));
    }

    [Fact]
    public async Task A_buildpack_is_asked_when_those_before_it_have_compiled()
    {
        fixture.Write("app/backend/package.json", "{}");
        fixture.Classic("subfolder", ("compile", """mv "$1/backend/package.json" "$1" """));
        fixture.Classic("classic", ("detect", """[[ -f $1/package.json ]]"""), ("compile", "echo classic compiles"));
        fixture.Buildpack("native", detect: "[[ -f package.json ]] || exit 100", build: "echo native builds");

        var run = (await fixture.Chosen("subfolder classic native").RunAsync()).Expect(0);

        Assert.Matches("classic compiles\n[\\s\\S]*native builds\n", run.Output);
        Assert.Equal(["subfolder", "classic", "native"], Ids());
    }

    [Fact]
    public async Task A_later_buildpack_that_says_no_rejects_the_push_too()
    {
        fixture.Classic("first").Buildpack("second", detect: "exit 100");

        var run = (await fixture.Chosen("first second").RunAsync()).Expect(20);

        Assert.Contains("App not compatible with buildpack: https://x.test/second", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_compile_fails_the_build_by_the_buildpack_s_name()
    {
        fixture.Classic("first").Classic("second", ("detect", "echo Ruby"), ("compile", "echo gem says no; exit 3"));

        var run = (await fixture.Chosen("first second").RunAsync()).Expect(51);

        Assert.Contains("gem says no", run.Output, StringComparison.Ordinal);
        Assert.Contains("second 1 failed to compile (exit 3)", run.Errors, StringComparison.Ordinal);
        Assert.Equal("Ruby", fixture.Read("layers/failed-buildpack"));
    }

    [Theory]
    [InlineData("true", 0)]
    [InlineData("exit 3", 51)]
    public async Task A_report_is_made_after_success_and_failure_and_not_shown(string compile, int exitCode)
    {
        fixture.Classic("one", ("compile", compile), ("report", """echo hidden; echo "$#" > "$1/reported"; exit 9"""));

        var run = (await fixture.Chosen("one").RunAsync()).Expect(exitCode);

        Assert.Equal("3\n", fixture.Read("app/reported"));
        Assert.DoesNotContain("hidden", run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cached_layers_of_a_buildpack_that_is_asked_later_are_restored()
    {
        fixture.Classic("first");
        fixture.Buildpack("second", build: """mkdir -p "$1/l"; echo x >> "$1/l/count"; printf '[types]\ncache = true\n' > "$1/l.toml" """);
        fixture.Chosen("first second");

        (await fixture.RunAsync()).Expect(0);
        (await fixture.RunAsync()).Expect(0);

        Assert.Equal("x\nx\n", fixture.Read("layers/second/l/count"));
    }

    [Fact]
    public async Task A_registry_s_buildpack_toml_does_not_make_it_a_cloud_native_one()
    {
        fixture.Write("buildpacks/one/1/buildpack.toml", "[buildpack]\nname = \"Node.js\"\n\n[publish.Ignore]\nfiles = [\"test/\"]\n");

        var run = await BuildAsync("one");

        Assert.Equal("-----> Detected one app detected\n", run.Output);
    }

    public void Dispose() => fixture.Dispose();

    private async Task<LifecycleRun> BuildAsync(string id, params (string Program, string Lines)[] programs) =>
        (await fixture.Classic(id, programs).Chosen(id).RunAsync()).Expect(0);

    private IEnumerable<string> Ids() => TomlTables("buildpacks").Select(table => (string)table["id"]);

    private IEnumerable<string> Processes() =>
        TomlTables("processes").Select(table => $"{table["type"]}: {((Tomlyn.Model.TomlArray)table["command"])[0]}");

    private IEnumerable<Tomlyn.Model.TomlTable> TomlTables(string key) =>
        Tomlyn
            .TomlSerializer.Deserialize<Tomlyn.Model.TomlTable>(fixture.Read("layers/config/metadata.toml"))!
            .TryGetValue(key, out var tables)
            ? ((IEnumerable<object?>)tables!).OfType<Tomlyn.Model.TomlTable>()
            : [];
}
