using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Core.Buildpacks;

namespace NeetoDeploy.Builder.Buildpacks;

/// <summary>The buildpacks that come with the installation.</summary>
internal sealed class BundledBuildpacks(string lifecycleDirectory)
{
    private const string Official = "/heroku/heroku-buildpack-";

    /// <summary>
    /// The bundled one that stands for what an app has named; null when there is none. Heroku's names and repositories mean the bundled buildpack for the same
    /// language, which needs no internet; with a <c>#reference</c> somebody wants that very repository.
    /// </summary>
    public ChosenBuildpack? Find(string text, BuildpackSource source)
    {
        var name = source switch
        {
            BuildpackSource.Named named => named.Name,
            BuildpackSource.Repository { Reference: null, Url: { Host: "github.com" } url } when IsOfficial(url) => ShortName(url),
            _ => "",
        };
        var candidates = new[] { name, name.Replace("heroku/", "neeto/", StringComparison.Ordinal) };
        return Array.Find(candidates, Has) is { } id ? new ChosenBuildpack(text, id, NewestVersion(id)) : null;
    }

    public ChosenBuildpack? Find(string id) => Has(id) ? new ChosenBuildpack("", id, NewestVersion(id)) : null;

    /// <summary>The name for people, such as <c>Node.js</c>; its id when it has none.</summary>
    public string DisplayName(string id)
    {
        try
        {
            var toml = TomlText.Parse(File.ReadAllText(Path.Combine(FolderOf(id), NewestVersion(id), "buildpack.toml")));
            var name = TomlText.String(TomlText.Table(toml, "buildpack"), "name");
            return name.Length == 0 ? id : name.Replace(" buildpack", "", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return id;
        }
    }

    private static bool IsOfficial(Uri url) => url.AbsolutePath.StartsWith(Official, StringComparison.Ordinal);

    private static string ShortName(Uri url) =>
        "heroku/" + url.AbsolutePath[Official.Length..].Replace(".git", "", StringComparison.Ordinal);

    private bool Has(string id) =>
        id.Split('/') is [var owner, var name] && IsWord(owner) && IsWord(name) && Directory.Exists(FolderOf(id));

    private static bool IsWord(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private string FolderOf(string id) => Path.Combine(lifecycleDirectory, "buildpacks", id.Replace('/', '_'));

    private string NewestVersion(string id) =>
        Directory
            .GetDirectories(FolderOf(id))
            .Select(d => Path.GetFileName(d))
            .OrderByDescending(v => Version.TryParse(v, out var version) ? version : new Version(0, 0))
            .FirstOrDefault()
        ?? throw new IOException($"the buildpack {id} has no version");
}
