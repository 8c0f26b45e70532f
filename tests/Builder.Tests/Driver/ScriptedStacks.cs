using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Builder.Tests.Driver;

/// <summary>One stack, ready when a test says so.</summary>
internal sealed class ScriptedStacks(StackImages images) : IStacks
{
    public bool IsReady { get; set; } = true;

    public IReadOnlyList<string> Names => [images.Stack];

    public Task<StackImages> PrepareAsync(string stack, IProgress<string> progress, CancellationToken cancel) => Task.FromResult(images);

    public StackImages? Find(string stack) => IsReady && stack == images.Stack ? images : null;
}
