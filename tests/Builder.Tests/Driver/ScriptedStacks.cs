using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>One stack, ready when a test says so.</summary>
internal sealed class ScriptedStacks(StackImages images) : IStacks
{
    public bool IsReady { get; set; } = true;

    public StackImages Images { get; set; } = images;

    public IReadOnlyList<string> Names => [Images.Stack, KnownStacks.Container];

    public Task<StackImages> PrepareAsync(string stack, IProgress<string> progress, CancellationToken cancel) => Task.FromResult(Images);

    /// <summary>Why nobody should wait while it is not ready.</summary>
    public DriverException? Reason { get; set; }

    public DriverException? WhyNot(string stack) => Reason;

    public StackImages? Find(string stack) => IsReady && Names.Contains(stack) ? Images with { Stack = stack } : null;
}
