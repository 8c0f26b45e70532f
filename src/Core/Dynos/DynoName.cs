using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Dynos;

/// <summary>A dyno's name in its app: process type and ordinal, such as <c>web.1</c> or <c>run.4711</c>.</summary>
[GenerateSerializer, Immutable, Alias("neeto.DynoName"), JsonConverter(typeof(IdJsonConverter<DynoName>))]
public readonly record struct DynoName([property: Id(0)] ProcessType Type, [property: Id(1)] int Ordinal) : IId<DynoName>
{
    /// <summary>Reads <c>type.ordinal</c>.</summary>
    public static DynoName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' is not a dyno name.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DynoName result)
    {
        result = default;
        var dot = s?.LastIndexOf('.') ?? -1;
        if (dot < 1 || !ProcessType.TryParse(s![..dot], null, out var type))
            return false;
        if (!int.TryParse(s[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal) || ordinal < 1)
            return false;
        result = new(type, ordinal);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Type}.{Ordinal}");
}
