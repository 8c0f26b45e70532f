using NeetoDeploy.Core.Logs;
using NeetoDeploy.Grains.Interfaces.Logs;

namespace NeetoDeploy.Grains.Logs;

/// <summary>Who follows, and how far each has come.</summary>
public sealed partial class LogRelayGrain
{
    private static readonly TimeSpan FollowerLifetime = TimeSpan.FromSeconds(90);

    private readonly Dictionary<ILogObserver, Follower> followers = [];

    private sealed record Follower(long SentSeq, DateTimeOffset ExpiresAt);

    public Task FollowAsync(ILogObserver observer, long afterSeq)
    {
        followers[observer] = new Follower(afterSeq, time.GetUtcNow() + FollowerLifetime);
        Tell(observer);
        return Task.CompletedTask;
    }

    public Task UnfollowAsync(ILogObserver observer)
    {
        followers.Remove(observer);
        return Task.CompletedTask;
    }

    private void TellFollowers()
    {
        foreach (var observer in followers.Keys.ToList())
            Tell(observer);
    }

    private void Tell(ILogObserver observer)
    {
        var follower = followers[observer];
        if (follower.ExpiresAt < time.GetUtcNow())
        {
            followers.Remove(observer);
            return;
        }
        var lines = ring.After(follower.SentSeq, LogFilter.All);
        if (lines.IsEmpty)
            return;
        observer.LinesAsync(lines).Ignore();
        followers[observer] = follower with { SentSeq = lines[^1].Seq };
    }
}
