namespace NeetoDeploy.Api.Tests.Host;

/// <summary>Routes that clients use although the schema does not mention them, and ours beside Heroku's.</summary>
internal static class OutsideTheBook
{
    private static readonly string[] Prefixes = ["/buildpacks/", "/oauth/sessions", "/schema", "/auth"];

    private static readonly string[] Suffixes = ["/details", "/sboms"];

    public static bool Contains(string path) =>
        Prefixes.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal))
        || Suffixes.Any(suffix => path.EndsWith(suffix, StringComparison.Ordinal));
}
