namespace NeetoDeploy.Dashboard.Accounts;

/// <summary>Where a person is led after signing in: never to another site, whatever the link said.</summary>
internal static class Destination
{
    /// <param name="wanted">A path of this host, or one relative to the dashboard.</param>
    public static string Within(string? wanted)
    {
        var path = (wanted ?? "").StartsWith(DashboardOptions.Path, StringComparison.Ordinal)
            ? wanted![DashboardOptions.Path.Length..]
            : wanted ?? "";
        path = path.TrimStart('/');
        // What has a colon before its first slash is an address with a scheme; browsers take a backslash for a slash.
        var isPath = !path.Contains('\\') && !path.Split('/', '?')[0].Contains(':') && !path.Any(char.IsControl);
        return $"{DashboardOptions.Path}/{(isPath ? path : "")}";
    }
}
