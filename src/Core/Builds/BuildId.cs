using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Builds;

/// <summary>Identifies one build of an app.</summary>
[GenerateSerializer, Immutable, Alias("neeto.BuildId"), JsonConverter(typeof(IdJsonConverter<BuildId>))]
public readonly record struct BuildId([property: Id(0)] Guid Value) : IId<BuildId>
{
    /// <summary>Reads the 36-character form with hyphens.</summary>
    public static BuildId Parse(string s, IFormatProvider? provider = null) => new(Guid.ParseExact(s, "D"));

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BuildId result)
    {
        var ok = Guid.TryParseExact(s, "D", out var value);
        result = new(value);
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
