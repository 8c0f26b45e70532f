using System.Collections.Immutable;
using NeetoDeploy.Drivers.Abstractions.Builds;

namespace NeetoDeploy.Silo.Drivers;

/// <summary>The .NET SDK of this machine, which the .NET buildpack works with: it is no package that a build could download.</summary>
internal static class MachineSdk
{
    /// <summary>Where the buildpack finds it.</summary>
    public const string SandboxPath = "/usr/share/dotnet";

    /// <summary>Shows it to builds, read only; nothing when this process runs on a .NET without an SDK.</summary>
    /// <param name="runtimeDirectory">Of this process: <c>ROOT/shared/Microsoft.NETCore.App/10.0.0</c>.</param>
    public static ImmutableArray<SandboxMount> Mounts(string runtimeDirectory)
    {
        var root = Path.GetFullPath(Path.Combine(runtimeDirectory, "..", "..", ".."));
        return Directory.Exists(Path.Combine(root, "sdk")) && File.Exists(Path.Combine(root, "dotnet"))
            ? [new SandboxMount(root, SandboxPath, ReadOnly: true)]
            : [];
    }
}
