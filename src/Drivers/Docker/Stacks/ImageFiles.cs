using System.Formats.Tar;
using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Stacks;

/// <summary>Looks at files of an image by a container that is never started: nothing of the image runs.</summary>
internal sealed class ImageFiles(DockerEngine engine, EngineNames names)
{
    private const int LargestText = 1024 * 1024;

    /// <summary>Dispose to remove the container.</summary>
    public async Task<Root> OpenAsync(string image, CancellationToken cancel)
    {
        var request = new CreateContainerParameters
        {
            Name = names.StackContainer($"look-{Guid.NewGuid():N}"),
            Image = image,
            Cmd = ["true"],
            Labels = names.Labels(EngineRoles.Stack),
        };
        return new Root(engine, await engine.CreateContainerAsync(request, orFind: false, cancel));
    }

    /// <summary>The root of an image's files.</summary>
    internal sealed class Root(DockerEngine engine, string container) : IAsyncDisposable
    {
        public async Task<bool> HasAsync(string path, CancellationToken cancel) =>
            await FindAsync(path, statOnly: true, cancel) is not null;

        /// <summary>A small text file; empty when there is none.</summary>
        public async Task<string> ReadTextAsync(string path, CancellationToken cancel)
        {
            if (await FindAsync(path, statOnly: false, cancel) is not { } archive)
                return "";
            await using var content = archive.Stream!;
            await using var tar = new TarReader(content);
            var entry = await tar.GetNextEntryAsync(cancellationToken: cancel);
            if (entry is not { DataStream: { } data, Length: <= LargestText })
                return "";
            using var reader = new StreamReader(data, Encoding.UTF8);
            return await reader.ReadToEndAsync(cancel);
        }

        public async ValueTask DisposeAsync() => await engine.RemoveContainerAsync(container, CancellationToken.None);

        private Task<ContainerArchiveResponse?> FindAsync(string path, bool statOnly, CancellationToken cancel) =>
            engine.CallAsync(
                async (client, token) =>
                {
                    try
                    {
                        var place = new ContainerPathStatParameters { Path = path };
                        return await client.Containers.GetArchiveFromContainerAsync(container, place, statOnly, token);
                    }
                    catch (DockerApiException e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
                    {
                        return null;
                    }
                },
                cancel
            );
    }
}
