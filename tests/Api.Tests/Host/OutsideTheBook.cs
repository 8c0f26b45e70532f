namespace NeetoDeploy.Api.Tests.Host;

/// <summary>Routes that clients use although the schema does not mention them.</summary>
internal static class OutsideTheBook
{
    private static readonly string[] Prefixes = ["/buildpacks/", "/oauth/sessions", "/schema", "/auth"];

    public static bool Contains(string path) => Prefixes.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal));
}
