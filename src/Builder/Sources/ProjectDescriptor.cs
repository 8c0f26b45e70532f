using NeetoDeploy.Builder.Builds;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Sources;

/// <summary>
/// What the file <c>project.toml</c> in a source asks of its build
/// (<see href="https://github.com/buildpacks/spec/blob/main/extensions/project-descriptor.md"/>, schema 0.2; 0.1 had the same under <c>[build]</c>).
/// </summary>
/// <param name="Group">The buildpacks to build with; empty: whatever else decides.</param>
/// <param name="Pre">Buildpacks before those of any group.</param>
/// <param name="Post">Buildpacks behind those of any group.</param>
/// <param name="Include">Patterns; when there are any, the build sees nothing else of the source.</param>
/// <param name="Exclude">Patterns of what the build does not see.</param>
/// <param name="Environment">For the build. Config vars win over it.</param>
/// <param name="Builder">The builder image it was written for; empty when none is named.</param>
internal sealed record ProjectDescriptor(
    IReadOnlyList<ProjectBuildpack> Group,
    IReadOnlyList<ProjectBuildpack> Pre,
    IReadOnlyList<ProjectBuildpack> Post,
    IReadOnlyList<string> Include,
    IReadOnlyList<string> Exclude,
    IReadOnlyList<KeyValuePair<string, string>> Environment,
    string Builder
)
{
    public const string FileName = "project.toml";

    public static readonly ProjectDescriptor None = new([], [], [], [], [], [], "");

    /// <summary>The same with each buildpack replaced.</summary>
    public ProjectDescriptor With(Func<ProjectBuildpack, ProjectBuildpack> replace) =>
        this with
        {
            Group = [.. Group.Select(replace)],
            Pre = [.. Pre.Select(replace)],
            Post = [.. Post.Select(replace)],
        };

    /// <exception cref="SourceException">It is no TOML, or contradicts itself.</exception>
    public static ProjectDescriptor Parse(string text)
    {
        try
        {
            return Read(TomlText.Parse(text));
        }
        catch (FormatException broken)
        {
            throw new SourceException($"{FileName} cannot be used: {broken.Message}", broken);
        }
    }

    private static ProjectDescriptor Read(TomlTable root)
    {
        var version = TomlText.String(TomlText.Table(root, "_"), "schema-version");
        if (version is not ("" or "0.1" or "0.2"))
            throw new FormatException($"it follows schema-version {version}, and this installation knows 0.1 and 0.2");
        var current = TomlText.Table(TomlText.Table(root, "io"), "buildpacks");
        var isOld = version == "0.1" || (version.Length == 0 && current.Count == 0);
        var table = isOld ? TomlText.Table(root, "build") : current;
        var descriptor = new ProjectDescriptor(
            ReadBuildpacks(table, isOld ? "buildpacks" : "group"),
            ReadBuildpacks(TomlText.Table(table, "pre"), "group"),
            ReadBuildpacks(TomlText.Table(table, "post"), "group"),
            TomlText.Strings(table, "include"),
            TomlText.Strings(table, "exclude"),
            [.. TomlText.Tables(isOld ? table : TomlText.Table(table, "build"), "env").Select(Variable)],
            TomlText.String(table, "builder")
        );
        return descriptor.Include.Count > 0 && descriptor.Exclude.Count > 0
            ? throw new FormatException("it has both 'include' and 'exclude'; keep one of them")
            : descriptor;
    }

    private static List<ProjectBuildpack> ReadBuildpacks(TomlTable table, string key) =>
        [.. TomlText.Tables(table, key).Select(ProjectBuildpack.Read)];

    private static KeyValuePair<string, string> Variable(TomlTable table) =>
        KeyValuePair.Create(TomlText.String(table, "name"), TomlText.String(table, "value"));
}
