namespace NeetoDeploy.Builder.Lifecycle.Buildpacks;

/// <summary><c>system.toml</c>: buildpacks that the platform puts before and behind every group.</summary>
internal sealed class SystemToml
{
    public SystemSection System { get; set; } = new();

    /// <summary>A group with them; one that is in the group already is not added.</summary>
    public OrderEntry Merge(OrderEntry entry)
    {
        var own = entry.Group.Select(b => b.Id).ToHashSet(StringComparer.Ordinal);
        return new()
        {
            Group =
            [
                .. System.Pre.Buildpacks.Where(b => !own.Contains(b.Id)),
                .. entry.Group,
                .. System.Post.Buildpacks.Where(b => !own.Contains(b.Id)),
            ],
        };
    }
}

internal sealed class SystemSection
{
    public SystemBuildpacks Pre { get; set; } = new();

    public SystemBuildpacks Post { get; set; } = new();
}

internal sealed class SystemBuildpacks
{
    public List<OrderBuildpack> Buildpacks { get; set; } = [];
}
