using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Registry;

/// <summary>The configuration of the box's own registry: Debian's docker-registry 2.8, on loopback, with deletion allowed.</summary>
public static class RegistryConfig
{
    /// <summary>Writes the file that <c>docker-registry serve</c> reads.</summary>
    public static void Write(DataFolder data, Installation installation) =>
        File.WriteAllText(
            data.RegistryConfig,
            $"""
            version: 0.1
            log: {"{ level: warn, accesslog: { disabled: true } }"}
            storage:
              filesystem: {"{"} rootdirectory: {data.RegistryStorage} {"}"}
              delete: {"{ enabled: true }"}
              maintenance: {"{ uploadpurging: { enabled: true, age: 1h, interval: 10m, dryrun: false } }"}
            http:
              addr: {installation.Registry}

            """
        );
}
