using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Builds;

/// <summary>What a deploy script does: it creates a slug, puts its archive and releases it at once; then it releases the same slug in another app.</summary>
public sealed class SlugTests(SharedBox shared)
{
    private readonly Box box = shared.Box;

    [Fact]
    public async Task A_slug_is_created_put_and_released_and_then_released_in_another_app()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        await using var other = await AppUnderTest.CreateAsync(box);
        var slug = await CreateAsync(
            app,
            Archive.File("./app/server.pl", Programs.PerlServer),
            Archive.File("./app/.profile.d/a.sh", "export GREETING=there\n")
        );

        var first = await ReleaseAsync(app, slug);
        var second = await ReleaseAsync(other, slug);

        await app.AnswersAsync("hello there");
        await other.AnswersAsync("hello there");
        Assert.Equal((3, 3), ((int)first["version"]!, (int)second["version"]!));
        using (await app.DeleteAsync("")) { }
        await Wait.UntilAsync(
            "the first app has gone",
            TimeSpan.FromSeconds(30),
            async () => (await app.GetAsync()).Status == HttpStatusCode.NotFound
        );
        (await box.Neeto(["ps:restart", "--app", other.Name]).RunAsync(cancel: TestContext.Current.CancellationToken)).Ok();
        await other.AnswersAsync("hello there");
    }

    /// <summary>Its runtime is in a layer of a buildpack, so its slug is more than the app's folder.</summary>
    [Fact]
    public async Task The_slug_of_a_build_is_downloaded_and_put_into_another_app()
    {
        await using var app = await AppUnderTest.CreateAsync(box);
        await using var other = await AppUnderTest.CreateAsync(box);
        var build = await app.StartBuildAsync(WithBuildpack());
        var (status, output) = await app.EndOfAsync(build);
        Assert.True(status == "succeeded", output);
        await app.AnswersAsync("hello layer");

        var slug = await app.ApiAsync($"/slugs/{(string)build["id"]!}");
        using var client = new HttpClient();
        var archive = await client.GetByteArrayAsync(new Uri((string)slug["blob"]!["url"]!), TestContext.Current.CancellationToken);
        var copy = await CreateAsync(other, archive, slug["process_types"]!);
        await ReleaseAsync(other, copy);

        await other.AnswersAsync("hello layer");
        Assert.Equal(
            ["shop_stamp/made/sbom.cdx.json"],
            (await other.ApiAsync($"/builds/{copy}/sboms")).AsArray().Select(sbom => (string?)sbom!["name"])
        );
    }

    private static byte[] WithBuildpack() =>
        Archive.Of(
            Archive.File("server.pl", Programs.PerlServer),
            Archive.File("Procfile", "web: perl server.pl hello\n"),
            Archive.File("project.toml", "[_]\nschema-version = \"0.2\"\n[[io.buildpacks.post.group]]\nuri = \"./stamp\"\n"),
            Archive.File(
                "stamp/buildpack.toml",
                "api = \"0.10\"\n[buildpack]\nid = \"shop/stamp\"\nversion = \"1.0.0\"\nsbom-formats = [\"application/vnd.cyclonedx+json\"]\n"
            ),
            Archive.Program("stamp/bin/detect", "#!/bin/sh\n"),
            Archive.Program(
                "stamp/bin/build",
                """
                #!/bin/sh
                set -eu
                mkdir -p "$CNB_LAYERS_DIR/made/env.launch"
                printf '[types]\nlaunch = true\n' > "$CNB_LAYERS_DIR/made.toml"
                printf layer > "$CNB_LAYERS_DIR/made/env.launch/GREETING.override"
                printf '{"bomFormat": "CycloneDX"}' > "$CNB_LAYERS_DIR/made.sbom.cdx.json"

                """
            )
        );

    private static Task<string> CreateAsync(AppUnderTest app, params System.Formats.Tar.TarEntry[] files) =>
        CreateAsync(app, Archive.Of(files), new JsonObject { ["web"] = "perl server.pl hello" });

    private static async Task<string> CreateAsync(AppUnderTest app, byte[] content, JsonNode processTypes)
    {
        using var created = await app.PostAsync("/slugs", new { process_types = processTypes });
        var slug = (await created.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        using var client = new HttpClient();
        using var archive = new ByteArrayContent(content);
        using var put = await client.PutAsync(new Uri((string)slug["blob"]!["url"]!), archive, TestContext.Current.CancellationToken);
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (string)slug["id"]!;
    }

    private static async Task<JsonNode> ReleaseAsync(AppUnderTest app, string slug)
    {
        using var released = await app.PostAsync("/releases", new { slug });
        var text = await released.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(released.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
