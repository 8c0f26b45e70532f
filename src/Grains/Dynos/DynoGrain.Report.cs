using System.Collections.Immutable;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Drivers.Abstractions.Dynos;
using NeetoDeploy.Grains.Interfaces;
using NeetoDeploy.Grains.Interfaces.Dynos;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Grains.Dynos;

/// <summary>What the formation and people are told.</summary>
public sealed partial class DynoGrain
{
    private (ReleaseVersion Version, ReleaseId Id, string Command)? launched;

    private async Task<DynoReport> DescribeAsync(DynoPlace place)
    {
        var newest = place.Newest ?? place.Incarnations.LastOrDefault();
        var wish = newest?.Wish ?? place.Wish;
        var (version, release, command) = wish is null ? default : await LaunchedAsync(wish.Release);
        var view = new DynoView(
            wish is null
                ? default
                : DynoIdentity.IdOf(new DynoKey(app, name, wish.Release, newest?.Generation ?? place.LastGeneration + 1).ToString()),
            app,
            name,
            command ?? "",
            wish?.Size ?? DynoSize.Default,
            place.Status,
            release,
            version,
            newest?.CreatedAt ?? Now,
            newest?.Since ?? Now
        );
        return new DynoReport(view, Serving(place), place.IsSettled, place.IsGone, place.Wish);
    }

    private ImmutableArray<RouteTarget> Serving(DynoPlace place) =>
        !IsWeb
            ? []
            :
            [
                .. place
                    .Up.Where(up => up.Address is not null)
                    .Select(up => new RouteTarget(name, up.Wish.Release, up.Address!, PortOf(up))),
            ];

    private async Task<(ReleaseVersion Version, ReleaseId Id, string Command)> LaunchedAsync(ReleaseVersion version)
    {
        if (launched is { } known && known.Version == version)
            return known;
        if (await GrainFactory.Releases(app).GetRunnableAsync(version) is { } runnable)
            return Remember(runnable);
        return (version, default, "");
    }

    private (ReleaseVersion Version, ReleaseId Id, string Command) Remember(RunnableRelease runnable)
    {
        var now = (runnable.Release.Version, runnable.Release.Id, CommandOf(runnable));
        launched = now;
        return now;
    }
}
