using NeetoDeploy.Core.Images;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Drivers.Fake.Builds;

/// <summary>Stacks that are ready from the start.</summary>
public sealed class FakeStacks : IStacks
{
    public IReadOnlyList<string> Names { get; init; } = ["neeto-12", "neeto-13"];

    public Task<StackImages> PrepareAsync(string stack, IProgress<string> progress, CancellationToken cancel) =>
        Task.FromResult(Find(stack) ?? throw new ArgumentException($"There is no stack '{stack}'.", nameof(stack)));

    public StackImages? Find(string stack) =>
        Names.Contains(stack)
            ? new StackImages(
                stack,
                new ImageRef("127.0.0.1:5001", $"stacks/{stack}", ImageDigest.FromHash(new byte[32])),
                $"fake-build-image-{stack}",
                "/nonexistent",
                1000
            )
            : null;

    public DriverException? WhyNot(string stack) =>
        Names.Contains(stack) ? null : new(DriverErrorKind.NotFound, "stack.not_found", $"There is no stack {stack}.");
}
