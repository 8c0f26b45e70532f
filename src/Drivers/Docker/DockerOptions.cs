using System.Net;
using System.Text.RegularExpressions;
using NeetoDeploy.Drivers.Docker.Stacks;

namespace NeetoDeploy.Drivers.Docker;

/// <summary>What an operator can say about the container engine of this machine.</summary>
public sealed partial class DockerOptions
{
    /// <summary>The unix socket that Docker or Podman answers on.</summary>
    public string Socket { get; set; } = "/var/run/docker.sock";

    /// <summary>Labels and names everything this installation makes: lower-case letters, digits and hyphens.</summary>
    public string InstallationId { get; set; } = "";

    /// <summary>Host and port of the installation's registry, as the engine must name it.</summary>
    public string Registry { get; set; } = "127.0.0.1:5001";

    /// <summary>The installation's data folder; stack scratch goes below it.</summary>
    public string DataDirectory { get; set; } = "";

    /// <summary>Host folder with the lifecycle, the launcher and the bundled buildpacks.</summary>
    public string LifecycleDirectory { get; set; } = "";

    /// <summary>Stacks beside those that are made here.</summary>
    public IReadOnlyList<ConfiguredStack> Stacks { get; set; } = [];

    /// <summary>Addresses for app networks: each takes a piece that neither another network nor a route of this host uses.</summary>
    public string SubnetPool { get; set; } = "10.210.0.0/16";

    /// <summary>Length of the prefix of one app's piece. 26: about 60 dynos, counting old and new ones during a release.</summary>
    public int SubnetPrefix { get; set; } = 26;

    /// <summary>Network sandboxes kept ready for each app, so that its next dyno starts in a third of the time. Each costs about 4 MB.</summary>
    public int IdleSandboxes { get; set; } = 1;

    /// <summary>Throws <see cref="ArgumentException"/>, naming the setting, when one cannot be used.</summary>
    public void Validate()
    {
        if (!InstallationPattern().IsMatch(InstallationId))
            throw new ArgumentException(
                $"{nameof(InstallationId)} must be 1 to 32 lower-case letters, digits and hyphens, not '{InstallationId}'."
            );
        if (!IPNetwork.TryParse(SubnetPool, out var pool) || SubnetPrefix < pool.PrefixLength || SubnetPrefix > 29)
            throw new ArgumentException(
                $"{nameof(SubnetPool)} must be a network such as 10.210.0.0/16 that holds pieces of /{SubnetPrefix}."
            );
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,31}\z")]
    private static partial Regex InstallationPattern();
}
