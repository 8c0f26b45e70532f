using NeetoDeploy.Builder.Buildpacks;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;
using Tomlyn;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Builds;

/// <summary>
/// Decides what is detected: the buildpacks of the app or the build, else those that <c>project.toml</c> names, else any that is bundled. What that file
/// puts before or behind every group is put there in each case.
/// </summary>
internal sealed class BuildpackChoice(BuildpackResolver resolver, BundledBuildpacks bundled)
{
    private const string Procfile = "neeto/procfile";
    private const string OrderName = "order.toml";
    private const string SystemName = "system.toml";

    /// <summary>Where the sandbox has buildpacks that come with the source.</summary>
    public const string OfSource = "/buildpacks";

    private const string Fetched = "/fetched";
    private const string Bundled = "/cnb/buildpacks";

    private readonly List<SandboxMount> mounts = [];

    /// <summary>The order file in the sandbox.</summary>
    public string OrderFile { get; private set; } = "/cnb/order.toml";

    /// <summary>The file in the sandbox with what belongs to every group.</summary>
    public string SystemFile => $"/layers/{SystemName}";

    /// <summary>The folders of buildpacks that were fetched: of those that this build uses, and of no others.</summary>
    public IReadOnlyList<SandboxMount> Mounts => mounts;

    /// <summary>Where the lifecycle finds buildpacks: what somebody has chosen comes before what is bundled.</summary>
    public string Folders => string.Join(':', [OfSource, .. mounts.Select((_, i) => $"{Fetched}/{i + 1}"), Bundled]);

    /// <summary>Throws <see cref="BuildFailedException"/> when a buildpack cannot be had.</summary>
    public async Task<BuildpackChoice> WriteAsync(
        IReadOnlyList<BuildpackRef> named,
        ProjectDescriptor project,
        UntrustedFolder layers,
        CancellationToken cancel
    )
    {
        var group = named.Count > 0 ? await resolver.FindAsync(named, cancel) : await resolver.FindAsync(project.Group, cancel);
        if (group.Count > 0)
        {
            layers.WriteText(OrderName, TomlSerializer.Serialize(Order(group)));
            OrderFile = $"/layers/{OrderName}";
        }
        var (pre, post) = (await resolver.FindAsync(project.Pre, cancel), await resolver.FindAsync(project.Post, cancel));
        var system = new TomlTable { ["pre"] = Buildpacks(pre), ["post"] = Buildpacks(post) };
        layers.WriteText(SystemName, TomlSerializer.Serialize(new TomlTable { ["system"] = system }));
        foreach (var buildpack in group.Concat(pre).Concat(post).Where(b => b.HostFolder is not null).DistinctBy(b => b.HostFolder))
            mounts.Add(new(buildpack.HostFolder!, Path.Combine($"{Fetched}/{mounts.Count + 1}", buildpack.Place), ReadOnly: true));
        return this;
    }

    private TomlTable Order(IReadOnlyList<ChosenBuildpack> chosen)
    {
        var group = Entries(chosen);
        // Heroku reads the Procfile whatever the buildpacks are.
        if (chosen.All(b => b.Id != Procfile) && bundled.Find(Procfile) is { } procfile)
        {
            var entry = Entry(procfile);
            entry["optional"] = true;
            group.Add(entry);
        }
        return new() { ["order"] = new TomlTableArray { new TomlTable { ["group"] = group } } };
    }

    private static TomlTable Buildpacks(IEnumerable<ChosenBuildpack> buildpacks) => new() { ["buildpacks"] = Entries(buildpacks) };

    private static TomlTableArray Entries(IEnumerable<ChosenBuildpack> buildpacks)
    {
        var list = new TomlTableArray();
        foreach (var buildpack in buildpacks)
            list.Add(Entry(buildpack));
        return list;
    }

    private static TomlTable Entry(ChosenBuildpack buildpack) =>
        buildpack.Source.Length == 0
            ? new() { ["id"] = buildpack.Id, ["version"] = buildpack.Version }
            : new()
            {
                ["id"] = buildpack.Id,
                ["version"] = buildpack.Version,
                ["source"] = buildpack.Source,
            };
}
