using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Teams;

/// <summary>A team's name, unique in the installation and never changed: 2 to 30 characters, lower-case letters, digits and hyphens, beginning with a letter and not ending in a hyphen.</summary>
[GenerateSerializer, Immutable, Alias("neeto.TeamName"), JsonConverter(typeof(IdJsonConverter<TeamName>))]
public readonly partial record struct TeamName : IId<TeamName>
{
    [Id(0)]
    private readonly string? value;

    private TeamName(string value) => this.value = value;

    /// <summary>Reads a name; throws <see cref="FormatException"/> when it is not one.</summary>
    public static TeamName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' is not a valid TeamName.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TeamName result)
    {
        var ok = s is not null && Pattern().IsMatch(s) && !Reserved.Contains(s);
        result = ok ? new(s!) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? "";

    /// <summary>What follows <c>/teams/</c> in the API and is no team.</summary>
    private static readonly string[] Reserved = ["apps", "invitations", "permissions"];

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,28}[a-z0-9]\z")]
    private static partial Regex Pattern();
}
