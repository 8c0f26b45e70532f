using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Abstractions;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>Makes the image that buildpacks run on: the run image and more packages, in one layer above it.</summary>
internal sealed class BuildImage(DockerEngine engine, EngineNames names, StackImageStore store, NpmRegistry npm)
{
    private const string Kind = "build";

    /// <summary>Answers the image's id.</summary>
    public async Task<string> EnsureAsync(StackRecipe recipe, string run, string name, IProgress<string> progress, CancellationToken cancel)
    {
        if (await store.FindAsync(name, cancel) is { } existing)
            return existing;
        if (await store.AdoptAsync(recipe, Kind, name, cancel) is { } adopted)
            return adopted;
        progress.Report($"Making the build image of {recipe.Name} (about 30 s)");
        var request = Request(recipe, run);
        await engine.RemoveContainerAsync(request.Name!, cancel);
        var id = await engine.CreateContainerAsync(request, orFind: false, cancel);
        try
        {
            await engine.StartContainerAsync(id, cancel);
            await InstallAsync(recipe, id, cancel);
            return await engine.CommitAsync(
                id,
                name,
                [.. StackImageStore.Changes(store.Labels(recipe, Kind)), "USER 1000:1000", "ENTRYPOINT []", "CMD [\"bash\"]"],
                cancel
            );
        }
        finally
        {
            await engine.RemoveContainerAsync(id, CancellationToken.None);
        }
    }

    private CreateContainerParameters Request(StackRecipe recipe, string run) =>
        new()
        {
            Name = names.StackContainer($"{recipe.Name}-{Kind}"),
            Image = run,
            User = "0:0",
            Entrypoint = ["sleep"],
            Cmd = ["2147483647"],
            Labels = names.Labels(EngineRoles.Stack),
            HostConfig = new HostConfig
            {
                LogConfig = new LogConfig { Type = "none" },
                Ulimits = EngineLimits.Ulimits(),
            },
        };

    private async Task InstallAsync(StackRecipe recipe, string id, CancellationToken cancel)
    {
        await RunAsync(id, ["install", "-D", "-m", "644", "/var/lib/dpkg/status", StackRecipe.RunPackagesFile], cancel);
        await RunAsync(id, ["apt-get", "-q", "update"], cancel);
        string[] install =
        [
            "apt-get",
            "-y",
            "-q",
            "--no-install-recommends",
            "-o",
            "Dpkg::Options::=--force-unsafe-io",
            "-o",
            "Dpkg::Use-Pty=0",
            "install",
        ];
        await RunAsync(id, [.. install, .. recipe.BuildPackages], cancel);
        await npm.WriteAsync(id, command => RunAsync(id, command, cancel), cancel);
        await RunAsync(id, ["apt-get", "clean"], cancel);
        await RunAsync(id, ["find", "/var/lib/apt/lists", "/var/log", "/tmp", "-type", "f", "-delete"], cancel);
    }

    private async Task<string> RunAsync(string id, IReadOnlyList<string> command, CancellationToken cancel)
    {
        var exec = new EngineExec([.. command], "0:0", "/", ProxyEnvironment());
        var (exitCode, output) = await engine.RunAsync(id, exec, cancel);
        if (exitCode != 0)
        {
            var last = string.Join('\n', output.Split('\n').TakeLast(8));
            throw new DriverException(
                DriverErrorKind.Unavailable,
                "stack.build_image_failed",
                $"{command[0]} failed ({exitCode}) in the build image: {last}"
            );
        }
        return output;
    }

    // Debian's mirrors may be reachable only as this process reaches the world.
    private static Dictionary<string, string> ProxyEnvironment()
    {
        var environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" };
        foreach (var name in (string[])["http_proxy", "https_proxy", "no_proxy"])
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                environment[name] = value;
        }
        return environment;
    }
}
