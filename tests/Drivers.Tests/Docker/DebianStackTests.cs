using Docker.DotNet.Models;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Stacks;
using NeetoDeploy.Drivers.Tests.Support;

namespace NeetoDeploy.Drivers.Tests.Docker;

public sealed class DebianStackTests(EngineFixture engine, ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_prepared_stack_is_found_and_its_run_image_is_in_the_registry()
    {
        var images = await engine.PrepareStackAsync();
        engine.StackMessages.ForEach(output.WriteLine);
        Assert.Equal(images, engine.Services.GetRequiredService<IStacks>().Find("neeto-12"));
        Assert.Equal(1000, images.UserId);
        using var http = new HttpClient();
        var manifest = await http.GetAsync(
            new Uri($"http://{images.RunImage.Registry}/v2/{images.RunImage.Repository}/manifests/{images.RunImage.Digest}"),
            Cancel
        );
        Assert.True(manifest.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Preparing_again_makes_nothing()
    {
        var images = await engine.PrepareStackAsync();
        var messages = new List<string>();
        var again = await engine.Services.GetRequiredService<IStacks>().PrepareAsync("neeto-12", new Reports<string>(messages.Add), Cancel);
        Assert.Equal(images, again);
        Assert.DoesNotContain(messages, message => message.StartsWith("Making", StringComparison.Ordinal));
        Assert.Equal(3, messages.Count(message => message.Contains("ready after", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Another_installation_takes_over_the_layers_under_its_own_label()
    {
        await engine.PrepareStackAsync();
        var id = $"{engine.InstallationId}-b";
        await using var other = engine.Build(id);
        var messages = new List<string>();
        var adopted = await other.GetRequiredService<IStacks>().PrepareAsync("neeto-12", new Reports<string>(messages.Add), Cancel);
        Assert.DoesNotContain(messages, message => message.StartsWith("Making", StringComparison.Ordinal));
        var image = await engine.Engine.FindImageAsync(adopted.BuildImage, Cancel);
        try
        {
            Assert.Equal(id, image!.Config!.Labels![EngineNames.Installation]);
        }
        finally
        {
            await engine.Engine.CallAsync(
                (client, token) => client.Images.DeleteImageAsync(adopted.BuildImage, new ImageDeleteParameters { Force = true }, token),
                CancellationToken.None
            );
        }
    }

    [Fact]
    public void An_app_s_image_is_not_taken_for_the_stack_that_it_runs_on()
    {
        var app = new ImagesListResponse
        {
            ID = "app",
            Labels = new Dictionary<string, string> { ["io.buildpacks.lifecycle.metadata"] = "{}" },
        };
        var made = new ImagesListResponse { ID = "made", Created = DateTime.UnixEpoch.AddDays(1) };
        var takenOver = new ImagesListResponse { ID = "taken over", Created = DateTime.UnixEpoch.AddDays(2) };

        Assert.Equal("made", StackImageStore.Original([app, takenOver, made])?.ID);
        Assert.Null(StackImageStore.Original([app]));
    }

    [Fact]
    public async Task An_unknown_stack_is_refused()
    {
        var stacks = engine.Services.GetRequiredService<IStacks>();
        var error = await Assert.ThrowsAsync<DriverException>(() =>
            stacks.PrepareAsync("heroku-24", new Reports<string>(_ => { }), Cancel)
        );
        Assert.Equal("stack.not_found", error.Code);
        Assert.Null(stacks.Find("heroku-24"));
    }

    [Fact]
    public void A_changed_recipe_has_another_hash()
    {
        var recipe = StackRecipe.Neeto12;
        Assert.Equal(12, recipe.Hash.Length);
        Assert.NotEqual(
            recipe.Hash,
            new StackRecipe(recipe.Name, recipe.Suite, recipe.RunPackages, [.. recipe.BuildPackages, "cmake"]).Hash
        );
        Assert.NotEqual(recipe.Hash, new StackRecipe(recipe.Name, "trixie", recipe.RunPackages, recipe.BuildPackages).Hash);
    }

    [Fact]
    public void The_default_registry_is_read_from_the_source_of_npm()
    {
        const string Source = """
            define('registry', {
              default: 'https://packages.example/',
              type: url,
            })
            define('replace-registry-host', {
              default: 'other',
            """;
        Assert.Equal("https://packages.example/", NpmRegistry.ReadDefault(Source));
        Assert.Null(NpmRegistry.ReadDefault("define('registry', { default: 'npm' })"));
        Assert.Null(NpmRegistry.ReadDefault(""));
    }
}
