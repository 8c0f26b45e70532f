using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Formations;

/// <summary>A process type as a Procfile declares it, such as <c>web</c>: 1 to 128 letters, digits, hyphens or underscores.</summary>
[GenerateSerializer, Immutable, Alias("neeto.ProcessType"), JsonConverter(typeof(IdJsonConverter<ProcessType>))]
public readonly partial record struct ProcessType : IId<ProcessType>
{
    [Id(0)]
    private readonly string? value;

    /// <summary>The process type that receives requests.</summary>
    public static readonly ProcessType Web = new("web");

    /// <summary>The process type that runs once before a release takes traffic.</summary>
    public static readonly ProcessType Release = new("release");

    private ProcessType(string value) => this.value = value;

    /// <summary>Reads a name; throws <see cref="FormatException"/> when it is not one.</summary>
    public static ProcessType Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' is not a valid ProcessType.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ProcessType result)
    {
        var ok = s is not null && Pattern().IsMatch(s);
        result = ok ? new(s!) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? "";

    [GeneratedRegex(@"\A[-\w]{1,128}\z")]
    private static partial Regex Pattern();
}
