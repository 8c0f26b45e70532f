using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using NeetoDeploy.Api.Streams;
using NeetoDeploy.Grains.Interfaces.Access;
using NeetoDeploy.Grains.Interfaces.Apps;

namespace NeetoDeploy.Api.Git;

/// <summary>Pushes under way on this host. A hook shows the secret that its git was given, and so says whose push it is.</summary>
internal sealed class PushSessions(ApiOptions options, StreamUrls urls)
{
    private readonly ConcurrentDictionary<string, PushSession> sessions = [];

    /// <summary>A session that ends when it is disposed.</summary>
    public PushSession Open(AppView app, Actor actor, CallOrigin origin)
    {
        var archive = urls.SourceFile(Guid.CreateVersion7());
        Directory.CreateDirectory(Path.GetDirectoryName(archive)!);
        var id = RandomNumberGenerator.GetHexString(48, lowercase: true);
        return sessions[id] = new PushSession(app, actor, origin, archive, () => sessions.TryRemove(id, out _))
        {
            Environment = new Dictionary<string, string>
            {
                ["NEETO_PUSH_ID"] = id,
                ["NEETO_PUSH_PORT"] = options.ApiPort.ToString(CultureInfo.InvariantCulture),
                ["NEETO_PUSH_ARCHIVE"] = archive,
            },
        };
    }

    /// <summary>The push of a hook.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out PushSession? session) => sessions.TryGetValue(id, out session);
}

/// <summary>One push.</summary>
/// <param name="Archive">Where the hook puts the source of the pushed commit.</param>
internal sealed record PushSession(AppView App, Actor Actor, CallOrigin Origin, string Archive, Action End) : IDisposable
{
    /// <summary>What the hook finds in its environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public void Dispose() => End();
}
