using NeetoDeploy.Builder.Builds;
using Tomlyn.Model;

namespace NeetoDeploy.Builder.Sources;

/// <summary>A buildpack that <c>project.toml</c> names: by id, by where it is, or by its very script.</summary>
/// <param name="Version">Empty: the newest.</param>
/// <param name="Uri">Empty when the id says all.</param>
/// <param name="Script">Null unless it is written in the file itself.</param>
internal sealed record ProjectBuildpack(string Id, string Version, string Uri, ProjectScript? Script)
{
    private static readonly string[] Reserved = ["app", "config", "generated", "sbom"];

    /// <summary>The folder in the source; null when it is elsewhere.</summary>
    public string? LocalPath =>
        Uri.Length == 0 || Uri.Contains(':') || Uri.Contains('=') || Uri.StartsWith('/')
            ? null
            : string.Join('/', Uri.Split('/').Where(s => s is not ("" or ".")));

    /// <exception cref="FormatException">It does not say what it is, or says it twice.</exception>
    public static ProjectBuildpack Read(TomlTable table)
    {
        var script = table.ContainsKey("script") ? ProjectScript.Read(TomlText.Table(table, "script")) : null;
        var found = new ProjectBuildpack(
            TomlText.String(table, "id"),
            TomlText.String(table, "version"),
            TomlText.String(table, "uri"),
            script
        );
        var ways = new[] { found.Version.Length > 0, found.Uri.Length > 0, script is not null }.Count(w => w);
        if (ways > 1)
            throw new FormatException($"the buildpack '{found.Id}' has more than one of 'version', 'uri' and 'script'");
        if (found.Id.Length == 0 && found.Uri.Length == 0)
            throw new FormatException("a buildpack has neither an 'id' nor a 'uri'");
        if (found.Id.Length > 0 && !IsId(found.Id))
            throw new FormatException($"'{SourcePath.Show(found.Id)}' cannot be a buildpack's id");
        return found;
    }

    /// <summary>Whether a text is an id by the buildpack specification; it becomes a folder's name.</summary>
    public static bool IsId(string id) =>
        id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '-' or '_')
        && id is not ("" or "." or "..")
        && !Reserved.Contains(id);

    /// <summary>Whether a text is a version; it becomes a folder's name.</summary>
    public static bool IsVersion(string version) =>
        System.Version.TryParse(version, out var parts) && parts is { Build: >= 0, Revision: < 0 };
}

/// <summary>A build program in <c>project.toml</c>.</summary>
/// <param name="Api">The version of the buildpack API that it follows.</param>
/// <param name="Shell">What runs it, with arguments perhaps.</param>
internal sealed record ProjectScript(string Api, string Shell, string Inline)
{
    public static ProjectScript Read(TomlTable table)
    {
        var shell = TomlText.String(table, "shell");
        var script = new ProjectScript(
            TomlText.String(table, "api"),
            shell.Length == 0 ? "/bin/sh" : shell,
            TomlText.String(table, "inline")
        );
        if (script.Api.Length == 0 || script.Inline.Length == 0)
            throw new FormatException("a 'script' needs both 'api' and 'inline'");
        return script.Shell.StartsWith('/') && !script.Shell.Contains('\n')
            ? script
            : throw new FormatException("the 'shell' of a script must be a full path");
    }
}
