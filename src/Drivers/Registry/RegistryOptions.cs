namespace NeetoDeploy.Drivers.Registry;

/// <summary>Where the registry is.</summary>
public sealed record RegistryOptions
{
    /// <summary>Host and port as the engine must name it.</summary>
    public string Registry { get; init; } = "127.0.0.1:5001";

    /// <summary>Whether to speak HTTPS; the one-box registry on loopback speaks plain HTTP.</summary>
    public bool UseTls { get; init; }

    /// <summary>How long a call other than moving a blob's bytes may take.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
