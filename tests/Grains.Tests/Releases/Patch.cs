using System.Collections.Immutable;

namespace NeetoDeploy.Grains.Tests.Releases;

/// <summary>Patches of config vars for tests.</summary>
public static class Patch
{
    public static ImmutableSortedDictionary<string, string?> Of(string name, string? value) =>
        ImmutableSortedDictionary<string, string?>.Empty.Add(name, value);
}
