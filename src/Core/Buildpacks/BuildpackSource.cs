using System.Text.RegularExpressions;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Buildpacks;

/// <summary>Where a buildpack is, read from what a user wrote.</summary>
public abstract partial record BuildpackSource
{
    private BuildpackSource() { }

    /// <summary><c>heroku/nodejs</c>: bundled, or in Heroku's registry of classic buildpacks.</summary>
    public sealed record Named(string Name) : BuildpackSource;

    /// <summary>A git repository.</summary>
    /// <param name="Reference">A branch, a tag or a whole commit id; null for the default branch.</param>
    public sealed record Repository(Uri Url, string? Reference) : BuildpackSource;

    /// <summary>A tar, compressed by gzip or not.</summary>
    public sealed record Archive(Uri Url) : BuildpackSource;

    /// <summary>A <c>.cnb</c> file: an OCI layout in a tar.</summary>
    public sealed record Package(Uri Url) : BuildpackSource;

    /// <summary><c>docker://registry/repository:tag</c>: a buildpackage in an OCI registry.</summary>
    public sealed record Image(string Reference) : BuildpackSource;

    /// <summary><c>urn:cnb:registry:heroku/nodejs@1.2.3</c>: in the registry of Cloud Native Buildpacks.</summary>
    /// <param name="Version">Null for the newest.</param>
    public sealed record Registered(string Name, string? Version) : BuildpackSource;

    /// <summary><c>./buildpacks/mine</c>: a folder of the app's own source.</summary>
    public sealed record Folder(string Path) : BuildpackSource;

    /// <summary>The only way to branch on it.</summary>
    public T Match<T>(
        Func<Named, T> named,
        Func<Repository, T> repository,
        Func<Archive, T> archive,
        Func<Package, T> package,
        Func<Image, T> image,
        Func<Registered, T> registered,
        Func<Folder, T> folder
    ) =>
        this switch
        {
            Named n => named(n),
            Repository r => repository(r),
            Archive a => archive(a),
            Package p => package(p),
            Image i => image(i),
            Registered r => registered(r),
            Folder f => folder(f),
            _ => throw new InvalidOperationException(),
        };

    /// <summary>Reads what a user wrote; a refusal says what is wrong with it.</summary>
    public static Result<BuildpackSource> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (NamePattern().IsMatch(text))
            return new Named(text);
        if (RegisteredPattern().Match(text) is { Success: true } registered)
            return new Registered(
                registered.Groups[1].Value,
                registered.Groups[2] is { Success: true, Value: var version } ? version : null
            );
        if (ImagePattern().Match(text) is { Success: true } image)
            return new Image(image.Groups[1].Value);
        if (FolderPattern().IsMatch(text) && !text.Split('/').Contains(".."))
            return new Folder(text[2..].TrimEnd('/'));
        return
            text.All(c => c is > ' ' and < (char)127 and not '"')
            && Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url.Host.Length > 0
            ? ParseUrl(text, url)
            : Refuse(text, "is no buildpack: give a name such as heroku/nodejs, an https URL, docker://image, or ./folder of the app");
    }

    private static Result<BuildpackSource> ParseUrl(string text, Uri url)
    {
        if (url.UserInfo.Length > 0)
            return Refuse(
                url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
                "may not hold a user or password: everybody who sees the app would see it"
            );
        var reference = url.Fragment.TrimStart('#');
        var bare = new Uri(url.GetLeftPart(UriPartial.Query));
        if (url.AbsolutePath.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            return Refuse(text, "is a zip archive; give a .tgz or a git repository");
        if (url.AbsolutePath.EndsWith(".cnb", StringComparison.OrdinalIgnoreCase))
            return new Package(bare);
        if (ArchivePattern().IsMatch(url.AbsolutePath))
            return new Archive(bare);
        if (reference.Length > 0 && !GitSource.IsReference(reference))
            return Refuse(text, "names after # what cannot be a branch, a tag or a commit");
        return new Repository(bare, reference.Length == 0 ? null : reference);
    }

    private static Error Refuse(string text, string why) => new(ErrorCodes.BuildpackUnknown, $"'{text}' {why}.");

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]*/[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\Aurn:cnb:registry:([a-z0-9][a-z0-9_-]*/[A-Za-z0-9][A-Za-z0-9._-]*)(?:@([A-Za-z0-9][A-Za-z0-9.+-]*))?\z")]
    private static partial Regex RegisteredPattern();

    [GeneratedRegex(
        @"\Adocker://([A-Za-z0-9][A-Za-z0-9._:-]*(?:/[a-z0-9][A-Za-z0-9._-]*)+(?::[A-Za-z0-9_][A-Za-z0-9._-]*)?(?:@sha256:[0-9a-f]{64})?)\z"
    )]
    private static partial Regex ImagePattern();

    [GeneratedRegex(@"\A\./[A-Za-z0-9._][A-Za-z0-9._/-]*\z")]
    private static partial Regex FolderPattern();

    // As code hosts spell the archives that they make themselves, too.
    [GeneratedRegex(@"(\.tgz|\.tar\.gz|\.tar|/tar\.gz/.+|/tarball(/.*)?)\z", RegexOptions.IgnoreCase)]
    private static partial Regex ArchivePattern();
}
