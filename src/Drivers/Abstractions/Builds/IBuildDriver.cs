using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Drivers.Abstractions.Builds;

/// <summary>What to build.</summary>
/// <param name="Attempt">From 1; grows when a builder was lost. Every object a build makes outside carries it.</param>
/// <param name="Stack">The stack's name, such as <c>neeto-12</c>.</param>
/// <param name="Buildpacks">Empty: detect.</param>
/// <param name="Environment">Config vars, which reach buildpacks only as the buildpack API says.</param>
/// <param name="PreviousImage">The image of the last successful build, whose unchanged layers are reused; null for the first.</param>
/// <param name="Slug">What image to make without buildpacks; null for a real build.</param>
/// <param name="PreviousImages">What each process type of that build's release runs; null when a launcher in <paramref name="PreviousImage"/> starts all of them.</param>
public sealed record BuildJob(
    BuildId Id,
    int Attempt,
    AppId App,
    AppName Name,
    string Stack,
    SourceRef Source,
    ImmutableArray<BuildpackRef> Buildpacks,
    ImmutableSortedDictionary<string, string> Environment,
    ImageRef? PreviousImage,
    TimeSpan Timeout,
    SlugSpec? Slug = null,
    ImmutableSortedDictionary<string, ProcessImage>? PreviousImages = null
);

/// <summary>Takes what a build says while it runs. Calls come in order and never at once.</summary>
public interface IBuildOutput
{
    /// <summary>Bytes for the person who watches, UTF-8 with ANSI colours, not cut at lines.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>A phase has ended.</summary>
    ValueTask PhaseAsync(PhaseTiming timing);
}

/// <summary>How a build ended, when it ended by itself.</summary>
public abstract record BuildOutcome
{
    private BuildOutcome() { }

    public sealed record Succeeded(BuildArtifact Artifact) : BuildOutcome;

    public sealed record Failed(BuildFailure Failure) : BuildOutcome;

    public T Match<T>(Func<Succeeded, T> succeeded, Func<Failed, T> failed) =>
        this switch
        {
            Succeeded s => succeeded(s),
            Failed f => failed(f),
            _ => throw new InvalidOperationException(),
        };
}

/// <summary>Turns source into an image.</summary>
public interface IBuildDriver
{
    /// <summary>
    /// Runs one attempt to its end. Cancelling stops it, removes what it made, and throws <see cref="OperationCanceledException"/>.
    /// A lost builder or engine is a <see cref="DriverException"/>; a build that fails is an outcome.
    /// </summary>
    Task<BuildOutcome> RunAsync(BuildJob job, IBuildOutput output, CancellationToken cancel);

    /// <summary>Removes what an interrupted attempt of this build left (containers, networks, scratch folders).</summary>
    Task CleanUpAsync(BuildId build, CancellationToken cancel);

    /// <summary>Forgets an app's build cache.</summary>
    Task PurgeCacheAsync(AppId app, CancellationToken cancel);

    /// <summary>Gives back the least recently used caches that are beyond the operator's limits; never what a build is using.</summary>
    Task TrimCachesAsync(CancellationToken cancel);

    /// <summary>
    /// Whether the stack is ready; builds wait until it is. One that nobody should wait for, as somebody has to see to it first, is a
    /// <see cref="DriverException"/> with the reason.
    /// </summary>
    Task<bool> IsReadyAsync(string stack, CancellationToken cancel);
}
