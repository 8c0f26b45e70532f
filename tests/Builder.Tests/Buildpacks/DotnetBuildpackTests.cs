using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>The .NET buildpack with an SDK that is a bash script: it publishes every project that it finds.</summary>
public sealed partial class DotnetBuildpackTests : IDisposable
{
    private const string Sdk = """
        #!/usr/bin/env bash
        case $1 in
          --version) [[ ! -f global.json ]] || grep -q '10\.0' global.json || exit 1; echo 10.0.401; exit ;;
          --list-sdks) echo "9.0.300 [/sdk]"; echo "10.0.401 [/sdk]"; exit ;;
        esac
        echo "dotnet $*"
        [[ ! -e fail ]] || { echo "error CS1002: ; expected"; exit 1; }
        if [[ $1 == restore ]]; then
          package=$NUGET_PACKAGES/microsoft.netcore.app.runtime.linux-x64/8.0.31/runtimes/linux-x64
          mkdir -p "$package/lib/net8.0" "$package/native"
          echo restored > "$package/lib/net8.0/System.dll"
          exit
        fi
        find . -name '*.csproj' | while read -r project; do
          name=$(basename "$project" .csproj) folder=$(dirname "$project")/bin/publish version=10.0.0 web=
          mkdir -p "$folder"
          grep -q Library "$project" && continue
          ! grep -q net8.0 "$project" || version=8.0.0
          ! grep -q Sdk.Web "$project" || web=', {"name": "Microsoft.AspNetCore.App", "version": "10.0.0"}'
          touch "$folder/$name"
          chmod +x "$folder/$name"
          printf '{"runtimeOptions":{"frameworks":[{"name":"Microsoft.NETCore.App","version":"%s"}%s],"configProperties":{"System.Globalization.Invariant":%s}}}' \
            "$version" "$web" "$(grep -q Cultures "$project" && echo false || echo true)" > "$folder/$name.runtimeconfig.json"
          [[ ! -f deps.json ]] || cp deps.json "$folder/$name.deps.json"
        done
        """;

    private const string Web = """<Project Sdk="Microsoft.NET.Sdk.Web"><TargetFramework>net10.0</TargetFramework></Project>""";
    private const string Console = """<Project Sdk="Microsoft.NET.Sdk"><OutputType>Exe</OutputType></Project>""";

    private readonly LifecycleFixture fixture = new() { Buildpacks = Path.Combine(Repository.Root, "buildpacks") };

    public DotnetBuildpackTests()
    {
        fixture.Program("sdk/dotnet", Sdk);
        foreach (var framework in new[] { "Microsoft.NETCore.App", "Microsoft.AspNetCore.App" })
        foreach (var version in new[] { "10.0.9", "10.0.12", "10.0.13-preview.1" })
            fixture.Write($"sdk/shared/{framework}/{version}/{framework}.dll", version);
        fixture.Write("sdk/host/fxr/10.0.12/libhostfxr.so", "");
        fixture.Environment["PATH"] = $"{fixture.At("sdk")}:{fixture.Environment["PATH"]}";
    }

    [Fact]
    public async Task The_web_project_is_web_and_runs_on_a_copy_of_the_SDK_s_runtime()
    {
        fixture.Write("app/Shop.csproj", Web);

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("Microsoft.AspNetCore.App 10.0.12: copied from the SDK", output, StringComparison.Ordinal);
        Assert.Equal("10.0.12", fixture.Read("layers/neeto_dotnet/runtime/shared/Microsoft.NETCore.App/10.0.12/Microsoft.NETCore.App.dll"));
        Assert.True(fixture.Exists("layers/neeto_dotnet/runtime/host/fxr/10.0.12/libhostfxr.so"));
        Assert.Equal(["web: cd bin/publish && exec ./Shop --urls http://*:$PORT"], Processes());
    }

    [Fact]
    public async Task A_change_of_code_alone_keeps_the_runtime()
    {
        fixture.Write("app/Shop.csproj", Web);
        (await fixture.RunAsync()).Expect(0);
        string[] files = [.. Directory.EnumerateFiles(fixture.At("layers/neeto_dotnet/runtime"), "*", SearchOption.AllDirectories)];
        var times = files.Select(File.GetLastWriteTimeUtc).ToArray();
        fixture.Write("app/Program.cs", "");

        Assert.Contains("reused", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
        Assert.NotEmpty(files);
        Assert.Equal(times, files.Select(File.GetLastWriteTimeUtc));
    }

    [Fact]
    public async Task Each_program_of_a_solution_is_a_process_and_tests_and_libraries_are_none()
    {
        fixture.Write("app/Shop.sln", "");
        fixture.Write("app/src/Shop.Web/Shop.Web.csproj", Web);
        fixture.Write("app/src/Mail_Sender/Mail_Sender.csproj", Console);
        fixture.Write("app/src/Lib/Lib.csproj", "<OutputType>Library</OutputType>");
        fixture.Write("app/tests/Shop.Tests/Shop.Tests.csproj", """<PackageReference Include="Microsoft.NET.Test.Sdk" />""");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(
            [
                "mail-sender: cd src/Mail_Sender/bin/publish && exec ./Mail_Sender",
                "web: cd src/Shop.Web/bin/publish && exec ./Shop.Web --urls http://*:$PORT",
            ],
            Processes()
        );
        Assert.False(fixture.Exists("app/tests/Shop.Tests/bin/publish"));
    }

    [Fact]
    public async Task Two_web_projects_are_named_after_themselves()
    {
        fixture.Write("app/Shop.slnx", "");
        fixture.Write("app/Api/Api.csproj", Web);
        fixture.Write("app/Site/Site.csproj", Web);

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(["api", "site"], Processes().Select(process => process.Split(':')[0]));
    }

    [Fact]
    public async Task A_runtime_that_the_SDK_does_not_have_is_restored()
    {
        fixture.Write("app/Old.csproj", Console + "net8.0");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("Microsoft.NETCore.App 8.0.31: restored", output, StringComparison.Ordinal);
        Assert.Equal("restored\n", fixture.Read("layers/neeto_dotnet/runtime/shared/Microsoft.NETCore.App/8.0.31/System.dll"));
    }

    [Fact]
    public async Task What_comes_from_packages_is_a_slice_of_its_own()
    {
        fixture.Write("app/Shop.csproj", Web);
        fixture.Write(
            "app/deps.json",
            """
            {"runtimeTarget":{"name":"t"},"libraries":{"Shop/1":{"type":"project"},"Json/13":{"type":"package"}},"targets":{"t":{
              "Shop/1":{"runtime":{"Shop.dll":{}}},
              "Json/13":{"runtime":{"lib/net6.0/Json.dll":{}},"resources":{"lib/net6.0/de/Json.resources.dll":{"locale":"de"}}}}}}
            """
        );

        (await fixture.RunAsync()).Expect(0);

        Assert.Contains(
            """paths = ["bin/publish/Json.dll", "bin/publish/de/Json.resources.dll"]""",
            fixture.Read("layers/config/metadata.toml"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Packages_and_shared_frameworks_have_bills_of_materials()
    {
        fixture.Write("app/Shop.csproj", Web);
        fixture.Write(
            "app/deps.json",
            """
            {"runtimeTarget":{"name":"t"},"targets":{"t":{}},"libraries":{"Shop/1.0.0":{"type":"project"},"Newtonsoft.Json/13.0.3":{"type":"package"},
              "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/10.0.12":{"type":"runtimepack"}}}
            """
        );

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(
            ["pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@10.0.12", "pkg:nuget/Newtonsoft.Json@13.0.3"],
            fixture.Materials("neeto_dotnet")
        );
        var machine = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        Assert.Equal(
            [
                $"pkg:nuget/Microsoft.AspNetCore.App.Runtime.linux-{machine}@10.0.12",
                $"pkg:nuget/Microsoft.NETCore.App.Runtime.linux-{machine}@10.0.12",
            ],
            fixture.Materials("neeto_dotnet", "runtime")
        );
    }

    [Fact]
    public async Task An_app_that_knows_languages_gets_Debian_s_ICU()
    {
        using var mirror = new FakeDebianMirror();
        mirror.For(fixture).Add("libicu72", "72.1-3", ("usr/lib/libicuuc.so.72", "icu"));
        fixture.Write("app/Shop.csproj", Web + "Cultures");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal("icu", fixture.Read("layers/neeto_dotnet/icu/usr/lib/libicuuc.so.72"));
    }

    [Theory]
    [InlineData("""{"sdk":{"version":"8.0.100","rollForward":"patch"}}""", "asks for an SDK that is not here: 8.0.100, rollForward patch.")]
    [InlineData("""{"sdk":{"version":"8.0.100"}}""", "This builder has: 9.0.300 10.0.401")]
    [InlineData("""{"sdk":{"version":"8.0.100"}}""", "Set \"rollForward\": \"latestMajor\" in global.json")]
    public async Task An_SDK_that_is_not_there_is_refused_with_what_to_do(string globalJson, string said)
    {
        fixture.Write("app/Shop.csproj", Web);
        fixture.Write("app/global.json", globalJson);

        Assert.Contains(said, (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csproj b.csproj", "There are 2 of them at the root: a.csproj b.csproj.")]
    [InlineData("a.csproj fail", "Publishing failed")]
    [InlineData("a.sln", "Nothing that was published is a program.")]
    public async Task What_is_wrong_is_said(string files, string said)
    {
        foreach (var file in files.Split(' '))
            fixture.Write($"app/{file}", Console);

        Assert.Contains(said, (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    public void Dispose() => fixture.Dispose();

    private IEnumerable<string> Processes() =>
        Process().Matches(fixture.Read("layers/neeto_dotnet/launch.toml")).Select(match => $"{match.Groups[1]}: {match.Groups[2]}");

    [GeneratedRegex("type = \"(.+)\"\ncommand = \"(.+)\"")]
    private static partial Regex Process();
}
