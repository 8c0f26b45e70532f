using System.Collections.Concurrent;
using System.Collections.Immutable;
using NeetoDeploy.Grains.Storage;

namespace NeetoDeploy.Grains.Tests.Storage;

/// <summary>A list of accounts in memory.</summary>
public sealed class FakeAccountIndex : IAccountIndex
{
    private readonly ConcurrentDictionary<string, bool> emails = [];

    public Task PutAsync(string email, CancellationToken cancel)
    {
        emails[email] = true;
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<string>> ListAsync(CancellationToken cancel) =>
        Task.FromResult<ImmutableArray<string>>([.. emails.Keys.Order(StringComparer.Ordinal)]);
}
