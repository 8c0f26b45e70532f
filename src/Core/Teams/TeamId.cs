using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Teams;

/// <summary>Identifies a team.</summary>
[GenerateSerializer, Immutable, Alias("neeto.TeamId"), JsonConverter(typeof(IdJsonConverter<TeamId>))]
public readonly record struct TeamId([property: Id(0)] Guid Value) : IId<TeamId>
{
    /// <summary>Reads the 36-character form with hyphens.</summary>
    public static TeamId Parse(string s, IFormatProvider? provider = null) => new(Guid.ParseExact(s, "D"));

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TeamId result)
    {
        var ok = Guid.TryParseExact(s, "D", out var value);
        result = new(value);
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
