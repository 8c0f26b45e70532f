using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Releases;

/// <summary>Identifies a release; people use its <see cref="ReleaseVersion"/>.</summary>
[GenerateSerializer, Immutable, Alias("neeto.ReleaseId"), JsonConverter(typeof(IdJsonConverter<ReleaseId>))]
public readonly record struct ReleaseId([property: Id(0)] Guid Value) : IId<ReleaseId>
{
    /// <summary>Reads the 36-character form with hyphens.</summary>
    public static ReleaseId Parse(string s, IFormatProvider? provider = null) => new(Guid.ParseExact(s, "D"));

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ReleaseId result)
    {
        var ok = Guid.TryParseExact(s, "D", out var value);
        result = new(value);
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
