using System.Collections.Concurrent;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>The stacks of an installation: the one that is made here, <c>container</c>, and those of the operator.</summary>
internal sealed class EngineStacks(DebianStack debian, PulledStack pulled, DockerOptions options) : IStacks, IDisposable
{
    private static readonly string[] Bundled = [KnownStacks.Default, KnownStacks.Container];

    private readonly ConcurrentDictionary<string, StackImages> ready = [];
    private readonly ConcurrentDictionary<string, DriverException> failures = [];
    private readonly SemaphoreSlim making = new(1);

    public IReadOnlyList<string> Names { get; } = [.. Bundled, .. options.Stacks.Select(stack => stack.Name)];

    /// <summary>Builds on any stack take their networks from the one that is made here: other images need not have the programs for that.</summary>
    public StackImages? Find(string stack) => ready.ContainsKey(Bundled[0]) ? ready.GetValueOrDefault(stack) : null;

    public DriverException? WhyNot(string stack) => Names.Contains(stack) ? failures.GetValueOrDefault(stack) : NoStack(stack);

    public async Task<StackImages> PrepareAsync(string stack, IProgress<string> progress, CancellationToken cancel)
    {
        if (options.Stacks.FirstOrDefault(configured => configured.Name == stack) is { } configured)
            return await PrepareAsync(configured, progress, cancel);
        if (!Bundled.Contains(stack))
            throw NoStack(stack);
        await making.WaitAsync(cancel);
        try
        {
            // A container's images bring all they need; only the networks of its builds and dynos are held by the stack's.
            var known = stack == KnownStacks.Container ? Find(Bundled[0]) : null;
            var images = known ?? await debian.PrepareAsync(StackRecipe.Neeto12, progress, cancel);
            return ready[stack] = images with { Stack = stack };
        }
        finally
        {
            making.Release();
        }
    }

    public void Dispose() => making.Dispose();

    private async Task<StackImages> PrepareAsync(ConfiguredStack stack, IProgress<string> progress, CancellationToken cancel)
    {
        try
        {
            var images = await pulled.PrepareAsync(stack, progress, cancel);
            failures.TryRemove(stack.Name, out _);
            return ready[stack.Name] = images;
        }
        catch (DriverException e)
        {
            var message = $"The stack {stack.Name} is not there: {e.Message}";
            throw failures[stack.Name] = new DriverException(DriverErrorKind.Invalid, "stack.not_prepared", message, e);
        }
    }

    private DriverException NoStack(string name) =>
        new(DriverErrorKind.NotFound, "stack.not_found", $"There is no stack {name}; there is {string.Join(", ", Names)}.");
}
