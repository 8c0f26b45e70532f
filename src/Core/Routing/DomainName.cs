using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Routing;

/// <summary>A host name in lower case, possibly with a leading wildcard label.</summary>
[GenerateSerializer, Immutable, Alias("neeto.DomainName"), JsonConverter(typeof(IdJsonConverter<DomainName>))]
public readonly partial record struct DomainName : IId<DomainName>
{
    [Id(0)]
    private readonly string? value;

    private DomainName(string value) => this.value = value;

    /// <summary>Reads a name; throws <see cref="FormatException"/> when it is not one.</summary>
    public static DomainName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' is not a valid DomainName.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DomainName result)
    {
        var ok = s is not null && Pattern().IsMatch(s);
        result = ok ? new(s!) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? "";

    [GeneratedRegex(@"\A(?=.{1,253}\z)(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Pattern();
}
