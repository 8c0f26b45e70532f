using System.Runtime.InteropServices;
using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>The Deno buildpack against a registry whose deno is a small bash script.</summary>
public sealed class DenoBuildpackTests : IDisposable
{
    private const string Deno = """
        #!/usr/bin/env bash
        echo "deno $*"
        [[ ! -e fail ]] || { echo "error: Module not found"; exit 1; }
        for word in "$@"; do [[ $word != --lock=* ]] || sed -E "s/.*'(npm):(.*)'.*/{\"\1\":{\"\2\":{}}}/" main.ts > "${word#--lock=}"; done
        mkdir -p "$DENO_DIR/npm"; echo cached > "$DENO_DIR/npm/hono"
        [[ $1 != install ]] || { mkdir -p node_modules; echo installed > node_modules/hono; }
        """;

    private readonly FakeNpmRegistry registry = new();
    private readonly LifecycleFixture fixture = new() { Buildpacks = Path.Combine(Repository.Root, "buildpacks") };

    public DenoBuildpackTests()
    {
        var package = $"@deno/linux-{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64")}-glibc";
        foreach (var version in new[] { "1.46.3", "2.8.3", "2.9.6" })
            registry.Add(package, version, broken: false, ("deno", Deno));
        fixture.Write("platform/env/NPM_CONFIG_REGISTRY", registry.Url);
        fixture.Write("app/main.ts", "import 'npm:hono@4'");
        fixture.Write("app/deno.json", "{}");
    }

    [Theory]
    [InlineData("", "", "Deno 2.9.6", "choosing the newest of 2.x")]
    [InlineData(".deno-version", "2.8.3", "Deno 2.8.3", ".deno-version: 2.8.3")]
    [InlineData(".dvmrc", "1", "Deno 1.46.3", ".dvmrc: 1")]
    public async Task The_version_is_what_the_app_pins_or_the_newest(string file, string content, string version, string said)
    {
        if (file.Length > 0)
            fixture.Write($"app/{file}", content + "\n");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains(version + ": downloaded", output, StringComparison.Ordinal);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".deno-version", "3.x", "No version of Deno satisfies .deno-version '3.x'")]
    [InlineData(".deno-version", "", ".deno-version is empty")]
    [InlineData("deno.json", "{ nonsense", "deno.json is not valid JSON")]
    [InlineData("deno.json", "[]", "deno.json must hold a JSON object")]
    [InlineData("fail", "", "What the app imports could not be fetched")]
    public async Task What_is_wrong_is_said(string file, string content, string said)
    {
        fixture.Write($"app/{file}", content);

        Assert.Contains(said, (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "deno run --allow-all main.ts")]
    [InlineData("""{"tasks":{"start":"deno run --allow-net main.ts"}}""", "deno run --allow-net main.ts")]
    [InlineData("""{"tasks":{"start":"deno serve --port $PORT main.ts"}}""", "deno serve --port $PORT main.ts")]
    [InlineData("""{"tasks":{"start":"A=1 deno run main.ts"}}""", "deno task start")]
    [InlineData("""{"tasks":{"start":{"command":"deno run main.ts","description":"//"}}}""", "deno run main.ts")]
    [InlineData("{ /* c */ \"tasks\": { \"start\": \"deno run 'http://a/b.ts'\", }, // see\n}", "deno task start")]
    public async Task The_start_task_is_the_default_process(string settings, string command)
    {
        fixture.Write("app/deno.json", settings);

        (await fixture.RunAsync()).Expect(0);

        Assert.Contains($"command = [\"{command}\"]", fixture.Read("layers/config/metadata.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_lock_file_a_change_of_code_alone_fetches_nothing()
    {
        fixture.Write("app/deno.lock", "{}");
        Assert.Contains("deno cache --frozen main.ts", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
        fixture.Write("app/main.ts", "// changed");

        var run = (await fixture.RunAsync()).Expect(0);

        Assert.Contains("Deno 2.9.6: reused", run.Output, StringComparison.Ordinal);
        Assert.Contains("Imports: reused", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("deno cache", run.Output, StringComparison.Ordinal);
        Assert.Equal("cached\n", fixture.Read("layers/neeto_deno/dependencies/deno/npm/hono"));
    }

    [Fact]
    public async Task Without_a_lock_file_the_imports_are_looked_up_and_their_layer_stays_while_they_are_the_same()
    {
        Assert.Contains("There is no deno.lock", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal("""{"npm":{"hono@4":{}}}""", fixture.Read("app/deno.lock"));
        Assert.Equal(["pkg:npm/hono@4"], fixture.Materials("neeto_deno", "dependencies"));
        File.Delete(fixture.At("app/deno.lock"));

        Assert.Contains("Imports: reused", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
        File.Delete(fixture.At("app/deno.lock"));
        fixture.Write("app/main.ts", "import 'npm:hono@5'");
        Assert.DoesNotContain("Imports: reused", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_package_json_names_is_a_layer_too()
    {
        fixture.Write("app/package.json", """{"scripts":{"start":"deno run main.ts"},"dependencies":{"hono":"4"}}""");
        fixture.Write("app/deno.lock", "{}");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal("installed\n", fixture.Read("app/node_modules/hono"));
        Assert.True(fixture.Exists("layers/neeto_deno/dependencies/node_modules"));
    }

    [Fact]
    public async Task A_build_task_is_run()
    {
        fixture.Write("app/deno.json", """{"tasks":{"build":"vite build"}}""");

        Assert.Contains("deno task build", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"version":"5","jsr":{"@std/path@1.0.8":{}},"npm":{"@hono/react@1.2.0_react@18.3.1_react-dom@18.3.1":{}}}""")]
    [InlineData("""{"version":"3","packages":{"jsr":{"@std/path@1.0.8":{}},"npm":{"@hono/react@1.2.0_react@18.3.1":{}}}}""")]
    public async Task Deno_and_what_a_lock_file_of_any_version_names_have_bills_of_materials(string locked)
    {
        fixture.Write("app/deno.lock", locked);

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(["pkg:generic/deno@2.9.6"], fixture.Materials("neeto_deno", "deno"));
        Assert.Equal(["pkg:npm/%40hono/react@1.2.0", "pkg:generic/jsr/%40std/path@1.0.8"], fixture.Materials("neeto_deno", "dependencies"));
    }

    [Theory]
    [InlineData("""{"version":"2","npm":{"specifiers":{},"packages":{"hono@4.6.3":{}}}}""")]
    [InlineData(
        """{"version":"5","npm":{"hono@4.6.3":{"os":["linux"]},"@esbuild/win@1.0.0":{"os":["win32"],"cpu":["x64"]},"no-linux@1":{"os":["!linux"]}}}"""
    )]
    public async Task Packages_of_other_machines_are_not_on_the_bill(string locked)
    {
        fixture.Write("app/deno.lock", locked);

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(["pkg:npm/hono@4.6.3"], fixture.Materials("neeto_deno", "dependencies"));
    }

    public void Dispose()
    {
        fixture.Dispose();
        registry.Dispose();
    }
}
