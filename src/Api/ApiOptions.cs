using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Api;

/// <summary>What the Platform API must know of its installation.</summary>
public sealed record ApiOptions
{
    /// <summary>Where clients reach the API, without a trailing slash; the URLs of streams begin with it.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>Where clients reach git over HTTPS, without a trailing slash, such as <c>https://localhost:5443</c>.</summary>
    public required string GitUrl { get; init; }

    /// <summary>The domain that app names are labels of.</summary>
    public required string AppsDomain { get; init; }

    /// <summary>The router's port, which the URLs of apps name.</summary>
    public required int RouterPort { get; init; }

    /// <summary>The installation's data folder.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Signs the URLs of streams and uploads: at least 32 secret bytes, the same on every silo and after a restart.</summary>
    public required byte[] SigningKey { get; init; }

    /// <summary>The port on loopback where this host answers plain HTTP: how git's hook reaches it.</summary>
    public required int ApiPort { get; init; }

    /// <summary>What routers show to be let in to <c>/internal/*</c>.</summary>
    public required string RouterToken { get; init; }

    /// <summary>Names of the stacks apps can be built on; the first is the default.</summary>
    public IReadOnlyList<string> Stacks { get; init; } = [KnownStacks.Default, KnownStacks.Container];

    /// <summary>
    /// The page where somebody who is signed in lets a program sign in, without the login's id, such as <c>/dashboard/login</c>; null: this host has none.
    /// </summary>
    public string? LoginPage { get; init; }

    /// <summary>The page where somebody joins a team, without the team's name and the invitation's secret, such as <c>/dashboard/join</c>; null: this host has none.</summary>
    public string? JoinPage { get; init; }

    /// <summary>The name of the one region.</summary>
    public string Region { get; init; } = "local";
}
