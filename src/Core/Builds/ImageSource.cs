using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Builds;

/// <summary>
/// The URL of a source that is images which exist already: <c>image:web=registry.example/shop:7,worker=sha256:…</c>. Each process type runs what its image
/// says; those that are not named go on with the image they have.
/// </summary>
public static partial class ImageSource
{
    private const string Scheme = "image:";

    public static bool Is(string url) => url.StartsWith(Scheme, StringComparison.Ordinal);

    public static string Write(IEnumerable<KeyValuePair<string, string>> images) =>
        Scheme + string.Join(',', images.Select(image => $"{image.Key}={image.Value}"));

    /// <summary>Reads the images' references by process type; at least one.</summary>
    public static Result<ImmutableSortedDictionary<string, string>> Parse(string url)
    {
        var images = ImmutableSortedDictionary.CreateBuilder<string, string>();
        foreach (var part in url[Scheme.Length..].Split(','))
        {
            var (type, reference) = part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                ? (part[..at], part[(at + 1)..])
                : ("", part);
            if (!ProcessType.TryParse(type, null, out _))
                return Refuse($"'{type}' is not a process type");
            if (!Reference().IsMatch(reference))
                return Refuse($"'{reference}' names no image. Write a name with a tag or a digest, or an image's id (sha256:…)");
            if (!images.TryAdd(type, reference))
                return Refuse($"{type} is named twice");
        }
        return images.ToImmutable();
    }

    private static Error Refuse(string why) => new(ErrorCodes.SourceInvalid, $"The images cannot be used: {why}.");

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._/:@-]{0,299}\z")]
    private static partial Regex Reference();
}
