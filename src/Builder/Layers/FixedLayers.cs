using System.Text;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Posix;

namespace NeetoDeploy.Builder.Layers;

/// <summary>The layers that are not a buildpack's: the launcher, and what tells it how to start the app.</summary>
internal static class FixedLayers
{
    private const int Root = 0;
    public const string LauncherPath = "/cnb/lifecycle/launcher";

    public static ImageLayer Launcher(string hostPath)
    {
        var status = FileStatus.Of(hostPath) ?? throw new FileNotFoundException($"There is no launcher at {hostPath}.", hostPath);
        var launcher = LayerEntry.File("cnb/lifecycle/launcher", new FolderEntry("launcher", hostPath, status), Root) with
        {
            Mode = 0b111_101_101,
        };
        return new("launcher", [LayerEntry.Folder("cnb", Root), LayerEntry.Folder("cnb/lifecycle", Root), launcher]);
    }

    /// <summary><c>/cnb/process/web</c> is the launcher by the name of what it shall start.</summary>
    public static ImageLayer Config(BuiltApp built, int user) =>
        new(
            "config",
            [
                LayerEntry.Folder("cnb", Root),
                LayerEntry.Folder("cnb/process", Root),
                .. built
                    .Processes.Select(p => p.Type)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .Select(type => LayerEntry.Link($"cnb/process/{type}", LauncherPath, Root)),
                LayerEntry.Folder("layers", user),
                LayerEntry.Folder("layers/config", user),
                LayerEntry.Text("layers/config/metadata.toml", Encoding.UTF8.GetBytes(built.Toml), user),
            ]
        );
}
