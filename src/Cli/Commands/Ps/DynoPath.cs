namespace NeetoDeploy.Cli.Commands.Ps;

/// <summary>How the API addresses dynos.</summary>
internal static class DynoPath
{
    /// <summary>All dynos (null), one (<c>web.1</c>), or those of a process type (<c>web</c>).</summary>
    public static string Of(string? selection) =>
        selection switch
        {
            null => "/dynos",
            _ when selection.Contains('.', StringComparison.Ordinal) => $"/dynos/{Uri.EscapeDataString(selection)}",
            _ => $"/formations/{Uri.EscapeDataString(selection)}",
        };
}
