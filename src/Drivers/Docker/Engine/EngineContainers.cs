using Docker.DotNet;
using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Abstractions;

namespace NeetoDeploy.Drivers.Docker.Engine;

/// <summary>The engine's containers, in the few ways that drivers use them.</summary>
internal static class EngineContainers
{
    private const int MostLooks = 40;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    public static Task<IList<ContainerListResponse>> ListContainersAsync(
        this DockerEngine engine,
        IDictionary<string, IDictionary<string, bool>> filter,
        CancellationToken cancel
    ) =>
        engine.CallAsync(
            (client, token) => client.Containers.ListContainersAsync(new ContainersListParameters { All = true, Filters = filter }, token),
            cancel
        );

    /// <summary>Null when there is no such container.</summary>
    public static Task<EngineContainer?> FindContainerAsync(this DockerEngine engine, string name, CancellationToken cancel) =>
        engine.CallAsync(
            async (client, token) =>
            {
                try
                {
                    return EngineContainer.Of(await client.Containers.InspectContainerAsync(name, token));
                }
                catch (DockerContainerNotFoundException)
                {
                    return null;
                }
            },
            cancel
        );

    /// <summary>Answers the container's id; the id of the one that has the name already when <paramref name="orFind"/>.</summary>
    public static async Task<string> CreateContainerAsync(
        this DockerEngine engine,
        CreateContainerParameters request,
        bool orFind,
        CancellationToken cancel
    )
    {
        for (var looks = 1; ; looks++)
        {
            try
            {
                return (await engine.CallAsync((client, token) => client.Containers.CreateContainerAsync(request, token), cancel)).ID;
            }
            catch (DriverException e) when (orFind && e.Kind == DriverErrorKind.Conflict && looks < MostLooks)
            {
                if (await engine.FindContainerAsync(request.Name!, cancel) is { } existing)
                    return existing.Id;
                // The engine reserves a name a moment before it shows the container.
                await Task.Delay(BetweenLooks, cancel);
            }
        }
    }

    /// <summary>Starting what runs is no error.</summary>
    public static Task StartContainerAsync(this DockerEngine engine, string id, CancellationToken cancel) =>
        engine.CallAsync((client, token) => client.Containers.StartContainerAsync(id, new ContainerStartParameters(), token), cancel);

    /// <summary>Kills and removes; removing what does not exist, or what is being removed, is no error.</summary>
    public static Task RemoveContainerAsync(this DockerEngine engine, string id, CancellationToken cancel) =>
        engine.CallAsync(
            async (client, token) =>
            {
                try
                {
                    await client.Containers.RemoveContainerAsync(
                        id,
                        new ContainerRemoveParameters { Force = true, RemoveVolumes = true },
                        token
                    );
                }
                catch (DockerApiException e)
                    when (e is DockerContainerNotFoundException
                        || e.StatusCode == System.Net.HttpStatusCode.Conflict
                            && e.Message.Contains("already in progress", StringComparison.Ordinal)
                    ) { }
            },
            cancel
        );

    /// <summary>Signals the first process; what does not run any more needs none.</summary>
    public static Task KillContainerAsync(this DockerEngine engine, string id, string signal, CancellationToken cancel) =>
        engine.CallAsync(
            async (client, token) =>
            {
                try
                {
                    await client.Containers.KillContainerAsync(id, new ContainerKillParameters { Signal = signal }, token);
                }
                catch (DockerApiException e) when (e is DockerContainerNotFoundException || EngineErrors.IsNotRunning(e)) { }
            },
            cancel
        );

    /// <summary>Makes an image of a container; answers its id.</summary>
    public static async Task<string> CommitAsync(
        this DockerEngine engine,
        string id,
        string name,
        IEnumerable<string> changes,
        CancellationToken cancel
    )
    {
        var colon = name.LastIndexOf(':');
        var request = new CommitContainerChangesParameters
        {
            ContainerID = id,
            RepositoryName = name[..colon],
            Tag = name[(colon + 1)..],
            Changes = [.. changes],
        };
        var image = (await engine.WaitAsync((client, token) => client.Images.CommitContainerChangesAsync(request, token), cancel)).ID!;
        // Podman leaves the algorithm out here, and here only.
        return image.Contains(':', StringComparison.Ordinal) ? image : $"sha256:{image}";
    }
}
