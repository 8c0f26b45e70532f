namespace NeetoDeploy.Builder.Tests.Lifecycle;

/// <summary>Bills of materials on their way from buildpacks to the image and to the next build.</summary>
public sealed class SbomTests : IDisposable
{
    private const string Formats = "sbom-formats = [\"application/vnd.cyclonedx+json\", \"application/spdx+json; version=2\"]";

    private const string Write = """
        for subject in launch build for-launch for-build for-nothing; do echo "{\"of\": \"$subject\"}" > "$1/$subject.sbom.cdx.json"; done
        echo '{}' > "$1/for-launch.sbom.spdx.json"
        mkdir -p "$1/for-launch" "$1/for-build"
        printf '[types]\nlaunch = true\n' > "$1/for-launch.toml"
        printf '[types]\nbuild = true\ncache = true\n' > "$1/for-build.toml"
        """;

    private readonly LifecycleFixture fixture = new();

    [Fact]
    public async Task They_are_brought_together_by_what_they_are_for()
    {
        (await fixture.Buildpack("of/a", build: Write, more: Formats).Order("of/a").RunAsync()).Expect(0);

        Assert.Equal(
            [
                "build/of_a/for-build/sbom.cdx.json",
                "build/of_a/sbom.cdx.json",
                "launch/of_a/for-launch/sbom.cdx.json",
                "launch/of_a/for-launch/sbom.spdx.json",
                "launch/of_a/sbom.cdx.json",
            ],
            Directory
                .GetFiles(fixture.At("layers/sbom"), "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(fixture.At("layers/sbom"), f))
                .Order(StringComparer.Ordinal)
        );
        Assert.Contains("for-launch", fixture.Read("layers/sbom/launch/of_a/for-launch/sbom.cdx.json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("launch.sbom.cdx.json", "application/vnd.cyclonedx+json")]
    [InlineData("build.sbom.spdx.json", "application/spdx+json")]
    [InlineData("x.sbom.syft.json", "application/vnd.syft+json")]
    public async Task One_that_the_buildpack_does_not_announce_is_exit_code_52(string file, string mediaType)
    {
        var build = $"touch \"$1/x.toml\"; echo '{{}}' > \"$1/{file}\"";

        Assert.Contains(
            mediaType,
            (await fixture.Buildpack("a", build: build).Order("a").RunAsync()).Expect(52).Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task That_of_a_layer_is_found_again_with_what_the_layer_s_file_remembers()
    {
        fixture.Buildpack("a", build: "ls \"$1\" > \"$1.seen\"\n" + Write, more: Formats).Order("a");
        (await fixture.RunAsync()).Expect(0);
        fixture.Write("layers/previous-metadata.json", Previous);

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal(
            "for-build\nfor-build.sbom.cdx.json\nfor-build.toml\nfor-launch.sbom.cdx.json\nfor-launch.sbom.spdx.json\nfor-launch.toml\n",
            fixture.Read("layers/a.seen")
        );
    }

    [Fact]
    public async Task That_of_a_layer_which_is_only_in_the_image_is_restored_from_there()
    {
        fixture.Buildpack("a", build: "ls \"$1\" > \"$1.seen\"", more: Formats).Order("a");
        fixture.Write("layers/previous-metadata.json", Previous);
        fixture.Write("layers/sbom/launch/a/for-launch/sbom.cdx.json", "{}");

        (await fixture.RunAsync()).Expect(0);

        Assert.Equal("for-launch.sbom.cdx.json\nfor-launch.toml\n", fixture.Read("layers/a.seen"));
    }

    public void Dispose() => fixture.Dispose();

    private const string Previous =
        """{"buildpacks":[{"key":"a","layers":{"for-launch":{"sha":"sha256:1","launch":true,"data":"text"}}}]}""";
}
