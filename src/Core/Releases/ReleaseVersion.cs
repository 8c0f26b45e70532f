using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Releases;

/// <summary>A release's number in its app, from 1, without gaps. The text form is <c>v12</c>; the bare number is read as well.</summary>
[GenerateSerializer, Immutable, Alias("neeto.ReleaseVersion"), JsonConverter(typeof(IdJsonConverter<ReleaseVersion>))]
public readonly record struct ReleaseVersion([property: Id(0)] int Number) : IId<ReleaseVersion>, IComparable<ReleaseVersion>
{
    /// <summary>The version that follows this one.</summary>
    public ReleaseVersion Next => new(Number + 1);

    /// <summary>Reads <c>v12</c> or <c>12</c>.</summary>
    public static ReleaseVersion Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var version) ? version : throw new FormatException($"'{s}' is not a release version.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ReleaseVersion result)
    {
        var digits = s is ['v', .. var rest] ? rest : s;
        var ok = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
        result = new(number);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(ReleaseVersion other) => Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"v{Number}");
}
