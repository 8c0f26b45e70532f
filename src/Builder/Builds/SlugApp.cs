using System.Collections.Immutable;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Formations;
using Tomlyn;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Builds;

/// <summary>
/// An uploaded slug as if a buildpack had made it: its process types for bash, before which the launcher reads what is in <c>/app/.profile.d</c>.
/// </summary>
internal static class SlugApp
{
    private const string Id = "neeto/slug";
    private const string Version = "1.0.0";
    private const string BuildpackApi = "0.10";

    /// <summary>Answers what there is to export.</summary>
    public static BuiltApp Make(AppFolder folder, SlugSpec slug)
    {
        var processes = slug.ProcessTypes.IsEmpty ? FromProcfile(new UntrustedFolder(folder.App)) : slug.ProcessTypes;
        return BuiltApp.Parse(TomlSerializer.Serialize(Metadata(processes)));
    }

    private static ImmutableSortedDictionary<string, string> FromProcfile(UntrustedFolder app)
    {
        var text =
            app.ReadText("Procfile")
            ?? throw new SourceException(
                "the slug has no process types: give process_types when it is created, or put a Procfile into ./app"
            );
        return ProcfileParser
            .Parse(text)
            .Match(
                procfile => procfile.Entries.ToImmutableSortedDictionary(e => e.Type.ToString(), e => e.Command, StringComparer.Ordinal),
                refused => throw new SourceException(refused.Message.TrimEnd('.'))
            );
    }

    private static TomlTable Metadata(ImmutableSortedDictionary<string, string> processes) =>
        new()
        {
            ["buildpacks"] = new TomlTableArray
            {
                new TomlTable
                {
                    ["id"] = Id,
                    ["version"] = Version,
                    ["api"] = BuildpackApi,
                },
            },
            ["processes"] = Array(
                processes.Select(process => new TomlTable
                {
                    ["type"] = process.Key,
                    ["command"] = new TomlArray { process.Value },
                    ["direct"] = false,
                    ["buildpack-id"] = Id,
                })
            ),
        };

    private static TomlTableArray Array(IEnumerable<TomlTable> tables)
    {
        var array = new TomlTableArray();
        foreach (var table in tables)
            array.Add(table);
        return array;
    }
}
