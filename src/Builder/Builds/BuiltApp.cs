using System.Collections.Immutable;
using NeetoDeploy.Core.Formations;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Builds;

/// <summary>What <c>config/metadata.toml</c> says that the buildpacks made.</summary>
internal sealed record BuiltApp(
    string Toml,
    IReadOnlyList<BuiltApp.Buildpack> Buildpacks,
    IReadOnlyList<BuiltApp.Process> Processes,
    IReadOnlyList<KeyValuePair<string, string>> Labels,
    IReadOnlyList<IReadOnlyList<string>> Slices,
    string? DefaultProcess
)
{
    internal sealed record Buildpack(string Id, string Version, string Api, string Homepage)
    {
        /// <summary>The folder of its layers.</summary>
        public string Folder => Id.Replace('/', '_');

        public override string ToString() => $"{Id} {Version}";
    }

    internal sealed record Process(
        string Type,
        IReadOnlyList<string> Command,
        IReadOnlyList<string> Arguments,
        bool IsDirect,
        string WorkingDirectory,
        string Buildpack,
        IReadOnlyList<string> ExecutionEnvironments
    )
    {
        /// <summary>As its author declared it: the line of a Procfile, or the words of a command.</summary>
        public string Declared =>
            Command is ["bash" or "/bin/bash", "-c", var line] && Arguments.Count == 0 ? line : string.Join(' ', Command.Concat(Arguments));
    }

    /// <summary>Command of each process type, as declared.</summary>
    public ImmutableSortedDictionary<string, string> DeclaredTypes() =>
        Processes.DistinctBy(p => p.Type).ToImmutableSortedDictionary(p => p.Type, p => p.Declared);

    /// <summary>Throws <see cref="FormatException"/> when the document cannot be used.</summary>
    public static BuiltApp Parse(string toml)
    {
        var root = TomlText.Parse(toml);
        var processes = TomlText.Tables(root, "processes").Select(ReadProcess).ToList();
        if (processes.Find(p => !ProcessType.TryParse(p.Type, null, out _)) is { } wrong)
            throw new FormatException($"'{Sources.SourcePath.Show(wrong.Type)}' cannot name a process type");
        var chosen = TomlText.String(root, "buildpack-default-process-type");
        return new(
            toml,
            [.. TomlText.Tables(root, "buildpacks").Select(ReadBuildpack)],
            processes,
            [.. TomlText.Tables(root, "labels").Select(l => KeyValuePair.Create(TomlText.String(l, "key"), TomlText.String(l, "value")))],
            [.. TomlText.Tables(root, "slices").Select(s => TomlText.Strings(s, "paths"))],
                // Heroku's rule comes before the buildpacks': requests go to "web".
                processes.Exists(p => p.Type == "web")
                    ? "web"
                : processes.Exists(p => p.Type == chosen) ? chosen
                : null
        );
    }

    private static Buildpack ReadBuildpack(TomlTable b) =>
        new(TomlText.String(b, "id"), TomlText.String(b, "version"), TomlText.String(b, "api"), TomlText.String(b, "homepage"));

    private static Process ReadProcess(TomlTable p) =>
        new(
            TomlText.String(p, "type"),
            TomlText.Strings(p, "command"),
            TomlText.Strings(p, "args"),
            TomlText.Flag(p, "direct"),
            TomlText.String(p, "working-dir"),
            TomlText.String(p, "buildpack-id"),
            TomlText.Strings(p, "exec-env")
        );
}
