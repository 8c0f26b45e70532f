namespace NeetoDeploy.Drivers.Abstractions.Builds;

/// <summary>
/// A locked-down container to run untrusted buildpacks in: an unprivileged user, no capabilities, no engine socket, no registry credential,
/// no instance metadata, its own network, limits on memory, CPU, processes and time.
/// </summary>
public interface IBuildSandboxes
{
    /// <summary>Starts one. Its name is computed from the build and the attempt.</summary>
    Task<IBuildSandbox> StartAsync(BuildSandboxSpec spec, CancellationToken cancel);

    /// <summary>Removes every sandbox of a build.</summary>
    Task RemoveAsync(string build, CancellationToken cancel);
}

/// <summary>What a sandbox is given.</summary>
/// <param name="Build">Build id and attempt; also the label that a sweep finds it by.</param>
/// <param name="Stack">The stack whose build image it runs.</param>
/// <param name="Mounts">Folders of the host.</param>
/// <param name="MemoryBytes">The limit; the container is killed above it.</param>
public sealed record BuildSandboxSpec(
    string Build,
    string Stack,
    IReadOnlyList<SandboxMount> Mounts,
    long MemoryBytes,
    int CpuMillis,
    int PidsLimit
);

/// <summary>A host folder at a place in the sandbox.</summary>
public sealed record SandboxMount(string HostPath, string Path, bool ReadOnly);

/// <summary>A running sandbox.</summary>
public interface IBuildSandbox : IAsyncDisposable
{
    /// <summary>
    /// Runs a command as the build user with exactly this environment, handing its output (both streams, in order) to
    /// <paramref name="output"/>; answers its exit code. Cancelling kills the whole sandbox.
    /// </summary>
    Task<int> RunAsync(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment,
        string workingDirectory,
        Func<ReadOnlyMemory<byte>, ValueTask> output,
        CancellationToken cancel
    );
}
