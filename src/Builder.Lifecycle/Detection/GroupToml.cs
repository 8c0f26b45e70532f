using NeetoDeploy.Builder.Lifecycle.Buildpacks;

namespace NeetoDeploy.Builder.Lifecycle.Detection;

/// <summary><c>group.toml</c>: the buildpacks that build this app, in order.</summary>
internal sealed class GroupToml
{
    public List<GroupBuildpack> Group { get; set; } = [];

    /// <summary>Whom to ask only when those before have built, since a classic buildpack may change what they look at.</summary>
    public List<OrderBuildpack> Awaiting { get; set; } = [];

    /// <summary>Ids of the buildpacks that may come of <see cref="Awaiting"/>.</summary>
    public List<string> Candidates { get; set; } = [];
}

internal sealed class GroupBuildpack
{
    public string Id { get; set; } = "";

    public string Version { get; set; } = "";

    public string Api { get; set; } = "";

    public string Homepage { get; set; } = "";

    public static GroupBuildpack Of(Buildpack buildpack) =>
        new()
        {
            Id = buildpack.Id,
            Version = buildpack.Version,
            Api = buildpack.Api.ToString(),
            Homepage = buildpack.Descriptor.Buildpack.Homepage,
        };
}
