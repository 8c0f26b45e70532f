using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Layers;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Dockerfiles;

/// <summary>The files that a Dockerfile's build is given: those of the folder that the Dockerfile is in, as at Heroku.</summary>
/// <param name="Folder">On this machine.</param>
/// <param name="Dockerfile">Its name in the folder.</param>
internal sealed record BuildContext(string Folder, string Dockerfile)
{
    /// <param name="path">Of the Dockerfile in the source.</param>
    public static BuildContext Find(UntrustedFolder source, string path)
    {
        var steps = path.Split('/').Where(step => step is not ("" or ".")).ToArray();
        var file =
            steps.Length > 0 && source.Find(string.Join('/', steps), FileKind.Regular) is { } found
                ? found
                : throw new BuildFailedException(
                    BuildPhase.Detect,
                    0,
                    $"the source has no file {Sources.SourcePath.Show(path)} to build from (a link is not followed)"
                );
        return new(Path.GetDirectoryName(file)!, steps[^1]);
    }

    /// <summary>Writes a tar with everything that <c>.dockerignore</c> leaves; owners and times are none of the build's concern.</summary>
    public void Write(Stream output, CancellationToken cancel)
    {
        var ignore = new DockerIgnore(new UntrustedFolder(Folder).ReadText(DockerIgnore.FileName)?.Split('\n') ?? []);
        var tar = new TarWriter(output);
        foreach (var entry in FolderWalk.Of(Folder))
        {
            cancel.ThrowIfCancellationRequested();
            // The engine reads these two itself, and leaves them out again.
            if (entry.Relative != Dockerfile && entry.Relative != DockerIgnore.FileName && ignore.Excludes(entry.Relative))
                continue;
            using var content = entry.Status.Kind is FileKind.Regular ? File.OpenRead(entry.Path) : null;
            tar.Write(LayerEntries.From(entry, entry.Relative, owner: 0), content);
        }
        tar.Finish();
    }
}
