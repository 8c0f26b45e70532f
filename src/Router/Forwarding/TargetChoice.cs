using NeetoDeploy.Router.Routing;

namespace NeetoDeploy.Router.Forwarding;

/// <summary>Of two random targets the one with fewer requests in flight: nearly as even as asking all, and no herd runs to the emptiest.</summary>
internal static class TargetChoice
{
    /// <summary>Null when every target was tried. A target that lately refused is taken only when there is no other.</summary>
    public static Upstream? Pick(Upstream[] upstreams, IReadOnlyCollection<Upstream> tried, long now, Random random)
    {
        if (upstreams.Length == 1 && tried.Count == 0)
            return upstreams[0];
        if (upstreams.Length > 1)
        {
            var first = random.Next(upstreams.Length);
            var (a, b) = (upstreams[first], upstreams[(first + random.Next(1, upstreams.Length)) % upstreams.Length]);
            if (IsGood(a) && IsGood(b))
                return b.InFlight < a.InFlight ? b : a;
        }
        return Array.Find(upstreams, IsGood) ?? Array.Find(upstreams, upstream => !tried.Contains(upstream));

        bool IsGood(Upstream upstream) => !tried.Contains(upstream) && !upstream.IsAvoided(now);
    }
}
