namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary><c>group.toml</c>: the buildpacks that build this app, in order.</summary>
internal sealed class GroupToml
{
    public List<GroupBuildpack> Group { get; set; } = [];
}

internal sealed class GroupBuildpack
{
    public string Id { get; set; } = "";

    public string Version { get; set; } = "";

    public string Api { get; set; } = "";

    public string Homepage { get; set; } = "";
}
