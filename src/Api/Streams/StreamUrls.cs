using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using NeetoDeploy.Core.Builds;
using NeetoDeploy.Core.Logs;

namespace NeetoDeploy.Api.Streams;

/// <summary>Makes and reads the URLs that carry their own permission: outputs, log sessions, uploaded sources.</summary>
public sealed partial class StreamUrls(ApiOptions options, UrlSigner signer)
{
    /// <summary>The route that streams an output.</summary>
    public const string OutputRoute = "/streams/outputs/{output}/{signature}";

    /// <summary>The route that streams an app's log.</summary>
    public const string LogRoute = "/streams/logs/{ticket}/{signature}";

    /// <summary>The route that takes an archive (PUT) and gives it back (GET).</summary>
    public const string SourceRoute = "/sources/{source}/{signature}";

    /// <summary>The route that takes a slug's archive.</summary>
    public const string SlugRoute = "/slugs/{app}/{slug}/{signature}";

    /// <summary>The route that gives a slug's archive.</summary>
    public const string SlugArchiveRoute = "/slugs/{app}/{slug}/{until}/{signature}";

    /// <summary>Where in the data folder uploaded archives are kept.</summary>
    public const string SourceFolder = "sources";

    /// <summary>Where an output is streamed. The same output always has the same URL.</summary>
    public string OutputUrl(OutputId output) => $"{options.PublicUrl}/streams/outputs/{output}/{signer.Sign($"output {output}")}";

    /// <summary>Whether a URL of this output is ours.</summary>
    public bool IsOutputUrl(OutputId output, string signature) => signer.IsSigned($"output {output}", signature);

    /// <summary>Where an app's log is streamed.</summary>
    public string LogUrl(LogTicket ticket)
    {
        var text = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(ticket, TicketJson.Default.LogTicket));
        return $"{options.PublicUrl}/streams/logs/{text}/{signer.Sign($"log {text}")}";
    }

    /// <summary>What a log session's URL permits; false when it is not ours. Whether it has expired is the caller's question.</summary>
    public bool TryReadLogTicket(string ticket, string signature, [NotNullWhen(true)] out LogTicket? result)
    {
        result = signer.IsSigned($"log {ticket}", signature)
            ? JsonSerializer.Deserialize(Base64Url.DecodeFromChars(ticket), TicketJson.Default.LogTicket)
            : null;
        // Earlier versions did not say who holds it.
        return result is { Holder: not null };
    }

    /// <summary>Where an archive is uploaded to and fetched from.</summary>
    public string SourceUrl(Guid source) => $"{options.PublicUrl}/sources/{source:D}/{signer.Sign($"source {source:D}")}";

    /// <summary>Whether a URL of this upload is ours.</summary>
    public bool IsSourceUrl(Guid source, string signature) => signer.IsSigned($"source {source:D}", signature);

    /// <summary>The file that keeps an uploaded archive.</summary>
    public string SourceFile(Guid source) => Path.Combine(options.DataDirectory, SourceFolder, $"{source:D}.tar.gz");

    /// <summary>Where a slug's archive is uploaded to.</summary>
    public string SlugUrl(AppId app, BuildId slug) => $"{options.PublicUrl}/slugs/{app}/{slug}/{signer.Sign($"slug {app} {slug}")}";

    /// <summary>Whether a URL of this slug is ours.</summary>
    public bool IsSlugUrl(AppId app, BuildId slug, string signature) => signer.IsSigned($"slug {app} {slug}", signature);

    /// <summary>Where a slug's archive is fetched from, until a time.</summary>
    public string SlugArchiveUrl(AppId app, Guid slug, DateTimeOffset until)
    {
        var place = $"{app}/{slug:D}/{until.ToUnixTimeSeconds()}";
        return $"{options.PublicUrl}/slugs/{place}/{signer.Sign($"slug archive {place}")}";
    }

    /// <summary>Whether a URL of this archive is ours. Whether its time is over is the caller's question.</summary>
    /// <param name="until">In seconds since 1970.</param>
    public bool IsSlugArchiveUrl(AppId app, Guid slug, long until, string signature) =>
        signer.IsSigned($"slug archive {app}/{slug:D}/{until}", signature);

    /// <summary>Where a build finds an archive: one of our own uploads is a file; other URLs stay, if they may be fetched at all.</summary>
    /// <returns>Null when it is no URL that a user may give: <c>file:</c> is for the installation alone.</returns>
    public string? LocateSource(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            return null;
        var prefix = $"{options.PublicUrl}/sources/";
        if (!url.StartsWith(prefix, StringComparison.Ordinal))
            return url;
        return
            url[prefix.Length..].Split('/') is [var id, var signature]
            && Guid.TryParseExact(id, "D", out var source)
            && IsSourceUrl(source, signature)
            ? new Uri(SourceFile(source)).AbsoluteUri
            : null;
    }

    [JsonSerializable(typeof(LogTicket))]
    private sealed partial class TicketJson : JsonSerializerContext;
}
