using NeetoDeploy.Core.Runs;

namespace NeetoDeploy.Api.Rendezvous;

/// <summary>Opens the door through which somebody attaches to a one-off dyno.</summary>
public interface IAttachUrls
{
    /// <summary>The URL of a run's session, <c>rendezvous://host:port/secret</c>. It serves once, and for five minutes.</summary>
    /// <param name="hasTerminal">Without a terminal, byte 4 of the input ends it.</param>
    string Open(AppId app, RunId run, bool hasTerminal);
}
