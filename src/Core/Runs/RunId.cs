using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Runs;

/// <summary>Identifies a one-off dyno.</summary>
[GenerateSerializer, Immutable, Alias("neeto.RunId"), JsonConverter(typeof(IdJsonConverter<RunId>))]
public readonly record struct RunId([property: Id(0)] Guid Value) : IId<RunId>
{
    /// <summary>Reads the 36-character form with hyphens.</summary>
    public static RunId Parse(string s, IFormatProvider? provider = null) => new(Guid.ParseExact(s, "D"));

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RunId result)
    {
        var ok = Guid.TryParseExact(s, "D", out var value);
        result = new(value);
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
