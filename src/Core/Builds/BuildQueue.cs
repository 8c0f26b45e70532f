namespace NeetoDeploy.Core.Builds;

/// <summary>The order of an app's builds: one runs, and at most one waits, because a later build makes an earlier one that still waits pointless.</summary>
public sealed record BuildQueue(BuildId? Running, BuildId? Waiting)
{
    public static readonly BuildQueue Empty = new(null, null);

    public bool Contains(BuildId build) => Running == build || Waiting == build;

    /// <summary>Adds a build at the end. <paramref name="overtaken"/> is the one that no longer waits. Adding one again changes nothing.</summary>
    public BuildQueue Add(BuildId build, out BuildId? overtaken)
    {
        overtaken = null;
        if (Contains(build))
            return this;
        if (Running is null)
            return this with { Running = build };
        overtaken = Waiting;
        return this with { Waiting = build };
    }

    /// <summary>Takes a build out that has ended, whether it ran or waited; the next one moves up.</summary>
    public BuildQueue End(BuildId build)
    {
        if (Running == build)
            return new(Waiting, null);
        return Waiting == build ? this with { Waiting = null } : this;
    }
}
