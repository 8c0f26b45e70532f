using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces.Logs;

namespace NeetoDeploy.Grains.Logs;

/// <summary>Who follows, and how far each has come.</summary>
public sealed partial class LogRelayGrain
{
    private static readonly TimeSpan FollowerLifetime = TimeSpan.FromSeconds(90);

    /// <summary>Lines that may wait for a follower who is just taking others. More are kept for it than for all, so that it sees a burst whole.</summary>
    private const int MostWaiting = 20_000;

    private readonly Dictionary<ILogObserver, Follower> followers = [];

    private sealed class Follower
    {
        public required long TakenSeq { get; set; }
        public required LogRing Waiting { get; set; }
        public DateTimeOffset ExpiresAt { get; set; }
        public bool IsSending { get; set; }
    }

    public Task FollowAsync(ILogObserver observer, long afterSeq)
    {
        if (!followers.TryGetValue(observer, out var follower) || !follower.IsSending)
            followers[observer] = follower = new Follower { TakenSeq = afterSeq, Waiting = Waiting(ring.After(afterSeq, LogFilter.All)) };
        follower.ExpiresAt = time.GetUtcNow() + FollowerLifetime;
        _ = SendAsync(observer, follower);
        return Task.CompletedTask;
    }

    public Task UnfollowAsync(ILogObserver observer)
    {
        followers.Remove(observer);
        return Task.CompletedTask;
    }

    private void TellFollowers(ImmutableArray<LogLine> lines)
    {
        foreach (var (observer, follower) in followers.ToList())
        {
            follower.Waiting.Add(lines);
            _ = SendAsync(observer, follower);
        }
    }

    /// <summary>
    /// Sends lines, each time those that came since, until the follower has all: the next only when it has taken those before, because messages to an
    /// observer may overtake each other. One that fails is dropped; it comes again with the number that it has.
    /// </summary>
    private async Task SendAsync(ILogObserver observer, Follower follower)
    {
        if (follower.IsSending)
            return;
        follower.IsSending = true;
        try
        {
            while (IsFollowing(observer, follower) && follower.Waiting.After(follower.TakenSeq, LogFilter.All) is { IsEmpty: false } lines)
            {
                follower.Waiting = Waiting([]);
                await observer.LinesAsync(lines);
                follower.TakenSeq = lines[^1].Seq;
            }
        }
        catch (Exception e)
        {
            log.LogDebug(e, "A follower of the log of {App} did not take its lines", App);
            Drop(observer, follower);
        }
        follower.IsSending = false;
    }

    private static LogRing Waiting(IEnumerable<LogLine> lines)
    {
        var waiting = new LogRing(MostWaiting);
        waiting.Add(lines);
        return waiting;
    }

    private bool IsFollowing(ILogObserver observer, Follower follower)
    {
        if (follower.ExpiresAt < time.GetUtcNow())
            Drop(observer, follower);
        return followers.GetValueOrDefault(observer) == follower;
    }

    private void Drop(ILogObserver observer, Follower follower)
    {
        if (followers.GetValueOrDefault(observer) == follower)
            followers.Remove(observer);
    }
}
