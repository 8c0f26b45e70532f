using NeetoDeploy.EndToEnd.Tests.Harness;

namespace NeetoDeploy.EndToEnd.Tests.Stacks;

/// <summary>A stack of the operator's gets a newer run image, and an app is put on it without being built.</summary>
[Collection(Killing.Name)]
public sealed class RebaseTests(KilledBox killed)
{
    private readonly Box box = killed.Box;

    [Fact]
    public async Task An_app_is_put_on_a_newer_run_image_and_its_own_layers_stay_where_they_are()
    {
        var run = $"localhost/neeto-e2e/run:{Guid.NewGuid():N}";
        await MakeRunImageAsync(run, "first");
        try
        {
            await using var stack = await box.AddStacksAsync(
                $"[ours]\nrun = \"{run}\"\nbuild = \"{await EngineBelongings.BuildImageAsync(box.Data)}\"\n"
            );
            await using var app = await AppUnderTest.CreateAsync(box);
            using var set = await app.PatchAsync("", new { build_stack = "ours" });
            Assert.True(set.IsSuccessStatusCode);
            app.Write("server.pl", Programs.PerlServer);
            app.Write("Procfile", "web: perl server.pl \"on the $(cat /etc/run-image)\"\n");
            await app.DeployArchiveAsync();
            await app.AnswersAsync("on the first");
            var before = await LayersAsync(app);

            await MakeRunImageAsync(run, "second");
            await box.RestartSiloAsync();
            var rebase = (await box.Neeto(["rebase", "--app", app.Name]).RunAsync(cancel: TestContext.Current.CancellationToken)).Ok();

            Assert.Matches("3 of 3 layers reused, 0 B uploaded", rebase.Output);
            await app.AnswersAsync("on the second");
            var after = await LayersAsync(app);
            Assert.Equal(before[^3..], after[^3..]);
            Assert.NotEqual(before[..^3], after[..^3]);
        }
        finally
        {
            await EngineBelongings.DockerAsync(["image", "rm", "--force", run]);
        }
    }

    private async Task MakeRunImageAsync(string name, string word)
    {
        var folder = Directory.CreateDirectory(Path.Combine(box.Home, $"run-image-{word}")).FullName;
        var from = await EngineBelongings.RunImageAsync(box.Data);
        await File.WriteAllTextAsync(Path.Combine(folder, "Dockerfile"), $"FROM {from}\nRUN echo {word} > /etc/run-image\n");
        (await EngineBelongings.DockerAsync(["build", "--tag", name, folder])).Ok();
    }

    /// <summary>The layers of the app's image on the engine, those of the run image first.</summary>
    private static async Task<string[]> LayersAsync(AppUnderTest app)
    {
        var id = (string)(await app.ApiAsync())["id"]!;
        var dynos = await EngineBelongings.DockerAsync([
            "ps",
            "--quiet",
            "--filter",
            $"label=neetodeploy.app={id}",
            "--filter",
            "label=neetodeploy.dyno=web.1",
        ]);
        var newest = dynos.Ok().Output.Split('\n')[0];
        var image = (await EngineBelongings.DockerAsync(["inspect", "--format", "{{.Image}}", newest])).Ok().Output.Trim();
        var layers = await EngineBelongings.DockerAsync(["image", "inspect", "--format", "{{join .RootFS.Layers \" \"}}", image]);
        return layers.Ok().Output.Trim().Split(' ');
    }
}
