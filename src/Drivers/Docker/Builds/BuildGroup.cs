using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Builds;

/// <summary>
/// The control group that all build containers of this machine are in, beside that of all others. The kernel divides the processors between the two: whatever
/// builds do, an app that wakes up to answer a request need not wait behind them, and neither side can starve the other.
/// </summary>
internal sealed class BuildGroup(DockerEngine engine)
{
    private const string Name = "neeto-builds";

    private string? known;

    /// <summary>As the engine wants to have it named; null for Podman, which was not tried with one.</summary>
    public async Task<string?> FindAsync(CancellationToken cancel)
    {
        if (known is not null || await engine.IsPodmanAsync(cancel))
            return known;
        var info = await engine.CallAsync((api, token) => api.System.GetSystemInfoAsync(token), cancel);
        // With systemd only a slice can be a parent.
        return known = info.CgroupDriver == "systemd" ? $"{Name}.slice" : $"/{Name}";
    }
}
