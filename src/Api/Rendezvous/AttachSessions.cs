using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NeetoDeploy.Core.Runs;

namespace NeetoDeploy.Api.Rendezvous;

/// <summary>Sessions that wait for their client, by the secret in their URL.</summary>
internal sealed class AttachSessions(ApiOptions options, TimeProvider time) : IAttachUrls
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, AttachSession> waiting = [];

    public string Open(AppId app, RunId run, bool hasTerminal)
    {
        foreach (var old in waiting.Where(session => session.Value.ExpiresAt <= time.GetUtcNow()))
            waiting.TryRemove(old);
        // Lower case, as no HTTP method is: that is how the port tells the two protocols apart.
        var secret = $"run-{RandomNumberGenerator.GetHexString(48, lowercase: true)}";
        waiting[secret] = new AttachSession(app, run, hasTerminal, time.GetUtcNow() + Lifetime);
        return $"rendezvous://{new Uri(options.GitUrl).Authority}/{secret}";
    }

    /// <summary>The session of a secret, for the first that asks.</summary>
    public bool TryTake(string secret, [NotNullWhen(true)] out AttachSession? session) =>
        waiting.TryRemove(secret, out session) && session.ExpiresAt > time.GetUtcNow();
}

/// <summary>A run that somebody may attach to.</summary>
internal sealed record AttachSession(AppId App, RunId Run, bool HasTerminal, DateTimeOffset ExpiresAt);
