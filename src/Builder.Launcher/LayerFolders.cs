namespace NeetoDeploy.Builder.Launcher;

/// <summary>The layers of an image in the order in which they act: by buildpack as they ran, then by name.</summary>
internal static class LayerFolders
{
    /// <summary>Folders under <c>&lt;layers&gt;/&lt;buildpack&gt;</c>; only launch layers are in an image.</summary>
    public static IReadOnlyList<string> Find(string layers, LaunchMetadata metadata) =>
        [
            .. metadata
                .Buildpacks.Select(b => Path.Combine(layers, b.Id.Replace('/', '_')))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.GetDirectories(folder).Order(StringComparer.Ordinal)),
        ];
}
