using System.Text.RegularExpressions;
using NeetoDeploy.Builder.Builds;
using NeetoDeploy.Builder.Posix;
using NeetoDeploy.Builder.Sources;

namespace NeetoDeploy.Builder.Buildpacks;

/// <summary>Who a buildpack is: a Cloud Native one says so itself, a classic one is called after where it came from.</summary>
internal sealed partial record BuildpackIdentity(string Id, string Version, bool IsClassic)
{
    /// <summary>Where folders of buildpacks have it.</summary>
    public string Place => Path.Combine(Id.Replace('/', '_'), Version);

    /// <param name="name">For a classic buildpack.</param>
    /// <param name="version">For a classic buildpack.</param>
    /// <exception cref="SourceException">There is no buildpack in the folder.</exception>
    public static BuildpackIdentity Of(UntrustedFolder folder, string name, string version)
    {
        var toml = TomlText.Parse(folder.ReadText("buildpack.toml"));
        var isNative = TomlText.String(toml, "api").Length > 0 && (Has(folder, "bin/build") || TomlText.Tables(toml, "order").Any());
        if (!isNative)
            return Has(folder, "bin/compile")
                ? new(name, version, IsClassic: true)
                : throw new SourceException(
                    "it holds neither bin/compile (a classic buildpack) nor a buildpack.toml with api and bin/build (a Cloud Native one)"
                );
        var own = TomlText.Table(toml, "buildpack");
        return Checked(TomlText.String(own, "id"), TomlText.String(own, "version"));
    }

    /// <summary>A Cloud Native buildpack's own words, which become names of folders.</summary>
    /// <exception cref="SourceException">They cannot.</exception>
    public static BuildpackIdentity Checked(string id, string version) =>
        IdPattern().IsMatch(id) && !id.Contains("..", StringComparison.Ordinal) && VersionPattern().IsMatch(version)
            ? new(id, version, IsClassic: false)
            : throw new SourceException($"its id '{SourcePath.Show(id)}' or its version '{SourcePath.Show(version)}' cannot be used");

    private static bool Has(UntrustedFolder folder, string program) =>
        (folder.Find(program, FileKind.Regular) ?? folder.Find(program, FileKind.Link)) is not null;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._/-]*\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._+-]*\z")]
    private static partial Regex VersionPattern();
}
