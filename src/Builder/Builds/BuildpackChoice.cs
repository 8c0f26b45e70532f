using System.Collections.Immutable;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;
using Tomlyn;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Builds;

/// <summary>
/// Decides what is detected: the buildpacks of the app or the build, else those that <c>project.toml</c> names, else any that is bundled. What that file
/// puts before or behind every group is put there in each case.
/// </summary>
internal sealed class BuildpackChoice(BuildpackOrder known)
{
    private const string OrderName = "order.toml";
    private const string SystemName = "system.toml";

    /// <summary>The order file in the sandbox.</summary>
    public string OrderFile { get; private set; } = "/cnb/order.toml";

    /// <summary>The file in the sandbox with what belongs to every group.</summary>
    public string SystemFile => $"/layers/{SystemName}";

    /// <summary>Throws <see cref="BuildFailedException"/> when a buildpack is not known here.</summary>
    public BuildpackChoice Write(ImmutableArray<BuildpackRef> named, ProjectDescriptor project, UntrustedFolder layers)
    {
        if (!named.IsDefaultOrEmpty)
            WriteOrder(layers, known.Write(named));
        else if (project.Group.Count > 0)
            WriteOrder(layers, known.Write(project.Group));
        var system = new TomlTable { ["pre"] = Buildpacks(project.Pre), ["post"] = Buildpacks(project.Post) };
        layers.WriteText(SystemName, TomlSerializer.Serialize(new TomlTable { ["system"] = system }));
        return this;
    }

    private void WriteOrder(UntrustedFolder layers, string order)
    {
        layers.WriteText(OrderName, order);
        OrderFile = $"/layers/{OrderName}";
    }

    private TomlTable Buildpacks(IEnumerable<ProjectBuildpack> buildpacks)
    {
        var list = new TomlTableArray();
        foreach (var (id, version) in buildpacks.Select(known.Identify))
            list.Add(new TomlTable { ["id"] = id, ["version"] = version });
        return new() { ["buildpacks"] = list };
    }
}
