using System.Collections.Immutable;
using NeetoDeploy.Core.Access;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces.Access;
using Orleans.Concurrency;

namespace NeetoDeploy.Grains.Interfaces.Logs;

/// <summary>An app's log: it numbers the lines, keeps the last 1,500, and tells its followers. Key: the app's id.</summary>
[Alias("neeto.ILogRelayGrain")]
public interface ILogRelayGrain : IGrainWithStringKey
{
    /// <summary>Numbers and keeps lines, and hands them to followers.</summary>
    [PlatformOnly, Alias("Append")]
    Task AppendAsync(ImmutableArray<LogEntry> entries);

    /// <summary>
    /// Like <see cref="AppendAsync"/>, for what a dyno wrote: lines that are kept already are left out, because output is read again after the
    /// control plane was away.
    /// </summary>
    [PlatformOnly, Alias("AppendOutput")]
    Task AppendOutputAsync(ImmutableArray<LogEntry> entries);

    /// <summary>
    /// Like <see cref="AppendAsync"/>, for what a collector brought of dynos: at least once, late, and in any order. Lines that were brought before are left out;
    /// the answer comes when all of them are stored.
    /// </summary>
    [PlatformOnly, Alias("AppendCollected")]
    Task AppendCollectedAsync(ImmutableArray<CollectedLine> lines);

    /// <summary>The time of the oldest line that is kept, when older ones have been dropped: output before it need not be read again.</summary>
    [PlatformOnly, AlwaysInterleave, Alias("GetHorizon")]
    Task<DateTimeOffset?> GetHorizonAsync();

    /// <summary>The newest <paramref name="count"/> lines that match, oldest first; at most 1,500.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("ReadNewest")]
    Task<LogPage> ReadNewestAsync(int count, LogFilter filter);

    /// <summary>Lines after a number, oldest first, as far as they are still kept.</summary>
    [Requires(AppAction.View), AlwaysInterleave, Alias("ReadAfter")]
    Task<LogPage> ReadAfterAsync(long seq, LogFilter filter);

    /// <summary>
    /// Sends every line after <paramref name="afterSeq"/> to the observer, without a gap. Repeat it every 30 s or the observer is dropped; one observer per
    /// host and app is enough. After a repeated call a line may come twice: a follower drops the numbers that it has.
    /// </summary>
    [Requires(AppAction.View), Alias("Follow")]
    Task FollowAsync(ILogObserver observer, long afterSeq);

    [Requires(AppAction.View), Alias("Unfollow")]
    Task UnfollowAsync(ILogObserver observer);

    /// <summary>Forgets everything: the app has been destroyed.</summary>
    [PlatformOnly, Alias("Destroy")]
    Task DestroyAsync();
}

/// <summary>Receives an app's lines as they come.</summary>
[Alias("neeto.ILogObserver")]
public interface ILogObserver : IGrainObserver
{
    /// <summary>The next lines, in order. Those after them are sent once these are taken; who fails is dropped and may follow again.</summary>
    [Alias("Lines")]
    Task LinesAsync(ImmutableArray<LogLine> lines);
}

/// <summary>Lines, and which numbers the whole stream had when they were read.</summary>
/// <param name="Lines">Those that were asked for and are kept.</param>
/// <param name="NewestSeq">Number of the newest line; 0 before the first.</param>
/// <param name="OldestSeq">Number of the oldest line that is kept: lines before it can no longer be read.</param>
[GenerateSerializer, Immutable, Alias("neeto.LogPage")]
public sealed record LogPage(
    [property: Id(0)] ImmutableArray<LogLine> Lines,
    [property: Id(1)] long NewestSeq,
    [property: Id(2)] long OldestSeq
);
