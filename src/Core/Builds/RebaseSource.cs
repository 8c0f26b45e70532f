using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Builds;

/// <summary>
/// The URL of a source that is the image of the newest release, to be put on the present run image of the app's stack: <c>rebase:</c>, or <c>rebase:force</c> for one
/// that says it must not be, or that was built on another system.
/// </summary>
public static class RebaseSource
{
    private const string Scheme = "rebase:";
    private const string Forced = Scheme + "force";

    public static bool Is(string url) => url.StartsWith(Scheme, StringComparison.Ordinal);

    public static string Write(bool force) => force ? Forced : Scheme;

    /// <summary>Whether it is to be done by force.</summary>
    public static Result<bool> Parse(string url) =>
        url switch
        {
            Scheme => false,
            Forced => true,
            _ => new Error(ErrorCodes.SourceInvalid, $"A rebase is asked for by '{Scheme}' or '{Forced}', not by anything else."),
        };
}
