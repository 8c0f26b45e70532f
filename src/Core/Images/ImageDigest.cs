using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Images;

/// <summary>The content address of an image manifest or blob: <c>sha256:</c> and 64 lower-case hex digits.</summary>
[GenerateSerializer, Immutable, Alias("neeto.ImageDigest"), JsonConverter(typeof(IdJsonConverter<ImageDigest>))]
public readonly partial record struct ImageDigest : IId<ImageDigest>
{
    [Id(0)]
    private readonly string? value;

    private ImageDigest(string value) => this.value = value;

    /// <summary>The 64 hex digits without the algorithm.</summary>
    public string Hex => ToString()["sha256:".Length..];

    /// <summary>Reads a digest; throws <see cref="FormatException"/> when it is not one.</summary>
    public static ImageDigest Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var digest) ? digest : throw new FormatException($"'{s}' is not an image digest.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ImageDigest result)
    {
        var ok = s is not null && Pattern().IsMatch(s);
        result = ok ? new(s!) : default;
        return ok;
    }

    /// <summary>The digest of a SHA-256 hash of 32 bytes.</summary>
    public static ImageDigest FromHash(ReadOnlySpan<byte> sha256) => new($"sha256:{Convert.ToHexStringLower(sha256)}");

    /// <inheritdoc/>
    public override string ToString() => value ?? "";

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z")]
    private static partial Regex Pattern();
}
