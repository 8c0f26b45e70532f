using System.Collections.Immutable;
using NeetoDeploy.Core.Formations;
using NeetoDeploy.Core.Images;
using NeetoDeploy.Core.Results;

namespace NeetoDeploy.Core.Builds;

/// <summary>An image that no buildpack makes: an uploaded slug's, or one that another app has already.</summary>
/// <param name="Id">The slug's id. An app that takes over another app's slug calls it by the same one.</param>
/// <param name="ProcessTypes">Command of each process type; empty: those of the Procfile inside.</param>
/// <param name="BuildpackDescription">What the user says made it; null when they say nothing.</param>
/// <param name="CommitDescription">What the user says about the commit; null when they say nothing.</param>
/// <param name="CopyOf">Another app's image, which is taken over as it is; null: the build's source is the slug's archive.</param>
/// <param name="Images">What each process type of the other app runs; null when a launcher in <paramref name="CopyOf"/> starts all of them.</param>
[GenerateSerializer, Immutable, Alias("neeto.SlugSpec")]
public sealed record SlugSpec(
    [property: Id(0)] Guid Id,
    [property: Id(1)] ImmutableSortedDictionary<string, string> ProcessTypes,
    [property: Id(2)] string? BuildpackDescription,
    [property: Id(3)] string? CommitDescription,
    [property: Id(4)] ImageRef? CopyOf,
    [property: Id(5)] ImmutableSortedDictionary<string, ProcessImage>? Images = null
)
{
    /// <summary>Longest text that a user may give along.</summary>
    private const int LongestText = 1000;

    /// <summary>Refuses what no image could be made of.</summary>
    public Result<SlugSpec> Check()
    {
        foreach (var (type, command) in ProcessTypes)
        {
            if (!ProcessType.TryParse(type, null, out _))
                return Refuse($"'{type}' cannot name a process type: use 1 to 128 letters, digits, '-' and '_'");
            if (string.IsNullOrWhiteSpace(command) || command.Contains('\0'))
                return Refuse($"process type '{type}' has no command that could run");
        }
        return new[] { BuildpackDescription, CommitDescription }.Any(text => text?.Length > LongestText)
            ? Refuse($"a description has more than {LongestText} characters")
            : this;
    }

    private static Error Refuse(string why) => new(ErrorCodes.SlugInvalid, $"The slug cannot be made: {why}.");
}
