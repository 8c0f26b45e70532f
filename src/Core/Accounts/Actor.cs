namespace NeetoDeploy.Core.Accounts;

/// <summary>On whose behalf a call is made. It travels with every grain call.</summary>
[GenerateSerializer, Immutable, Alias("neeto.Actor")]
public sealed record Actor([property: Id(0)] AccountId Id, [property: Id(1)] string Email, [property: Id(2)] bool IsAdmin)
{
    /// <summary>The platform itself: what one grain does for another, and the background work of a host.</summary>
    public static readonly Actor Platform = new(default, "platform@neetodeploy", true);
}
