using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using NeetoDeploy.Core.Accounts;
using NeetoDeploy.LogRelay.Hubs;

namespace NeetoDeploy.LogRelay.Tests.Host;

/// <summary>Knows those that a test has let in by a token.</summary>
public sealed class FakeHubCallers : IHubCallers
{
    private readonly ConcurrentDictionary<string, Actor> known = [];

    /// <summary>A token for this actor.</summary>
    public string Admit(Actor actor)
    {
        var token = Guid.NewGuid().ToString("N");
        known[$"Bearer {token}"] = actor;
        return token;
    }

    /// <summary>The token stands for nobody from now on.</summary>
    public void Expel(string token) => known.TryRemove($"Bearer {token}", out _);

    public Task<Actor?> FindAsync(HttpContext http) =>
        Task.FromResult(known.GetValueOrDefault(http.Request.Headers.Authorization.ToString()));
}
