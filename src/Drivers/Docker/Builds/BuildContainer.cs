using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Engine;
using NeetoDeploy.Drivers.Docker.Networks;

namespace NeetoDeploy.Drivers.Docker.Builds;

/// <summary>What the engine is asked for when a build sandbox is made.</summary>
internal static class BuildContainer
{
    private const long CpuPeriod = 100_000;

    /// <summary>A container's is 1,024: where there is no group for builds, apps go before them while the machine has more to do than it can.</summary>
    private const long CpuShares = 256;

    private const string CertificateBundle = "/etc/ssl/certs/ca-certificates.crt";

    /// <summary>It sleeps; commands are run in it. Its environment is the engine's own few variables, so that commands get what they are given.</summary>
    /// <param name="sandbox">The network sandbox that it joins.</param>
    /// <param name="group">The control group for builds; null where there is none.</param>
    public static CreateContainerParameters Request(
        BuildSandboxSpec spec,
        StackImages images,
        EngineNames names,
        string sandbox,
        string? group
    ) =>
        new()
        {
            Name = names.BuildContainer(spec.Build),
            Image = images.BuildImage,
            User = $"{images.UserId}:{images.GroupId}",
            Entrypoint = ["sleep"],
            Cmd = ["2147483647"],
            Labels = new Dictionary<string, string>(names.Labels(EngineRoles.Build))
            {
                [EngineNames.Build] = spec.Build,
                [EngineNames.Purpose] = EngineNames.Building,
                [EngineNames.Sandbox] = sandbox,
            },
            HostConfig = new HostConfig
            {
                NetworkMode = SandboxContainer.Join(sandbox),
                Init = true,
                CapDrop = ["ALL"],
                SecurityOpt = ["no-new-privileges"],
                // All that a build can write is in its mounts, where it is measured.
                ReadonlyRootfs = true,
                CgroupParent = group ?? "",
                CPUShares = CpuShares,
                Memory = spec.MemoryBytes,
                MemorySwap = spec.MemoryBytes,
                CPUPeriod = CpuPeriod,
                CPUQuota = spec.CpuMillis * CpuPeriod / 1000,
                PidsLimit = spec.PidsLimit,
                Ulimits = EngineLimits.Ulimits(),
                LogConfig = new LogConfig { Type = "none" },
                RestartPolicy = new RestartPolicy { Name = RestartPolicyKind.No },
                Mounts = [.. spec.Mounts.Concat(Certificates()).Select(Bind)],
            },
        };

    // Networks that answer TLS with a certificate of their own are only usable with the authorities that this machine trusts.
    private static SandboxMount[] Certificates() =>
        File.Exists(CertificateBundle) ? [new(CertificateBundle, CertificateBundle, ReadOnly: true)] : [];

    private static Mount Bind(SandboxMount mount) =>
        new()
        {
            Type = "bind",
            Source = mount.HostPath,
            Target = mount.Path,
            ReadOnly = mount.ReadOnly,
        };
}
