using System.Globalization;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>
/// The control groups of this machine's containers: one for builds, one for dynos. The kernel divides the processors between groups before it does within one:
/// whatever builds do, a dyno that wakes up to answer a request goes before them, and nobody starves (cgroups(7)).
/// </summary>
internal sealed class ControlGroups(DockerEngine engine)
{
    public const string Builds = "neeto-builds";
    private const string Dynos = "neeto-dynos";

    /// <summary>What the dynos together get when all want more than there is, in shares of any other group, such as the builds' or the control plane's.</summary>
    private const int DynosWeight = 4;

    private const string Root = "/sys/fs/cgroup";

    /// <summary>By version of control groups and by who makes them: the engine itself, or systemd.</summary>
    private static readonly (string File, int Default)[] Weights =
    [
        ($"{Root}/{Dynos}/cpu.weight", 100),
        ($"{Root}/neeto.slice/{Dynos}.slice/cpu.weight", 100),
        ($"{Root}/cpu/{Dynos}/cpu.shares", 1024),
        ($"{Root}/cpu/neeto.slice/{Dynos}.slice/cpu.shares", 1024),
    ];

    private bool? isSystemd;
    private bool isWeighed;

    /// <summary>The builds' group as the engine wants to have it named; null for Podman, which was not tried with one.</summary>
    public Task<string?> FindForBuildsAsync(CancellationToken cancel) => FindAsync(Builds, cancel);

    /// <summary>The dynos' group, likewise.</summary>
    public Task<string?> FindForDynosAsync(CancellationToken cancel) => FindAsync(Dynos, cancel);

    /// <summary>
    /// Gives the dynos' group its weight, which has no place in the engine's API. To be called when a dyno has been started: the group is made with the first.
    /// Without the right to, the weight stays the usual one.
    /// </summary>
    public void WeighDynos()
    {
        if (isWeighed)
            return;
        isWeighed = true;
        foreach (var (file, usual) in Weights.Where(weight => File.Exists(weight.File)))
        {
            try
            {
                File.WriteAllText(file, (DynosWeight * usual).ToString(CultureInfo.InvariantCulture));
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                // It is not root, or the engine is on another machine.
            }
        }
    }

    private async Task<string?> FindAsync(string name, CancellationToken cancel)
    {
        if (await engine.IsPodmanAsync(cancel))
            return null;
        isSystemd ??= (await engine.CallAsync((api, token) => api.System.GetSystemInfoAsync(token), cancel)).CgroupDriver == "systemd";
        // With systemd only a slice can be a parent.
        return isSystemd.Value ? $"{name}.slice" : $"/{name}";
    }
}
