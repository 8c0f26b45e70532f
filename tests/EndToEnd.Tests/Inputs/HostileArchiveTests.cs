using System.Formats.Tar;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Inputs;

/// <summary>Archives that mean harm, or that are none: a failed build with a clear reason, and nothing written elsewhere.</summary>
public sealed class HostileArchiveTests(SharedBox shared)
{
    private const string Outside = "points outside of the app";

    private readonly Box box = shared.Box;

    [Fact]
    public async Task Archives_that_escape_or_are_none_fail_the_build_with_the_reason()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        await FailsAsync(app, Archive.Of(Package(), Archive.File("../../escaped", "harm")), "would be outside of the app");
        await FailsAsync(
            app,
            Archive.Of(Package(), Archive.Link("out", "../../.."), Archive.File("out/escaped", "harm")),
            "twice, once as a link"
        );
        await FailsAsync(app, Archive.Of(Package(), Archive.Link("secret", "/etc/shadow")), Outside);
        await FailsAsync(app, [], "the source is empty");
        await FailsAsync(app, Archive.Of(new PaxTarEntry(TarEntryType.Directory, "folder/")), "the source has no files");
        await FailsAsync(app, "<html>not found</html>"u8.ToArray(), "the source is not a tar archive");
        await FailsAsync(app, Archive.Of(Package(), Archive.File("big", new string('x', 100_000)))[..^40], "the source");
        var builds = Path.Combine(box.Data, "builds");
        Assert.Empty(Directory.EnumerateFiles(builds, "escaped", SearchOption.AllDirectories));
        Assert.False(File.Exists(Path.Combine(box.Data, "escaped")) || File.Exists("/escaped"), "An archive wrote outside of the app.");

        Programs.WriteTo(app);
        await app.DeployArchiveAsync();
        await app.AnswersAsync("one");
    }

    private static TarEntry Package() => Archive.File("package.json", Programs.Package);

    private static async Task FailsAsync(AppUnderTest app, byte[] archive, string reason)
    {
        var (status, output) = await app.EndOfAsync(await app.StartBuildAsync(archive));
        Assert.Equal("failed", status);
        Assert.Contains(reason, output, StringComparison.Ordinal);
    }
}
