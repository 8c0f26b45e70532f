namespace NeetoDeploy.Drivers.Registry;

/// <summary>Where the registry is.</summary>
public sealed record RegistryOptions
{
    /// <summary>Host and port as the engine must name it.</summary>
    public string Registry { get; init; } = "127.0.0.1:5001";

    /// <summary>Whether to speak HTTPS; the one-box registry on loopback speaks plain HTTP.</summary>
    public bool UseTls { get; init; }

    /// <summary>The configuration file of a docker-registry on this machine that is the installation's own; null for any other registry.</summary>
    public string? OwnConfiguration { get; init; }

    /// <summary>The folder that the installation's own registry stores in.</summary>
    public string? OwnStorage { get; init; }

    /// <summary>How long a call may take; while a blob is moved, how long no byte of it may move.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
