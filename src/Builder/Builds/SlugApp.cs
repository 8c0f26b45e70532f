using System.Collections.Immutable;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Formations;
using Tomlyn;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Builds;

/// <summary>
/// An uploaded slug as if a buildpack had made it: its process types for bash, before which the launcher reads what is in <c>/app/.profile.d</c>. One that
/// a build made brings the layers of its buildpacks, and what they said of them.
/// </summary>
internal static class SlugApp
{
    private const string Id = "neeto/slug";
    private const string Version = "1.0.0";
    private const string BuildpackApi = "0.10";
    private const string MetadataFile = "config/metadata.toml";

    /// <summary>Answers what there is to export.</summary>
    /// <exception cref="SourceException">It says nothing of what to run, or nothing that can be read.</exception>
    public static BuiltApp Make(AppFolder folder, SlugSpec slug)
    {
        var layers = new UntrustedFolder(folder.Layers);
        var built = Read(layers);
        if (built is null && layers.Directories().Count > 0)
            throw new SourceException($"the slug has layers, and no layers/{MetadataFile} that says what they are");
        if (built is null || !slug.ProcessTypes.IsEmpty)
        {
            var processes = slug.ProcessTypes.IsEmpty ? FromProcfile(new UntrustedFolder(folder.App)) : slug.ProcessTypes;
            built = BuiltApp.Parse(TomlSerializer.Serialize(Metadata(TomlText.Parse(built?.Toml), processes)));
        }
        foreach (var buildpack in built.Buildpacks)
            DescribeLayers(layers, buildpack);
        return built;
    }

    /// <summary>Null for a slug that no build made.</summary>
    private static BuiltApp? Read(UntrustedFolder layers)
    {
        try
        {
            return layers.ReadText(MetadataFile) is { } text ? BuiltApp.Parse(text) : null;
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            throw new SourceException($"the slug's layers/{MetadataFile} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Whatever layer is in an image was made for the running app.</summary>
    private static void DescribeLayers(UntrustedFolder layers, BuiltApp.Buildpack buildpack)
    {
        if (layers.Find(buildpack.Folder, FileKind.Directory) is not { } folder)
            return;
        foreach (var layer in layers.Directories(buildpack.Folder))
            new UntrustedFolder(folder).WriteText($"{layer}.toml", "[types]\nlaunch = true\n");
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

    /// <param name="made">What a build said of the app, whose buildpacks stay; empty for none.</param>
    private static TomlTable Metadata(TomlTable made, ImmutableSortedDictionary<string, string> processes)
    {
        var others = TomlText.Tables(made, "buildpacks").Where(b => TomlText.String(b, "id") != Id);
        var mine = new TomlTable
        {
            ["id"] = Id,
            ["version"] = Version,
            ["api"] = BuildpackApi,
        };
        made["buildpacks"] = Array([.. others, mine]);
        made["processes"] = Array(
            processes.Select(process => new TomlTable
            {
                ["type"] = process.Key,
                ["command"] = new TomlArray { process.Value },
                ["direct"] = false,
                ["buildpack-id"] = Id,
            })
        );
        return made;
    }

    private static TomlTableArray Array(IEnumerable<TomlTable> tables)
    {
        var array = new TomlTableArray();
        foreach (var table in tables)
            array.Add(table);
        return array;
    }
}
