namespace NeetoDeploy.Core.Routing;

/// <summary>Compares routes by what they say.</summary>
public static class AppRoutes
{
    public static bool IsSameAs(this AppRoute route, AppRoute? other) =>
        other is not null
        && route.App == other.App
        && route.Name == other.Name
        && route.State == other.State
        && route.Hosts.SequenceEqual(other.Hosts)
        && route.Targets.SequenceEqual(other.Targets);
}
