using NeetoDeploy.Core.Images;

namespace NeetoDeploy.Core.Releases;

/// <summary>What a release's description says; the words are Heroku's, which clients parse.</summary>
public static class ReleaseDescriptions
{
    public const string Initial = "Initial release";
    public const string EnableLogs = "Enable Logplex";

    private const int ShortCommitLength = 8;
    private const int ShortDigestLength = 12;

    /// <summary>A changed set of config vars; at least one of the lists has a name.</summary>
    public static string ConfigVars(IReadOnlyCollection<string> set, IReadOnlyCollection<string> removed)
    {
        if (removed.Count == 0)
            return $"Set {string.Join(", ", set)} config vars";
        var remove = $"emove {string.Join(", ", removed)} config vars";
        return set.Count == 0 ? $"R{remove}" : $"Set {string.Join(", ", set)} config vars, r{remove}";
    }

    /// <param name="version">The source's version, usually a commit; null when unknown.</param>
    public static string Deploy(string? version) =>
        version is null
            ? "Deploy"
            : $"Deploy {(version.Length > ShortCommitLength && version.All(char.IsAsciiHexDigit) ? version[..ShortCommitLength] : version)}";

    /// <summary>Images that were given and not built.</summary>
    public static string DeployImages(IEnumerable<KeyValuePair<string, ProcessImage>> images) =>
        $"Deployed {string.Join(", ", images.Select(image => $"{image.Key} ({Short(image.Value.Image)})"))}";

    /// <summary>The image of the release before, on another run image.</summary>
    public static string Rebase(string stack, ImageRef runImage) => $"Rebase onto {stack} ({Short(runImage)})";

    public static string Rollback(ReleaseVersion to) => $"Rollback to {to}";

    private static string Short(ImageRef image) => image.Digest.Hex[..ShortDigestLength];
}
