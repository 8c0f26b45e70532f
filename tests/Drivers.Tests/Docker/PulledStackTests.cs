using System.Text;
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
        Assert.Contains($"{bare} has no /bin/bash", await FailAsync(good, bare), StringComparison.Ordinal);
        Assert.Contains($"{bare} has no /bin/bash", await FailAsync(bare, good), StringComparison.Ordinal);
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

    [Theory]
    [InlineData("heroku", 1000)]
    [InlineData("root", null)]
    [InlineData("nobody", null)]
    [InlineData("", null)]
    public void A_name_is_looked_up_in_the_image(string user, int? id) =>
        Assert.Equal(id, ImageUser.Find(user, "root:x:0:0::/:/bin/sh\nheroku:x:1000:1000::/app:/bin/sh\nbroken\n"));

    private ServiceProvider With(ConfiguredStack stack) => engine.Build(engine.InstallationId, options => options.Stacks = [stack]);

    private async Task<StackImages> PrepareAsync(string run, string build)
    {
        await using var services = With(new ConfiguredStack(Name, run, build, null));
        return await services.GetRequiredService<IStacks>().PrepareAsync(Name, new Reports<string>(_ => { }), Cancel);
    }

    private async Task<string> FailAsync(string run, string build)
    {
        await using var services = With(new ConfiguredStack(Name, run, build, null));
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
