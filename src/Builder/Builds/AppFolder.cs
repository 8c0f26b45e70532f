using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>What the builder keeps of one app. Only one build is in it at a time.</summary>
internal sealed record AppFolder(string Root)
{
    /// <summary>The source, and what buildpacks made of it.</summary>
    public string App => Path.Combine(Root, "app");

    /// <summary>A source while it is unpacked.</summary>
    public string AppScratch => Path.Combine(Root, "app.next");

    /// <summary>The buildpacks' layers, kept from build to build.</summary>
    public string Layers => Path.Combine(Root, "layers");

    /// <summary>Config vars while a build runs.</summary>
    public string Platform => Path.Combine(Root, "platform");

    /// <summary>Buildpacks that come with the source, while a build runs.</summary>
    public string Buildpacks => Path.Combine(Root, "buildpacks");

    /// <summary>For package managers, kept from build to build.</summary>
    public string Cache => Path.Combine(Root, "cache");

    /// <summary><c>/tmp</c> of a build.</summary>
    public string Temporary => Path.Combine(Root, "tmp");

    /// <summary>Images that a builder's own lifecycle is given, and the one that it makes, while a build runs.</summary>
    public string Layout => Path.Combine(Root, "layout");

    /// <summary>All that a sandbox can write to.</summary>
    public IReadOnlyList<string> WrittenBySandbox => [App, Layers, Cache, Temporary, Layout];

    /// <summary>The builder's own notes, which no sandbox sees.</summary>
    public string State => Path.Combine(Root, "state");

    public string SourceIndex => Path.Combine(State, "source.json");

    public string LayerIndex => Path.Combine(State, "layers.json");

    /// <summary>Layers on their way to the registry.</summary>
    public string Spool => Path.Combine(State, "spool");

    /// <summary>For an uploaded slug, apart from what builds keep.</summary>
    public AppFolder Slug => new(Path.Combine(Root, "slug"));

    /// <summary>Names the stack that the kept layers and the cache are for.</summary>
    public string Stack => Path.Combine(State, "stack");

    /// <summary>Names the attempt that is in the folder; it stays when the attempt dies.</summary>
    public string Attempt => Path.Combine(State, "attempt");

    public void Make(int user)
    {
        Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(State);
        RemoveScratch();
        Directory.CreateDirectory(Spool);
        foreach (var folder in new[] { Layers, Cache, Path.Combine(Cache, "home"), Temporary })
        {
            if (FileStatus.Of(folder) is { Kind: not FileKind.Directory })
                File.Delete(folder);
            Directory.CreateDirectory(folder);
            Ownership.Give(folder, user);
        }
    }

    /// <summary>Removes all that a build can make again: a slower next build.</summary>
    public void GiveBack()
    {
        RemoveScratch();
        foreach (var kept in WrittenBySandbox.Where(Directory.Exists))
            Directory.Delete(kept, recursive: true);
    }

    /// <summary>Makes one of these folders anew, empty.</summary>
    public static void Renew(string folder, int user)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        Ownership.Give(folder, user);
    }

    /// <summary>What was kept for other base images is not used on these. A folder without the note is from before there was a choice.</summary>
    public void SettleOn(string stack)
    {
        var before = File.Exists(Stack) ? File.ReadAllText(Stack) : KnownStacks.Default;
        if (before != stack)
            GiveBack();
        Directory.CreateDirectory(State);
        File.WriteAllText(Stack, stack);
    }

    /// <summary>Removes what only a running attempt needs.</summary>
    public void RemoveScratch()
    {
        foreach (
            var folder in new[]
            {
                AppScratch,
                SourceTree.Place.FetchBeside(AppScratch),
                Platform,
                Buildpacks,
                Temporary,
                Layout,
                Spool,
                Slug.Root,
            }
        )
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }
}
