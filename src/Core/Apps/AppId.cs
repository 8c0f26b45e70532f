using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Apps;

/// <summary>Identifies an app for ever; its name may change.</summary>
[GenerateSerializer, Immutable, Alias("neeto.AppId"), JsonConverter(typeof(IdJsonConverter<AppId>))]
public readonly record struct AppId([property: Id(0)] Guid Value) : IId<AppId>
{
    /// <summary>Reads the 36-character form with hyphens.</summary>
    public static AppId Parse(string s, IFormatProvider? provider = null) => new(Guid.ParseExact(s, "D"));

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AppId result)
    {
        var ok = Guid.TryParseExact(s, "D", out var value);
        result = new(value);
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
