using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.ConfigVars;

/// <summary>A config var's name: letters, digits and underscores, not beginning with a digit, at most 256 characters.</summary>
[GenerateSerializer, Immutable, Alias("neeto.ConfigVarName"), JsonConverter(typeof(IdJsonConverter<ConfigVarName>))]
public readonly partial record struct ConfigVarName : IId<ConfigVarName>
{
    [Id(0)]
    private readonly string? value;

    private ConfigVarName(string value) => this.value = value;

    /// <summary>Reads a name; throws <see cref="FormatException"/> when it is not one.</summary>
    public static ConfigVarName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' is not a valid ConfigVarName.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ConfigVarName result)
    {
        var ok = s is not null && Pattern().IsMatch(s);
        result = ok ? new(s!) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? "";

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,255}\z")]
    private static partial Regex Pattern();
}
