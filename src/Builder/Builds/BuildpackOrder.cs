using System.Text;
using NeetoDeploy.Builder.Sources;
using NeetoDeploy.Core.Builds;

namespace NeetoDeploy.Builder.Builds;

/// <summary>Turns the buildpacks that an app names into an <c>order.toml</c> of one group.</summary>
internal sealed class BuildpackOrder(string lifecycleDirectory)
{
    private const string Procfile = "neeto/procfile";

    /// <summary>Throws <see cref="BuildFailedException"/> when one is not known here.</summary>
    public string Write(IEnumerable<BuildpackRef> buildpacks) => Write(buildpacks.Select(Identify));

    /// <inheritdoc cref="Write(IEnumerable{BuildpackRef})"/>
    public string Write(IEnumerable<ProjectBuildpack> buildpacks) => Write(buildpacks.Select(Identify));

    /// <summary>The id and version of one that <c>project.toml</c> names.</summary>
    public (string Id, string Version) Identify(ProjectBuildpack buildpack)
    {
        if (buildpack.Script is not null || buildpack.LocalPath is not null)
            return (buildpack.Id, buildpack.Version);
        var found = Identify(new BuildpackRef(buildpack.Uri.Length > 0 ? buildpack.Uri : buildpack.Id));
        return buildpack.Version.Length == 0 || buildpack.Version == found.Version
            ? found
            : throw new BuildFailedException(
                BuildPhase.Detect,
                0,
                $"{ProjectDescriptor.FileName} wants {buildpack.Id} {SourcePath.Show(buildpack.Version)}, and this installation has {found.Version}: leave the version out to use it"
            );
    }

    private (string Id, string Version) Identify(BuildpackRef buildpack) => Find(buildpack) is var id ? (id, NewestVersion(id)) : default;

    private string Write(IEnumerable<(string Id, string Version)> buildpacks)
    {
        var toml = new StringBuilder("[[order]]\n");
        var group = buildpacks.ToList();
        foreach (var (id, version) in group)
            toml.Append($"[[order.group]]\nid = \"{id}\"\nversion = \"{version}\"\n");
        // Heroku reads the Procfile whatever the buildpacks are.
        if (!group.Exists(b => b.Id == Procfile) && Exists(Procfile))
            toml.Append($"[[order.group]]\nid = \"{Procfile}\"\nversion = \"{NewestVersion(Procfile)}\"\noptional = true\n");
        return toml.ToString();
    }

    /// <summary>The name for people of a bundled buildpack, such as <c>Node.js</c>; its id when it has none.</summary>
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

    private string Find(BuildpackRef buildpack)
    {
        var name = ShortName(buildpack.Url);
        var candidates = new[] { name, name.Replace("heroku/", "neeto/", StringComparison.Ordinal) };
        return Array.Find(candidates, Exists)
            ?? throw new BuildFailedException(
                BuildPhase.Detect,
                0,
                $"the buildpack {Sources.SourcePath.Show(buildpack.Url)} is not available here"
            );
    }

    /// <summary><c>https://github.com/heroku/heroku-buildpack-nodejs.git</c> and <c>urn:buildpack:heroku/nodejs</c> are <c>heroku/nodejs</c>.</summary>
    private static string ShortName(string url)
    {
        var name = url.StartsWith("urn:buildpack:", StringComparison.Ordinal) ? url["urn:buildpack:".Length..] : url;
        const string official = "https://github.com/heroku/heroku-buildpack-";
        return name.StartsWith(official, StringComparison.Ordinal)
            ? "heroku/" + name[official.Length..].Split('#')[0].Replace(".git", "", StringComparison.Ordinal)
            : name;
    }

    private bool Exists(string id) =>
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
