using System.Text;
using Docker.DotNet.Models;
using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Stacks;
using NeetoDeploy.Drivers.Tests.Support;

namespace NeetoDeploy.Drivers.Tests.Docker;

/// <summary>Stacks of images that others made.</summary>
public sealed class PulledStackTests(EngineFixture engine)
{
    private const string Name = "theirs";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Images_that_the_engine_has_become_a_stack_that_builds_run_in()
    {
        await engine.PrepareStackAsync();
        var image = (await engine.PushImageAsync("theirs", withBash: true, "USER heroku")).ToString();
        await using var services = With(new ConfiguredStack(Name, image, image, 4321));
        var stacks = services.GetRequiredService<IStacks>();
        Assert.Equal(["neeto-12", "container", Name], stacks.Names);

        var images = await stacks.PrepareAsync(Name, new Reports<string>(_ => { }), Cancel);

        Assert.Equal((Name, 4321, $"stacks/{Name}"), (images.Stack, images.UserId, images.RunImage.Repository));
        Assert.Null(stacks.Find(Name));
        await stacks.PrepareAsync("neeto-12", new Reports<string>(_ => { }), Cancel);
        Assert.Equal(images, stacks.Find(Name));
        Assert.Equal("4321\n", await RunAsync(services, "id", "-u"));
    }

    [Fact]
    public async Task The_user_is_the_one_that_the_build_image_names()
    {
        var byName = (await engine.PushImageAsync("by-name", withBash: true, "USER heroku")).ToString();
        Assert.Equal(1000, (await PrepareAsync(byName, byName)).UserId);
        var byVariable = (await engine.PushImageAsync("by-variable", withBash: true, "USER heroku", "ENV CNB_USER_ID=1234")).ToString();
        Assert.Equal(1234, (await PrepareAsync(byName, byVariable)).UserId);
    }

    [Fact]
    public async Task Images_that_lack_what_a_stack_needs_are_named_with_what_to_do()
    {
        var good = (await engine.PushImageAsync("good", withBash: true, "USER 1000")).ToString();
        var rootly = (await engine.PushImageAsync("rootly", withBash: true, "USER root")).ToString();
        var bare = (await engine.PushImageAsync("bare", "USER 1000")).ToString();
        Assert.Contains($"{rootly} does not say as whom to build", await FailAsync(good, rootly), StringComparison.Ordinal);
        Assert.Contains($"{bare} does not have /bin/bash", await FailAsync(good, bare), StringComparison.Ordinal);
        Assert.Contains($"{bare} does not have /bin/bash", await FailAsync(bare, good), StringComparison.Ordinal);
        var absent = $"{engine.Registry}/tests/absent:1";
        Assert.Contains($"the image {absent} could not be pulled. ", await FailAsync(absent, good), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_at_an_image_leaves_no_container()
    {
        await FailAsync(engine.Image.ToString(), engine.Image.ToString());
        var containers = await engine.Engine.ListContainersAsync(engine.Names.Filter((EngineNames.Role, EngineRoles.Stack)), Cancel);
        Assert.DoesNotContain(containers, container => container.Image == engine.Image.ToString());
    }

    [Fact]
    public async Task A_builder_tells_how_it_builds_and_what_apps_run_on()
    {
        var run = (await engine.PushImageAsync("of-builder", withBash: true, "USER 1500")).ToString();
        var label = Label(
            """{"lifecycle":{"apis":{"platform":{"deprecated":["0.3"],"supported":["0.7","0.13","0.12","9.9"]}}},"images":[{"image":"RUN"}],""".Replace(
                "RUN",
                run,
                StringComparison.Ordinal
            ) + """ "buildpacks":[{"id":"test/shop","version":"1.10.0"},{"id":"test/shop","version":"1.2.0"}]}"""
        );
        var image = (await engine.PushImageAsync("builder", withBash: true, "USER 1000", "ENV CNB_GROUP_ID=1234", label)).ToString();
        await using var services = With(new ConfiguredStack(Name, null, image, null, IsBuilder: true));

        var images = await services.GetRequiredService<IStacks>().PrepareAsync(Name, new Reports<string>(_ => { }), Cancel);

        var builder = images.Builder!;
        Assert.Equal(
            (image, "0.13", 1234, "/app", "1500:1500"),
            (builder.Reference, builder.PlatformApi, builder.GroupId, builder.Home, builder.RunUser)
        );
        Assert.Equal(["1.2.0", "1.10.0"], builder.Buildpacks["test/shop"]);
        Assert.Equal((1000, 1234), (images.UserId, images.GroupId));
    }

    [Fact]
    public async Task What_is_no_builder_or_an_old_one_is_refused()
    {
        var plain = (await engine.PushImageAsync("plain", withBash: true, "USER 1000")).ToString();
        Assert.Contains($"{plain} is no builder", await FailAsync(plain, plain, isBuilder: true), StringComparison.Ordinal);
        var old = """{"lifecycle":{"apis":{"platform":{"deprecated":[],"supported":["0.10","0.11"]}}}}""";
        var image = (await engine.PushImageAsync("old", withBash: true, "USER 1000", Label(old))).ToString();
        Assert.Contains(
            "speaks none of the platform APIs 0.12 to 0.15",
            await FailAsync(plain, image, isBuilder: true),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("heroku", null, null, 1000, 1000, "/app")]
    [InlineData("1234", null, null, 1234, 1234, null)]
    [InlineData("1234:5", null, null, 1234, 5, null)]
    [InlineData("root", "CNB_USER_ID=1000", null, 1000, 1000, "/app")]
    [InlineData("heroku", null, 77, 77, 77, null)]
    public void A_user_is_the_setting_s_or_the_variable_s_or_the_image_s(
        string said,
        string? variable,
        int? setting,
        int id,
        int group,
        string? home
    ) => Assert.Equal(new ImageUser(id, group, home), ImageUser.Find(Image(said, variable), Passwd, setting));

    [Theory]
    [InlineData("root")]
    [InlineData("0")]
    [InlineData("nobody")]
    [InlineData("")]
    [InlineData(null)]
    public void Root_is_nobody(string? said) => Assert.Null(ImageUser.Find(Image(said, "CNB_USER_ID=0"), Passwd, null));

    private const string Passwd = "root:x:0:0::/:/bin/sh\nheroku:x:1000:1000::/app:/bin/sh\nbroken\n";

    private static DockerOCIImageConfig Image(string? user, string? variable) =>
        new() { User = user, Env = variable is null ? [] : [variable] };

    private static string Label(string json) => $"LABEL {BuilderLabels.Name}='{json}'";

    private ServiceProvider With(ConfiguredStack stack) => engine.Build(engine.InstallationId, options => options.Stacks = [stack]);

    private async Task<StackImages> PrepareAsync(string run, string build)
    {
        await using var services = With(new ConfiguredStack(Name, run, build, null));
        return await services.GetRequiredService<IStacks>().PrepareAsync(Name, new Reports<string>(_ => { }), Cancel);
    }

    private async Task<string> FailAsync(string run, string build, bool isBuilder = false)
    {
        await using var services = With(new ConfiguredStack(Name, run, build, null, isBuilder));
        var stacks = services.GetRequiredService<IStacks>();
        Assert.Null(stacks.WhyNot(Name));
        var error = await Assert.ThrowsAsync<DriverException>(() => stacks.PrepareAsync(Name, new Reports<string>(_ => { }), Cancel));
        Assert.Equal((error, false, "stack.not_prepared"), (stacks.WhyNot(Name), error.IsTransient, error.Code));
        return error.Message;
    }

    private static async Task<string> RunAsync(ServiceProvider services, params string[] command)
    {
        var spec = new BuildSandboxSpec($"{Guid.NewGuid()}.1", Name, [], 1L << 28, 1000, 64);
        await using var sandbox = await services.GetRequiredService<IBuildSandboxes>().StartAsync(spec, Cancel);
        var output = new StringBuilder();
        await sandbox.RunAsync(command, new Dictionary<string, string>(), "/", Take, Cancel);
        return output.ToString();

        ValueTask Take(ReadOnlyMemory<byte> bytes)
        {
            output.Append(Encoding.UTF8.GetString(bytes.Span));
            return ValueTask.CompletedTask;
        }
    }
}
