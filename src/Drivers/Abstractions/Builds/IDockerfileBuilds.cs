using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Drivers.Abstractions.Builds;

/// <summary>
/// Makes images from Dockerfiles. What a Dockerfile says runs in containers of the engine with the engine's ordinary isolation, which is less than a
/// build sandbox has; it is given no secret, no engine socket and no registry credential.
/// </summary>
public interface IDockerfileBuilds
{
    /// <summary>
    /// Builds, and stores the image in the app's repository. Cancelling stops it. A Dockerfile that cannot be built is an outcome; an engine or a registry
    /// that is away is a <see cref="DriverException"/>.
    /// </summary>
    /// <param name="context">A tar of the build's context, read once to its end.</param>
    /// <param name="output">Takes what the build says, in order.</param>
    Task<DockerfileOutcome> BuildAsync(
        DockerfileSpec spec,
        Stream context,
        Func<ReadOnlyMemory<byte>, ValueTask> output,
        CancellationToken cancel
    );

    /// <summary>Forgets what earlier builds of an app left for later ones.</summary>
    Task PurgeCacheAsync(AppId app, CancellationToken cancel);
}

/// <summary>What to build.</summary>
/// <param name="Stack">The stack whose network sandbox the build's containers join.</param>
/// <param name="Image">The image's name among those of the app, such as a process type.</param>
/// <param name="Dockerfile">Its path in the context.</param>
/// <param name="Target">The stage to stop at; null: the last.</param>
/// <param name="Arguments">Build arguments. They can be read from the image's history.</param>
/// <param name="MemoryBytes">The limit of each step; it is killed above it.</param>
/// <param name="PidsLimit">How many processes and threads there may be at once, where the machine lets the driver say so.</param>
public sealed record DockerfileSpec(
    string Stack,
    AppId App,
    string Image,
    string Dockerfile,
    string? Target,
    IReadOnlyDictionary<string, string> Arguments,
    long MemoryBytes,
    int CpuMillis,
    int PidsLimit
);

/// <summary>How a Dockerfile's build ended.</summary>
public abstract record DockerfileOutcome
{
    private DockerfileOutcome() { }

    public sealed record Built(ImageRef Image) : DockerfileOutcome;

    /// <param name="Message">Names the step that failed, for a person.</param>
    public sealed record Failed(string Message) : DockerfileOutcome;

    public T Match<T>(Func<Built, T> built, Func<Failed, T> failed) =>
        this switch
        {
            Built b => built(b),
            Failed f => failed(f),
            _ => throw new InvalidOperationException(),
        };
}

/// <summary>Takes images that exist already into an app's repository.</summary>
public interface IImageImports
{
    /// <summary>
    /// Finds an image on the engine, or pulls it, and stores it in the app's repository. One that cannot be had, or that is another app's, is an outcome.
    /// </summary>
    /// <param name="reference">A name with a tag or a digest, or the id of an image on the engine.</param>
    Task<DockerfileOutcome> ImportAsync(
        AppId app,
        string reference,
        Func<ReadOnlyMemory<byte>, ValueTask> output,
        CancellationToken cancel
    );
}
