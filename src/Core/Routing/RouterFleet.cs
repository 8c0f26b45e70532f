namespace NeetoDeploy.Core.Routing;

/// <summary>What each router has reported. Not for use by several threads at once.</summary>
/// <param name="startVersion">The table's version when counting began: endpoints that nobody remembers had left by then.</param>
/// <param name="startedAt">When counting began: until a router had the time to report, none may be taken for absent.</param>
public sealed class RouterFleet(long startVersion, DateTimeOffset startedAt)
{
    /// <summary>A router that has not reported for so long does not count.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(6);

    private readonly Dictionary<string, (RouterReport Report, DateTimeOffset At)> reports = [];
    private readonly Dictionary<string, long> leftAt = [];

    public void Report(RouterReport report, DateTimeOffset now) => reports[report.RouterId] = (report, now);

    /// <summary>An endpoint is in the table (again).</summary>
    public void Enter(string endpoint) => leftAt.Remove(endpoint);

    /// <summary>An endpoint is in the table no more, from this version on.</summary>
    public void Leave(string endpoint, long version) => leftAt[endpoint] = version;

    /// <summary>Whether no live router sends requests to an endpoint that is not in the table.</summary>
    public bool IsDrained(string endpoint, DateTimeOffset now)
    {
        var version = leftAt.GetValueOrDefault(endpoint, startVersion);
        var live = reports.Values.Where(seen => now - seen.At <= Lifetime).ToList();
        if (live.Count == 0 && now - startedAt <= Lifetime)
            return false;
        var isDrained = live.TrueForAll(seen => seen.Report.Version >= version && !seen.Report.Draining.Contains(endpoint));
        if (isDrained)
            leftAt.Remove(endpoint);
        return isDrained;
    }
}
