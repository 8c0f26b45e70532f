using NeetoDeploy.Builder.Tests.Lifecycle;

namespace NeetoDeploy.Builder.Tests.Buildpacks;

/// <summary>Layers of Debian packages, as <c>buildpacks/shared/debian.sh</c> makes them for every buildpack.</summary>
public sealed class DebianLayerTests : IDisposable
{
    private const string Interpreter = """
        #!/usr/bin/python3 -s
        print(1)
        """;

    private readonly LifecycleFixture fixture = new();
    private readonly FakeDebianMirror mirror = new();

    public DebianLayerTests()
    {
        mirror
            .For(fixture)
            .Add(
                "tool",
                "1:2.2.2+dfsg-3",
                ("lib/x86_64-linux-gnu/libtool.so.1", "library"),
                ("usr/bin/tool2", Interpreter),
                ("usr/share/man/man1/tool.1", "long to read"),
                ("postinst", "#!/bin/sh\nupdate-alternatives --install /usr/bin/tool tool \\\n  /usr/bin/tool2 10\n")
            );
        mirror.Add("more", "5-1", ("usr/share/more", "more"));
        Build("debian_layer tool tool");
    }

    [Fact]
    public async Task A_package_is_unpacked_as_if_it_were_installed()
    {
        var run = (await fixture.RunAsync()).Expect(0);

        Assert.Contains("tool: Debian packages: 1 downloaded, 0 found", run.Output, StringComparison.Ordinal);
        Assert.Equal("library", fixture.Read("layers/test_debian/tool/usr/lib/x86_64-linux-gnu/libtool.so.1"));
        Assert.False(fixture.Exists("layers/test_debian/tool/lib"));
        Assert.False(fixture.Exists("layers/test_debian/tool/usr/share/man"));
        Assert.Equal("tool2", new FileInfo(fixture.At("layers/test_debian/tool/usr/bin/tool")).LinkTarget);
        Assert.StartsWith("#!/usr/bin/env -S python3 -s\n", fixture.Read("layers/test_debian/tool/usr/bin/tool"), StringComparison.Ordinal);
        Assert.StartsWith(
            fixture.At("layers/test_debian/tool/usr/bin"),
            fixture.Read("layers/test_debian/tool/env/PATH.prepend"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_layer_s_packages_are_its_bill_of_materials_and_stay_so_while_it_is_reused()
    {
        const string Bill = "layers/sbom/launch/test_debian/tool/sbom.cdx.json";
        (await fixture.RunAsync()).Expect(0);
        var first = fixture.Read(Bill);
        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(
            """{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[{"type":"library","name":"tool","version":"1:2.2.2+dfsg-3","purl":"pkg:deb/debian/tool@1:2.2.2%2Bdfsg-3"}]}"""
                + "\n",
            first
        );
        Assert.Equal(first, fixture.Read(Bill));
    }

    [Fact]
    public async Task An_unchanged_layer_is_not_touched_and_the_mirror_is_not_asked()
    {
        (await fixture.RunAsync()).Expect(0);
        var (asked, times) = (mirror.Asked, Times());

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(asked, mirror.Asked);
        Assert.Equal(times, Times());
    }

    [Fact]
    public async Task A_new_week_asks_again_and_an_unchanged_version_keeps_the_layer()
    {
        (await fixture.RunAsync()).Expect(0);
        var (asked, times) = (mirror.Asked, Times());
        Age();

        (await fixture.RunAsync()).Expect(0);

        Assert.True(mirror.Asked > asked);
        Assert.Equal(times, Times());
    }

    [Fact]
    public async Task A_new_week_with_a_new_version_makes_the_layer_anew()
    {
        (await fixture.RunAsync()).Expect(0);
        mirror.Add("tool", "1:2.2.2+dfsg-4", ("usr/bin/tool2", "fixed"));
        Age();

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal("fixed", fixture.Read("layers/test_debian/tool/usr/bin/tool2"));
    }

    [Fact]
    public async Task A_mirror_that_is_down_does_not_stop_an_app_that_has_its_packages()
    {
        (await fixture.RunAsync()).Expect(0);
        var times = Times();
        Age();
        mirror.IsDown = true;
        Assert.Contains("Debian's mirror does not answer", (await fixture.RunAsync()).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(times, Times());
        mirror.IsDown = false;
        mirror.Add("tool", "3-1", ("usr/bin/tool2", "fixed"));

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal("fixed", fixture.Read("layers/test_debian/tool/usr/bin/tool2"));
    }

    [Fact]
    public async Task Lists_of_all_apps_that_are_of_this_week_are_used_and_the_app_keeps_none()
    {
        (await fixture.RunAsync()).Expect(0);
        Assert.True(fixture.Exists("cache/apt/week"));
        Age();
        FakeDebianMirror.ShareLists(fixture, FakeDebianMirror.ThisWeek);
        var updates = Updates;

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(updates, Updates);
        Assert.Contains($"Dir::State::Lists={fixture.At("debian/lists")} ", mirror["mirror/asked"], StringComparison.Ordinal);
        Assert.Contains(
            $"Dir::Cache::srcpkgcache={fixture.At("debian/srcpkgcache.bin")} ",
            mirror["mirror/asked"],
            StringComparison.Ordinal
        );
        Assert.False(fixture.Exists("cache/apt/lists"));
    }

    [Fact]
    public async Task Lists_of_all_apps_of_another_week_are_not_used()
    {
        FakeDebianMirror.ShareLists(fixture, "2020-W01");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(1, Updates);
    }

    [Fact]
    public async Task A_version_that_the_mirror_has_dropped_since_is_asked_for_with_lists_of_the_app_s_own()
    {
        FakeDebianMirror.ShareLists(fixture, FakeDebianMirror.ThisWeek);
        var old = mirror["mirror/tool.apt-get"];
        mirror["mirror/tool.apt-get"] = old.Replace("tool.deb", "dropped.deb", StringComparison.Ordinal);
        mirror["bin/apt-get"] = mirror["bin/apt-get"]
            .Replace("update) exit 0", "update) sed -i s/dropped.deb/tool.deb/ \"$mirror/tool.apt-get\"; exit 0", StringComparison.Ordinal);

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(1, Updates);
        Assert.True(fixture.Exists("layers/test_debian/tool/usr/bin/tool2"));
    }

    [Fact]
    public async Task The_lists_of_all_apps_are_read_into_a_folder()
    {
        var program = Path.Combine(Repository.Root, "buildpacks/shared/debian-lists");
        Build($"mkdir -p {fixture.At("lists")}; bash {program} {fixture.At("lists")}");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(FakeDebianMirror.ThisWeek, fixture.Read("lists/week").TrimEnd());
        Assert.Contains($"Dir::State::Lists={fixture.At("lists/lists")} ", mirror["mirror/asked"], StringComparison.Ordinal);
        Assert.Matches("GzipIndexes=true .*GzipIndexes=false .*update\n", mirror["mirror/asked"]);
        Assert.False(fixture.Exists("lists/scratch"));
    }

    [Fact]
    public async Task A_package_that_is_not_what_the_mirror_describes_fails_the_build()
    {
        mirror.Spoil("tool");

        Assert.Contains("is not what Debian describes", (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_Debian_does_not_have_fails_the_build_and_is_named()
    {
        Build("debian_layer tool tool no-such-package");

        Assert.Contains("Unable to locate package no-such-package", (await fixture.RunAsync()).Expect(51).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_for_building_alone_is_not_in_the_image()
    {
        Build("debian_layer --build tool tool");

        (await fixture.RunAsync()).Expect(0);

        Assert.DoesNotContain("launch", fixture.Read("layers/test_debian/tool.toml"), StringComparison.Ordinal);
        Assert.False(fixture.Exists("layers/test_debian/tool/env/PATH.prepend"));
        Assert.Contains("usr/include", fixture.Read("layers/test_debian/tool/env.build/CPATH.prepend"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_on_another_is_resolved_with_the_packages_of_that_one_as_installed()
    {
        mirror["bin/apt-get"] = SaveStatus + mirror["bin/apt-get"].Split('\n', 2)[1];
        Build("debian_layer tool tool; debian_layer --on tool second more");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal("more", fixture.Read("layers/test_debian/second/usr/share/more"));
        Assert.Matches("Package: tool\nVersion: 1:2.2.2[\\s\\S]*Status: install ok installed", mirror["mirror/status"]);
    }

    [Fact]
    public async Task A_package_that_only_scripts_need_is_taken_for_installed_by_this_layer_and_those_on_it()
    {
        mirror["bin/apt-get"] = SaveStatus + mirror["bin/apt-get"].Split('\n', 2)[1];
        Build("debian_layer --without perl tool tool; debian_layer --on tool second more");

        (await fixture.RunAsync()).Expect(0);

        Assert.Matches("Package: perl\nStatus: install ok installed", mirror["mirror/status"]);
    }

    [Fact]
    public async Task Versions_are_told()
    {
        Build("debian_layer tool tool; debian_version tool tool; debian_candidates more nothing tool; debian_upstream 1:2.2.2+dfsg-3");

        var output = (await fixture.RunAsync()).Expect(0).Output;

        Assert.Contains("\n1:2.2.2+dfsg-3\nmore 5-1\ntool 1:2.2.2+dfsg-3\n2.2.2\n", output, StringComparison.Ordinal);
    }

    private const string SaveStatus = """
        #!/usr/bin/env bash
        for word in "$@"; do [[ $word != Dir::State::status=* || $* != *install* ]] || cp "${word#*=}" "${0%/*/*}/mirror/status"; done

        """;

    public void Dispose()
    {
        fixture.Dispose();
        mirror.Dispose();
    }

    private void Build(string lines)
    {
        var shared = Path.Combine(Repository.Root, "buildpacks", "shared");
        fixture
            .Buildpack(
                "test/debian",
                build: $"""
                set -euo pipefail
                shopt -s inherit_errexit
                layers=$1
                cache=$NEETO_CACHE_DIR
                source {shared}/output.sh
                source {shared}/layers.sh
                source {shared}/sbom.sh
                source {shared}/debian.sh
                {lines}
                """,
                more: "sbom-formats = [\"application/vnd.cyclonedx+json\"]"
            )
            .Order("test/debian");
    }

    private int Updates => mirror["mirror/asked"].Split('\n').Count(line => line.EndsWith(" update", StringComparison.Ordinal));

    private Dictionary<string, DateTime> Times() =>
        Directory
            .EnumerateFiles(fixture.At("layers/test_debian/tool"), "*", SearchOption.AllDirectories)
            .ToDictionary(path => path, File.GetLastWriteTimeUtc);

    /// <summary>Makes what earlier builds have noted look as if it were of another week.</summary>
    private void Age()
    {
        fixture.Write("cache/apt/week", "2020-W01");
        var toml = fixture.Read("layers/test_debian/tool.toml");
        fixture.Write(
            "layers/test_debian/tool.toml",
            System.Text.RegularExpressions.Regex.Replace(toml, "week = \".*\"", "week = \"2020-W01\"")
        );
    }
}
