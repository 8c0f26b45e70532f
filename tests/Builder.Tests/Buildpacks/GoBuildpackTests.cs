using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>The Go buildpack with a Debian mirror whose go is a bash script.</summary>
public sealed class GoBuildpackTests : IDisposable
{
    private const string Go = """
        #!/usr/bin/env bash
        echo "go $*" >> asked
        case $1 in
          env) echo "go${0#*/usr/lib/go-}" | cut -d/ -f1 ;;
          version) if [[ ${2:-} == -m ]]; then cat modules 2> /dev/null || true; else [[ $GOTOOLCHAIN == local || -e proxy ]] || exit 1; fi ;;
          list) [[ -e mains ]] || exit 0; while read -r main; do echo "$main $GOBIN/${main##*/}"; done < mains ;;
          install) [[ ! -e fail ]] || { echo "dial tcp: lookup proxy: no such host"; exit 1; }; echo "go $*" ;;
        esac
        """;

    private readonly FakeDebianMirror mirror = new();
    private readonly LifecycleFixture fixture = new() { Buildpacks = Path.Combine(Repository.Root, "buildpacks") };

    public GoBuildpackTests()
    {
        mirror.For(fixture);
        foreach (var line in new[] { "1.19", "1.21", "1.23" })
            mirror.Add($"golang-{line}-go", line + ".8-2", ($"usr/lib/go-{line}/bin/go", Go));
        fixture.Write("app/go.mod", "module example.com/hello\n");
        fixture.Write("app/mains", "example.com/hello\n");
    }

    [Theory]
    [InlineData("", "choosing the newest, go1.23")]
    [InlineData("go 1.19", "go.mod: go 1.19: choosing go1.19,")]
    [InlineData("go 1.20", "choosing go1.21,")]
    [InlineData("go 1.21.5\ntoolchain go1.22.0", "go.mod: go 1.21.5: choosing go1.21,")]
    [InlineData("// +heroku goVersion go1.23\ngo 1.19", "go.mod: +heroku goVersion 1.23: choosing go1.23,")]
    public async Task The_version_is_the_oldest_that_go_mod_is_content_with(string lines, string said)
    {
        fixture.Write("app/go.mod", $"module example.com/hello\n\n{lines}\n");

        Assert.Contains(said, (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_of_all_apps_which_have_no_backports_are_not_used()
    {
        FakeDebianMirror.ShareLists(fixture, FakeDebianMirror.ThisWeek);

        (await fixture.RunAsync()).Expect(0);

        Assert.Contains($"Dir::State::Lists={fixture.At("cache/apt/lists")} ", mirror["mirror/asked"], StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.At("debian"), mirror["mirror/asked"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_Debian_does_not_have_comes_from_the_module_proxy()
    {
        fixture.Write("app/go.mod", "module example.com/hello\ngo 1.25\n");
        fixture.Write("app/proxy", "");

        Assert.Contains("Fetched go1.25.0 from the module proxy", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_nobody_has_is_refused_with_what_to_do()
    {
        fixture.Write("app/go.mod", "module example.com/hello\ngo 1.25\n");

        var errors = (await fixture.RunAsync()).Expect(51).Errors;

        Assert.Contains("go.mod asks for Go 1.25, but Debian has 1.23 at most", errors, StringComparison.Ordinal);
        Assert.Contains("Lower the version in go.mod", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.com/hello", "web: bin/hello")]
    [InlineData("example.com/hello/cmd/shop", "web: bin/shop")]
    [InlineData("example.com/hello/cmd/server example.com/hello/cmd/worker", "web: bin/server, worker: bin/worker")]
    [InlineData("example.com/hello example.com/hello/cmd/server", "web: bin/hello, server: bin/server")]
    [InlineData("example.com/hello/cmd/a example.com/hello/cmd/b", "a: bin/a, b: bin/b")]
    public async Task Each_main_package_is_a_process(string mains, string processes)
    {
        fixture.Write("app/mains", mains.Replace(' ', '\n') + "\n");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains($"go install -tags heroku {mains}\n", output, StringComparison.Ordinal);
        Assert.Equal(
            processes.Split(", "),
            output.Split('\n').Where(line => line.Contains("Default process", StringComparison.Ordinal)).Select(Process)
        );

        static string Process(string line) => line.Split("Default process: ")[1].Replace(" ->", ":", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("// +heroku install ./cmd/...", "", "./cmd/...")]
    [InlineData("// +heroku install ./cmd/...", "./one ./two", "./one ./two")]
    [InlineData("", "", "./...")]
    public async Task What_is_installed_can_be_said_as_on_Heroku(string comment, string variable, string packages)
    {
        fixture.Write("app/go.mod", $"module example.com/hello\n{comment}\n");
        if (variable.Length > 0)
            fixture.Write("platform/env/GO_INSTALL_PACKAGE_SPEC", variable);

        (await fixture.RunAsync()).Expect(0);

        Assert.Contains(
            $"}} {packages}\n",
            fixture.Read("app/asked").Replace("}}", "}", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Go_itself_is_not_in_the_image()
    {
        (await fixture.RunAsync()).Expect(0);

        Assert.DoesNotContain("launch", fixture.Read("layers/neeto_go/go.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_linker_put_into_the_programs_is_their_bill_of_materials()
    {
        fixture.Write("app/mains", "example.com/hello\nexample.com/hello/cmd/worker\n");
        fixture.Write(
            "app/modules",
            """
            /app/bin/hello: go1.23.8 X:nocoverageredesign
            	path	example.com/hello
            	mod	example.com/hello	(devel)	
            	dep	github.com/BurntSushi/toml	v1.4.0	h1:abc=
            	dep	github.com/old/fork	v1.0.0
            	=>	github.com/new/fork	v1.0.1	h1:abc=
            	dep	example.com/library	v0.0.0
            	=>	./library	(devel)	
            	build	-compiler=gc
            /app/bin/worker: go1.23.8
            	path	example.com/hello/cmd/worker
            	dep	github.com/docker/cli	v27.0.0+incompatible	h1:abc=

            """
        );

        (await fixture.RunAsync()).Expect(0);

        Assert.Contains(
            $"go version -m {fixture.At("app/bin/hello")} {fixture.At("app/bin/worker")}",
            fixture.Read("app/asked"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            [
                "pkg:golang/github.com/burntsushi/toml@v1.4.0",
                "pkg:golang/github.com/docker/cli@v27.0.0%2Bincompatible",
                "pkg:golang/github.com/new/fork@v1.0.1",
                "pkg:golang/stdlib@1.23.8",
            ],
            fixture.Materials("neeto_go")
        );
    }

    [Fact]
    public async Task Without_a_module_proxy_vendoring_is_what_to_do()
    {
        fixture.Write("app/fail", "");

        var run = (await fixture.RunAsync()).Expect(51);

        Assert.Contains("no such host", run.Output, StringComparison.Ordinal);
        Assert.Contains("run go mod vendor and commit the folder vendor", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_without_a_program_is_refused()
    {
        File.Delete(fixture.At("app/mains"));

        Assert.Contains("has no main package in ./...", (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        fixture.Dispose();
        mirror.Dispose();
    }
}
