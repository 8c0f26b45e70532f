namespace NeetoDeploy.Builder.Lifecycle.Platform;

/// <summary>Which versions of the two interfaces this lifecycle speaks.</summary>
internal static class PlatformApi
{
    private static readonly Version NewestPlatform = new(0, 15);
    private static readonly Version OldestPlatform = new(0, 7);
    private static readonly Version NewestBuildpack = new(0, 12);
    private static readonly Version OldestBuildpack = new(0, 7);

    /// <summary>Checked before anything else. A platform that names none gets the newest.</summary>
    public static Version Check(string? platform)
    {
        if (string.IsNullOrEmpty(platform))
            return NewestPlatform;
        if (!Version.TryParse(platform, out var version) || version < OldestPlatform || version > NewestPlatform)
        {
            throw new LifecycleException(
                ExitCodes.PlatformApiUnsupported,
                $"platform API '{platform}' is not supported: use {OldestPlatform} to {NewestPlatform}"
            );
        }
        return version;
    }

    /// <summary>The version of the buildpack API that a buildpack speaks.</summary>
    public static Version CheckBuildpack(string id, string api)
    {
        if (Version.TryParse(api, out var version) && version >= OldestBuildpack && version <= NewestBuildpack)
            return version;
        throw new LifecycleException(
            ExitCodes.BuildpackApiUnsupported,
            $"buildpack {id} speaks buildpack API '{api}'; supported are {OldestBuildpack} to {NewestBuildpack}"
        );
    }
}
