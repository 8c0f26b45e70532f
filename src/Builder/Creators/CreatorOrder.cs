using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Buildpacks;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Drivers.Abstractions.Builds;
using Tomlyn;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Creators;

/// <summary>Which of a builder's buildpacks are tried: those that were chosen, else as the builder says itself.</summary>
internal static class CreatorOrder
{
    /// <summary>Where a lifecycle looks before it takes the builder's own (buildpacks platform specification, "detector").</summary>
    private const string FileName = "order.toml";

    private const string Procfile = "heroku/procfile";

    /// <exception cref="BuildFailedException">The builder does not have one of them.</exception>
    public static void Write(IReadOnlyList<BuildpackRef> named, ProjectDescriptor project, BuilderImage builder, UntrustedFolder layers)
    {
        var chosen = named.Count > 0 ? named.Select(Parse) : project.Group.Select(Parse);
        var group = new TomlTableArray();
        foreach (var (id, version) in chosen)
            group.Add(Entry(id, version, builder));
        if (group.Count == 0)
            return;
        // Heroku reads the Procfile whatever the buildpacks are.
        if (builder.Buildpacks.ContainsKey(Procfile) && group.All(entry => !Procfile.Equals(entry["id"])))
        {
            var procfile = Entry(Procfile, "", builder);
            procfile["optional"] = true;
            group.Add(procfile);
        }
        layers.WriteText(
            FileName,
            TomlSerializer.Serialize(new TomlTable { ["order"] = new TomlTableArray { new TomlTable { ["group"] = group } } })
        );
    }

    private static (string Id, string Version) Parse(BuildpackRef buildpack) =>
        BuildpackSource.Parse(buildpack.Url).Match<BuildpackSource?>(source => source, _ => null) switch
        {
            BuildpackSource.Named named => (named.Name, ""),
            BuildpackSource.Registered registered => (registered.Name, registered.Version ?? ""),
            _ => throw Elsewhere(buildpack.Url),
        };

    private static (string Id, string Version) Parse(ProjectBuildpack buildpack) =>
        buildpack is { Uri.Length: 0, Script: null } ? (buildpack.Id, buildpack.Version) : throw Elsewhere(buildpack.Uri);

    private static TomlTable Entry(string id, string version, BuilderImage builder)
    {
        if (!builder.Buildpacks.TryGetValue(id, out var versions))
            throw Failed(
                $"the builder {builder.Reference} has no buildpack {SourcePath.Show(id)}; it has {string.Join(", ", builder.Buildpacks.Keys.Order(StringComparer.Ordinal))}"
            );
        if (version.Length > 0 && !versions.Contains(version))
            throw Failed($"the builder {builder.Reference} has {id} {string.Join(", ", versions)}, and not {SourcePath.Show(version)}");
        return new() { ["id"] = id, ["version"] = version.Length > 0 ? version : versions[^1] };
    }

    private static BuildFailedException Elsewhere(string text) =>
        Failed(
            $"the buildpack {(text.Length == 0 ? "in project.toml" : SourcePath.Show(text))} cannot be used: on this app's stack buildpacks are those of its builder, such as heroku/nodejs"
        );

    private static BuildFailedException Failed(string message) => new(BuildPhase.Detect, 0, message);
}
