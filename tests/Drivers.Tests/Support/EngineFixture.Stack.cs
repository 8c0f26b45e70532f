using Microsoft.Extensions.DependencyInjection;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Stacks;

namespace NeetoDeploy.Drivers.Tests.Support;

/// <summary>
/// The stack, prepared when the first test asks for it. That takes a minute on a machine that has none; so that it is made once and not for
/// every run, it is made for an installation whose images stay, and this run's installation takes it over.
/// </summary>
public sealed partial class EngineFixture
{
    private const string Keeper = "test-cache";

    private readonly SemaphoreSlim stackGate = new(1);
    private StackImages? stack;

    /// <summary>What preparing said.</summary>
    public List<string> StackMessages { get; } = [];

    public async Task<StackImages> PrepareStackAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        await stackGate.WaitAsync(cancel);
        try
        {
            return stack ??= await PrepareStackAsync(cancel);
        }
        finally
        {
            stackGate.Release();
        }
    }

    private async Task<StackImages> PrepareStackAsync(CancellationToken cancel)
    {
        var messages = new Reports<string>(StackMessages.Add);
        var recipe = StackRecipe.Neeto12;
        var run = $"localhost/neeto-{Keeper}/{recipe.Name}-run:{recipe.Hash}";
        await using (var keeper = Build(Keeper))
        {
            await keeper.GetRequiredService<RunImage>().EnsureAsync(recipe, run, messages, cancel);
            await keeper
                .GetRequiredService<BuildImage>()
                .EnsureAsync(recipe, run, $"localhost/neeto-{Keeper}/{recipe.Name}-build:{recipe.Hash}", messages, cancel);
        }
        return await Services.GetRequiredService<IStacks>().PrepareAsync(recipe.Name, messages, cancel);
    }
}
