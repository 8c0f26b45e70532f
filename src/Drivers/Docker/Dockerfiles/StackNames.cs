using System.Formats.Tar;
using System.Text;
using NeetoDeploy.Drivers.Abstractions.Builds;
using NeetoDeploy.Drivers.Docker.Engine;

namespace NeetoDeploy.Drivers.Docker.Dockerfiles;

/// <summary>
/// Gives the images of a stack the names that Dockerfiles know them by: <c>FROM localhost/neeto-12:run</c> and <c>FROM localhost/neeto-12:build</c>.
/// Installations of one machine make their stacks from the same recipe, so it does not matter whose image has the name.
/// </summary>
internal sealed class StackNames(DockerEngine engine)
{
    public async Task GiveAsync(StackImages stack, CancellationToken cancel)
    {
        var repository = $"localhost/{stack.RunImage.Repository[(stack.RunImage.Repository.LastIndexOf('/') + 1)..]}";
        await engine.EnsureImageAsync(stack.RunImage, cancel);
        await NameAsync(stack.RunImage.ToString(), $"{repository}:run", cancel);
        await NameAsync(stack.BuildImage, $"{repository}:build", cancel);
    }

    /// <summary>
    /// What a stack's image starts is the platform's concern, and its recipe says which image may be taken for it: neither is inherited. The engine never takes
    /// <c>ENTRYPOINT []</c> from its cache, and a name that goes to another image would take the cache of everything that stands on it along; so what is named stays.
    /// </summary>
    private async Task NameAsync(string image, string name, CancellationToken cancel)
    {
        var stack = await engine.FindImageAsync(image, cancel);
        var mark = EngineNames.Read(stack?.Config?.Labels, EngineNames.Recipe) ?? stack?.ID ?? "";
        var named = await engine.FindImageAsync(name, cancel);
        if (EngineNames.Read(named?.Config?.Labels, EngineNames.NamedAfter) == mark)
            return;
        await using var context = await ContextAsync(
            $"FROM {image}\nENTRYPOINT []\nCMD [\"bash\"]\nLABEL {EngineNames.Recipe}= {EngineNames.NamedAfter}={mark}\n",
            cancel
        );
        var path = $"build?t={Uri.EscapeDataString(name)}&rm=1&forcerm=1&version=1";
        using var log = new DockerfileLog(await engine.OpenWorkAsync(path, context, cancel), engine.Translate);
        await foreach (var _ in log.ReadAsync(cancel)) { }
        if (log.Failure is { } failure)
            throw EngineErrors.OfProgress(failure);
    }

    private static async Task<MemoryStream> ContextAsync(string dockerfile, CancellationToken cancel)
    {
        var stream = new MemoryStream();
        await using (var tar = new TarWriter(stream, TarEntryFormat.Gnu, leaveOpen: true))
        {
            var content = new MemoryStream(Encoding.UTF8.GetBytes(dockerfile));
            await tar.WriteEntryAsync(new GnuTarEntry(TarEntryType.RegularFile, "Dockerfile") { DataStream = content }, cancel);
        }
        stream.Position = 0;
        return stream;
    }
}
