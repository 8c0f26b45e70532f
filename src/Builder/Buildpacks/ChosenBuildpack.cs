namespace NeetoDeploy.Builder.Buildpacks;

/// <summary>A buildpack that an app has named, found.</summary>
/// <param name="Source">As the app named it.</param>
/// <param name="HostFolder">What has to be mounted for it; null when it is bundled.</param>
/// <param name="Place">Where in a folder of buildpacks it has to be; empty when the folder already is one.</param>
internal sealed record ChosenBuildpack(string Source, string Id, string Version, string? HostFolder = null, string Place = "");
