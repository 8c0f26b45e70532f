using System.Text.RegularExpressions;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Builds;

/// <summary>
/// The URL of a source that is in a git repository: <c>git+https://code.example/team/shop.git#main</c>. What follows <c>#</c> is a branch, a tag or a whole
/// commit id; without it the repository's default branch is built.
/// </summary>
/// <param name="Repository">Its <c>http</c> or <c>https</c> URL, without user and password.</param>
/// <param name="Reference">Null for the default branch.</param>
public sealed partial record GitSource(Uri Repository, string? Reference)
{
    private const string Prefix = "git+";

    public static bool Is(string url) => url.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Reads the source's URL, or what a person writes: the same without <c>git+</c>.</summary>
    public static Result<GitSource> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bare = Is(text) ? text[Prefix.Length..] : text;
        if (
            !bare.All(c => c is > ' ' and < (char)127 and not '"')
            || !Uri.TryCreate(bare, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.Host.Length == 0
        )
            return Refuse("it must be an https URL, with #branch behind it when it is not the default branch");
        if (url.UserInfo.Length > 0)
            return Refuse("it may not hold a user or password: everybody who sees the app would see it");
        var reference = url.Fragment.TrimStart('#');
        return reference.Length == 0 || IsReference(reference)
            ? new GitSource(new Uri(url.GetLeftPart(UriPartial.Query)), reference.Length == 0 ? null : reference)
            : Refuse("what follows # cannot be a branch, a tag or a commit");
    }

    /// <summary>Whether a text can be a branch, a tag or a commit, and certainly is no option of a program.</summary>
    public static bool IsReference(string text) => ReferencePattern().IsMatch(text) && !text.Contains("..", StringComparison.Ordinal);

    /// <summary>The source's URL.</summary>
    public string Write() => $"{Prefix}{Repository.AbsoluteUri}{(Reference is null ? "" : $"#{Reference}")}";

    private static Error Refuse(string why) => new(ErrorCodes.SourceInvalid, $"The git repository cannot be used: {why}.");

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._/+-]*\z")]
    private static partial Regex ReferencePattern();
}
