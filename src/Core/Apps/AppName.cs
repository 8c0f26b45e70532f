using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Apps;

/// <summary>An app's name, unique in the installation: 3 to 30 characters, lower-case letters, digits and hyphens, beginning with a letter and not ending in a hyphen.</summary>
[GenerateSerializer, Immutable, Alias("neeto.AppName"), JsonConverter(typeof(IdJsonConverter<AppName>))]
public readonly partial record struct AppName : IId<AppName>
{
    [Id(0)]
    private readonly string? value;

    private AppName(string value) => this.value = value;

    /// <summary>Reads a name; throws <see cref="FormatException"/> when it is not one.</summary>
    public static AppName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' is not a valid AppName.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AppName result)
    {
        var ok = s is not null && Pattern().IsMatch(s);
        result = ok ? new(s!) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? "";

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{1,28}[a-z0-9]\z")]
    private static partial Regex Pattern();
}
