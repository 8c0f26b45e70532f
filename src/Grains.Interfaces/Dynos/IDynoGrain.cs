using System.Collections.Immutable;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Routing;
using NeetoDeploy.Grains.Interfaces.Access;

namespace NeetoDeploy.Grains.Interfaces.Dynos;

/// <summary>
/// One place in the formation (<c>web.1</c>) and the process in it: start, probe, up, crash pauses, drain, stop. While a release is
/// replaced it holds two incarnations, the old one serving until the new one is up. Key: <c>{app id}/{dyno name}</c>.
/// </summary>
[Alias("neeto.IDynoGrain")]
public interface IDynoGrain : IGrainWithStringKey
{
    /// <summary>What shall run here; null: nothing any more. Answers at once.</summary>
    [PlatformOnly, Alias("Want")]
    Task WantAsync(DynoWish? wish);

    /// <summary>What the formation knows of this dyno, from the grain's state.</summary>
    [PlatformOnly, Alias("GetReport")]
    Task<DynoReport> GetReportAsync();

    /// <summary>Whether an incarnation on the engine belongs to this place. What nobody owns is swept away.</summary>
    [PlatformOnly, Alias("Owns")]
    Task<bool> OwnsAsync(ReleaseVersion release, int generation);

    /// <summary>Removes what is remembered of a place that is gone: its app has been destroyed.</summary>
    [PlatformOnly, Alias("Forget")]
    Task ForgetAsync();

    /// <summary>Looks again at what remains to be done: the engine, the router or a timer says that something may have changed.</summary>
    [PlatformOnly, Alias("Reconcile")]
    Task ReconcileAsync();
}

/// <summary>A dyno's state as its formation needs it.</summary>
/// <param name="Serving">Endpoints that may receive requests; never more than one per incarnation.</param>
/// <param name="IsSettled">It is as wished: nothing starting, draining or stopping.</param>
/// <param name="IsGone">No incarnation is left and none is wanted.</param>
/// <param name="Wish">What it knew to be wished when it reported; news of an older wish may arrive late.</param>
[GenerateSerializer, Immutable, Alias("neeto.DynoReport")]
public sealed record DynoReport(
    [property: Id(0)] DynoView Dyno,
    [property: Id(1)] ImmutableArray<RouteTarget> Serving,
    [property: Id(2)] bool IsSettled,
    [property: Id(3)] bool IsGone,
    [property: Id(4)] DynoWish? Wish
);

/// <summary>A dyno as people see it.</summary>
/// <param name="Id">Of the newest incarnation.</param>
[GenerateSerializer, Immutable, Alias("neeto.DynoView")]
public sealed record DynoView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] AppId App,
    [property: Id(2)] DynoName Name,
    [property: Id(3)] string Command,
    [property: Id(4)] DynoSize Size,
    [property: Id(5)] DynoStatus Status,
    [property: Id(6)] ReleaseId Release,
    [property: Id(7)] ReleaseVersion Version,
    [property: Id(8)] DateTimeOffset CreatedAt,
    [property: Id(9)] DateTimeOffset UpdatedAt
);
