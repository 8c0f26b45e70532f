using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Accounts;

/// <summary>Identifies a person or machine user.</summary>
[GenerateSerializer, Immutable, Alias("neeto.AccountId"), JsonConverter(typeof(IdJsonConverter<AccountId>))]
public readonly record struct AccountId([property: Id(0)] Guid Value) : IId<AccountId>
{
    /// <summary>Reads the 36-character form with hyphens.</summary>
    public static AccountId Parse(string s, IFormatProvider? provider = null) => new(Guid.ParseExact(s, "D"));

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AccountId result)
    {
        var ok = Guid.TryParseExact(s, "D", out var value);
        result = new(value);
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
