using System.Diagnostics.CodeAnalysis;
using NeetoDeploy.Core.Apps;

namespace NeetoDeploy.Router.Routing;

/// <summary>
/// Every host name with its app's route. Never changed once published; a change copies it, which for 10,000 hosts takes a fraction of a
/// millisecond because the order of the buckets stays.
/// </summary>
internal sealed class RouteTable
{
    public static readonly RouteTable Empty = new(0, new(StringComparer.Ordinal), []);

    private readonly Dictionary<string, RouteEntry> hosts;
    private readonly Dictionary<AppId, RouteEntry> apps;
    private readonly Dictionary<string, RouteEntry>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly bool hasWildcards;

    private RouteTable(long version, Dictionary<string, RouteEntry> hosts, Dictionary<AppId, RouteEntry> apps)
    {
        Version = version;
        this.hosts = hosts;
        this.apps = apps;
        lookup = hosts.GetAlternateLookup<ReadOnlySpan<char>>();
        hasWildcards = hosts.Keys.Any(host => host[0] == '*');
    }

    public long Version { get; }

    public IReadOnlyCollection<RouteEntry> Entries => apps.Values;

    public RouteEntry? Of(AppId app) => apps.GetValueOrDefault(app);

    /// <summary>Finds the route by the host's own name, or else by its parent's wildcard; answers the name in the form to log.</summary>
    public bool TryFind(ReadOnlySpan<char> host, [NotNullWhen(true)] out RouteEntry? entry, [NotNullWhen(true)] out string? name)
    {
        if (lookup.TryGetValue(host, out name, out entry))
            return true;
        return hasWildcards && TryFindWildcard(host, out entry, out name);
    }

    public RouteTable With(long version, RouteEntry entry)
    {
        var (newHosts, newApps) = CopyWithout(entry.App);
        Add(newHosts, newApps, entry);
        return new(version, newHosts, newApps);
    }

    public RouteTable Without(long version, AppId app)
    {
        var (newHosts, newApps) = CopyWithout(app);
        return new(version, newHosts, newApps);
    }

    public RouteTable At(long version) => new(version, hosts, apps);

    public static RouteTable Of(long version, IReadOnlyCollection<RouteEntry> entries)
    {
        var hosts = new Dictionary<string, RouteEntry>(entries.Count, StringComparer.Ordinal);
        var apps = new Dictionary<AppId, RouteEntry>(entries.Count);
        foreach (var entry in entries)
            Add(hosts, apps, entry);
        return new(version, hosts, apps);
    }

    private bool TryFindWildcard(ReadOnlySpan<char> host, [NotNullWhen(true)] out RouteEntry? entry, [NotNullWhen(true)] out string? name)
    {
        entry = null;
        name = null;
        var dot = host.IndexOf('.');
        if (dot < 1)
            return false;
        Span<char> wildcard = stackalloc char[host.Length - dot + 1];
        wildcard[0] = '*';
        host[dot..].CopyTo(wildcard[1..]);
        if (!lookup.TryGetValue(wildcard, out entry))
            return false;
        name = host.ToString();
        return true;
    }

    private (Dictionary<string, RouteEntry> Hosts, Dictionary<AppId, RouteEntry> Apps) CopyWithout(AppId app)
    {
        var newHosts = new Dictionary<string, RouteEntry>(hosts, StringComparer.Ordinal);
        var newApps = new Dictionary<AppId, RouteEntry>(apps);
        if (newApps.Remove(app, out var old))
        {
            // A host may have moved to another app already.
            foreach (var host in old.Route.Hosts)
                if (newHosts.TryGetValue(host, out var holder) && holder.App == app)
                    newHosts.Remove(host);
        }

        return (newHosts, newApps);
    }

    private static void Add(Dictionary<string, RouteEntry> hosts, Dictionary<AppId, RouteEntry> apps, RouteEntry entry)
    {
        apps[entry.App] = entry;
        foreach (var host in entry.Route.Hosts)
            if (host.Length > 0)
                hosts[host] = entry;
    }
}
