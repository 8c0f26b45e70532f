using System.Collections.Immutable;
using NeetoDeploy.Grains.Interfaces.Releases;

namespace NeetoDeploy.Dashboard.Releases;

/// <summary>What going back to a release changes, in words. Values of config vars are never told.</summary>
public static class ReleaseChanges
{
    public static IReadOnlyList<string> Between(
        ReleaseView? from,
        ImmutableSortedDictionary<string, string> fromVars,
        ReleaseView to,
        ImmutableSortedDictionary<string, string> toVars
    )
    {
        var changes = ReleaseDifference
            .Between(from, fromVars, to, toVars)
            .Where(one => one.What != ReleaseDifference.Image)
            .Select(Say)
            .ToList();
        return changes.Count > 0 ? changes : ["Nothing differs from the current release."];
    }

    private static string Say(ReleaseDifference one) =>
        one.Name.Length == 0
            ? $"{one.What}: {one.Before} becomes {one.After}"
            : $"{one.What} {one.Name} {one.Kind switch
            {
                Difference.Added => "comes back",
                Difference.Removed => "goes",
                _ => "changes",
            }}";
}
