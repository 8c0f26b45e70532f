using NeetoDeploy.Grains.Interfaces.Builds;

namespace NeetoDeploy.Api.Git;

/// <summary>Notices that a build does not get on, because nothing can be stored any more: whoever pushes shall not wait for that.</summary>
internal sealed class BuildTrouble(IBuildGrain build, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private long? since;

    /// <summary>Why, when it has lasted; null when all is well, or may yet be.</summary>
    public async Task<string?> LookAsync()
    {
        var trouble = (await build.GetAsync())?.Trouble;
        since = trouble is null ? null : since ?? time.GetTimestamp();
        return since is { } begin && time.GetElapsedTime(begin) > Patience ? trouble : null;
    }
}
