using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>What a dyno's place remembers.</summary>
public sealed record DynoState : StoredState
{
    public const string StateName = "dyno";

    public DynoPlace Place { get; init; } = DynoPlace.Empty;
}
