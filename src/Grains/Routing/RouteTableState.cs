using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Routing;

/// <summary>What the table remembers beside its routes.</summary>
public sealed record RouteTableState : StoredState
{
    public const string StateName = "routetable";

    /// <summary>Versions up to this one may have been given away. They are reserved in blocks, so that a change costs no write of its own here.</summary>
    public long ReservedVersion { get; init; }
}
