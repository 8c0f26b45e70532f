namespace NeetoDeploy.Cli.Sessions;

/// <summary>Which installation, and as whom.</summary>
/// <param name="Url">The Platform API.</param>
/// <param name="AuthorityFile">PEM file of further certificate authorities; null: the machine's own.</param>
internal sealed record Login(string Url, string Token, string? AuthorityFile)
{
    /// <summary>An API's address as people type it, without what follows the host.</summary>
    /// <exception cref="CliException">It is none.</exception>
    public static string ParseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            ? url.GetLeftPart(UriPartial.Authority)
            : throw new CliException(ExitCode.Usage, $"'{text}' is not an address like https://api.example.com.");
}
