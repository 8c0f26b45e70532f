using System.Collections.Immutable;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.Core.Apps;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Apps;

/// <summary>Tells each host that shows lists of apps what has changed in them. It keeps nothing: the lists themselves are asked of <see cref="IAppListGrain"/>. Key: the region.</summary>
[Alias("neeto.IAppNewsGrain")]
public interface IAppNewsGrain : IGrainWithStringKey
{
    /// <summary>An app's row has changed.</summary>
    [PlatformOnly, Alias("Tell")]
    Task TellAsync(AppNews news);

    /// <summary>
    /// Sends all further news to the observer; answers the mark of the last before. Repeat it every 30 s or the observer is dropped; a mark that is not the last one
    /// received says that something was missed.
    /// </summary>
    [PlatformOnly, Alias("Follow")]
    Task<NewsMark> FollowAsync(IAppNewsObserver observer);

    [PlatformOnly, Alias("Unfollow")]
    Task UnfollowAsync(IAppNewsObserver observer);
}

/// <summary>Receives news of apps. They may be lost or overtake each other on their way: a mark that does not follow the one before says so.</summary>
[Alias("neeto.IAppNewsObserver")]
public interface IAppNewsObserver : IGrainObserver
{
    [OneWay, Alias("Heard")]
    Task HeardAsync(NewsMark mark, AppNews news);
}

/// <summary>What is new of an app in lists.</summary>
/// <param name="Members">Whose lists it is or was in. Administrators' lists have every app.</param>
/// <param name="HasGone">It is in no list any more.</param>
[GenerateSerializer, Immutable, Alias("neeto.AppNews")]
public sealed record AppNews(
    [property: Id(0)] AppId App,
    [property: Id(1)] AppName Name,
    [property: Id(2)] AppStatus Status,
    [property: Id(3)] ImmutableArray<AccountId> Members,
    [property: Id(4)] bool HasGone
);

/// <summary>Numbers what an activation of the grain told.</summary>
/// <param name="Source">The activation: another one begins again with 1.</param>
[GenerateSerializer, Immutable, Alias("neeto.NewsMark")]
public readonly record struct NewsMark([property: Id(0)] Guid Source, [property: Id(1)] long Number);
