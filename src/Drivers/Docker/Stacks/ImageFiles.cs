using System.Formats.Tar;
using System.Text;
using Docker.DotNet.Models;
using NeetoDeploy.Drivers.Abstractions;
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
        public async Task<bool> HasAsync(string path, CancellationToken cancel)
        {
            await using var archive = await FindAsync(path, cancel);
            return archive is not null;
        }

        /// <summary>A small text file; empty when there is none.</summary>
        public async Task<string> ReadTextAsync(string path, CancellationToken cancel)
        {
            await using var archive = await FindAsync(path, cancel);
            if (archive is null)
                return "";
            try
            {
                await using var tar = new TarReader(archive);
                var entry = await tar.GetNextEntryAsync(copyData: true, cancel);
                if (entry is not { DataStream: { } data, Length: <= LargestText })
                    return "";
                using var reader = new StreamReader(data, Encoding.UTF8);
                return await reader.ReadToEndAsync(cancel);
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                throw engine.Translate(e);
            }
        }

        public async ValueTask DisposeAsync() => await engine.RemoveContainerAsync(container, CancellationToken.None);

        /// <summary>A tar of what is at a path; null when nothing is.</summary>
        private async Task<Stream?> FindAsync(string path, CancellationToken cancel)
        {
            try
            {
                return await engine.OpenAsync($"containers/{container}/archive?path={Uri.EscapeDataString(path)}", cancel);
            }
            catch (DriverException e) when (e.Kind == DriverErrorKind.NotFound)
            {
                return null;
            }
        }
    }
}
