using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Logs;

/// <summary>Identifies an append-only stream of output bytes: a build's, or a release phase's.</summary>
[GenerateSerializer, Immutable, Alias("neeto.OutputId"), JsonConverter(typeof(IdJsonConverter<OutputId>))]
public readonly record struct OutputId([property: Id(0)] Guid Value) : IId<OutputId>
{
    /// <summary>Reads the 36-character form with hyphens.</summary>
    public static OutputId Parse(string s, IFormatProvider? provider = null) => new(Guid.ParseExact(s, "D"));

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OutputId result)
    {
        var ok = Guid.TryParseExact(s, "D", out var value);
        result = new(value);
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
