namespace NeetoDeploy.Builder.Launcher;

/// <summary>Which versions of the two interfaces this launcher speaks.</summary>
internal static class PlatformApi
{
    private const int PlatformUnsupported = 11;
    private const int BuildpackUnsupported = 12;
    private static readonly Version Oldest = new(0, 7);
    private static readonly Version NewestPlatform = new(0, 15);
    private static readonly Version NewestBuildpack = new(0, 12);

    /// <summary>Checked before anything else; an image that names none was made by this version.</summary>
    public static void Check(string? platform)
    {
        if (!string.IsNullOrEmpty(platform) && !IsBetween(platform, NewestPlatform))
            throw new LaunchException($"platform API '{platform}' is not supported: use {Oldest} to {NewestPlatform}", PlatformUnsupported);
    }

    /// <summary>Layers of a buildpack of another version might mean something else.</summary>
    public static void Check(IEnumerable<LaunchBuildpack> buildpacks)
    {
        if (buildpacks.FirstOrDefault(b => !IsBetween(b.Api, NewestBuildpack)) is { } strange)
            throw new LaunchException(
                $"buildpack {strange.Id} speaks buildpack API '{strange.Api}'; supported are {Oldest} to {NewestBuildpack}",
                BuildpackUnsupported
            );
    }

    private static bool IsBetween(string text, Version newest) =>
        Version.TryParse(text, out var version) && version >= Oldest && version <= newest;
}
