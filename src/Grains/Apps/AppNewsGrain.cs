using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Grains.Apps;

/// <summary>Hands news on to the hosts that follow.</summary>
[GrainType("appnews")]
public sealed class AppNewsGrain(TimeProvider time) : Grain, IAppNewsGrain
{
    private static readonly TimeSpan FollowerLifetime = TimeSpan.FromSeconds(90);

    private readonly Dictionary<IAppNewsObserver, DateTimeOffset> followers = [];
    private NewsMark mark = new(Guid.NewGuid(), 0);

    public Task TellAsync(AppNews news)
    {
        mark = mark with { Number = mark.Number + 1 };
        var now = time.GetUtcNow();
        foreach (var (observer, expiresAt) in followers.ToList())
        {
            if (expiresAt < now)
                followers.Remove(observer);
            else
                observer.HeardAsync(mark, news).Ignore();
        }
        return Task.CompletedTask;
    }

    public Task<NewsMark> FollowAsync(IAppNewsObserver observer)
    {
        followers[observer] = time.GetUtcNow() + FollowerLifetime;
        return Task.FromResult(mark);
    }

    public Task UnfollowAsync(IAppNewsObserver observer)
    {
        followers.Remove(observer);
        return Task.CompletedTask;
    }
}
