using System.Text.RegularExpressions;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Builds;

/// <summary>What users may write for a buildpack: a registry name, its URN, or the URL of a git repository or an archive.</summary>
public static partial class BuildpackNames
{
    private const string Urn = "urn:buildpack:";

    /// <summary>Reads what a user wrote. A URN becomes the bare name, so that each buildpack has one spelling.</summary>
    public static Result<BuildpackRef> Parse(string text)
    {
        var bare = text.StartsWith(Urn, StringComparison.Ordinal) ? text[Urn.Length..] : text;
        if (Name().IsMatch(bare))
            return new BuildpackRef(bare);
        if (Uri.TryCreate(bare, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0)
            return new BuildpackRef(bare);
        return new Error(ErrorCodes.BuildpackUnknown, $"'{text}' is neither a buildpack's name such as heroku/nodejs nor an https URL.");
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]*/[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex Name();
}
