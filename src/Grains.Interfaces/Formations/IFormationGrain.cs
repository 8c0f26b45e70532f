using System.Collections.Immutable;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Dynos;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Releases;
using NeetoDeploy.Core.Results;
using NeetoDeploy.Core.Runs;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Dynos;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Formations;

/// <summary>How many dynos of which size run of each process type; it rolls releases out. Key: the app's id.</summary>
[Alias("neeto.IFormationGrain")]
public interface IFormationGrain : IGrainWithStringKey
{
    [Requires(AppAction.View), AlwaysInterleave, Alias("Get")]
    Task<ImmutableArray<ProcessView>> GetAsync();

    /// <summary>Changes quantities and sizes, all or nothing; answers the whole formation.</summary>
    [Requires(AppAction.Operate), Alias("Scale")]
    Task<Result<ImmutableArray<ProcessView>>> ScaleAsync(ImmutableArray<ScaleChange> changes);

    /// <summary>The app's dynos, one-off dynos included, in the order of their names.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("ListDynos")]
    Task<ImmutableArray<DynoView>> ListDynosAsync();

    /// <summary>Replaces dynos: all (null), those of a type (<c>web</c>), or one (<c>web.1</c>, <c>run.4711</c>, which it stops).</summary>
    [Requires(AppAction.Operate), Alias("Restart")]
    Task<Result<Done>> RestartAsync(string? selection);

    /// <summary>Stops one-off dynos for good. A dyno of the formation comes back, as at Heroku.</summary>
    [Requires(AppAction.Operate), Alias("Stop")]
    Task<Result<Done>> StopAsync(string selection);

    /// <summary>A dyno tells of its new state.</summary>
    [PlatformOnly, Alias("DynoChanged")]
    Task DynoChangedAsync(DynoReport report);

    /// <summary>Names a one-off dyno and lists it among the app's dynos. Repeating it for the same run answers the same name.</summary>
    [PlatformOnly, Alias("OpenRun")]
    Task<DynoName> OpenRunAsync(RunId run, ProcessType type);

    /// <summary>A one-off dyno has ended.</summary>
    [PlatformOnly, Alias("CloseRun")]
    Task CloseRunAsync(RunId run);

    /// <summary>The engine says that something about a dyno, one-off or not, may have changed.</summary>
    [PlatformOnly, Alias("EngineChanged")]
    Task EngineChangedAsync(DynoName dyno);

    /// <summary>Whether an incarnation on the engine belongs to a dyno of this app, one-off or not. What nobody owns is swept away.</summary>
    [PlatformOnly, Alias("Owns")]
    Task<bool> OwnsAsync(DynoName dyno, ReleaseVersion release, int generation);

    /// <summary>Looks again at what remains to be done: something about the app or its releases has changed.</summary>
    [PlatformOnly, Alias("Reconcile")]
    Task ReconcileAsync();

    /// <summary>Stops and removes everything: the app has been destroyed. False: something is left, ask again.</summary>
    [PlatformOnly, Alias("Destroy")]
    Task<bool> DestroyAsync();
}

/// <summary>A wanted change. Null parts stay as they are.</summary>
/// <param name="Quantity"><c>2</c>, <c>+1</c> or <c>-1</c>.</param>
[GenerateSerializer, Immutable, Alias("neeto.ScaleChange")]
public sealed record ScaleChange([property: Id(0)] string Type, [property: Id(1)] string? Quantity, [property: Id(2)] string? Size);

/// <summary>A process type's row in the formation.</summary>
[GenerateSerializer, Immutable, Alias("neeto.ProcessView")]
public sealed record ProcessView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] ProcessType Type,
    [property: Id(2)] string Command,
    [property: Id(3)] int Quantity,
    [property: Id(4)] DynoSize Size,
    [property: Id(5)] DateTimeOffset CreatedAt,
    [property: Id(6)] DateTimeOffset UpdatedAt
);
