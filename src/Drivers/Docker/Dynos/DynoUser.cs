using System.Globalization;
using NeetoDeploy.Drivers.Abstractions.Dynos;

namespace NeetoDeploy.Drivers.Docker.Dynos;

/// <summary>Whom a dyno runs as.</summary>
internal static class DynoUser
{
    public const string Default = "1000:1000";

    /// <summary>
    /// An image that was built on a stack names the stack's user, by number; a name would be looked up in the image's own files, where it may be root's. What a
    /// Dockerfile says is not followed.
    /// </summary>
    public static string Of(DynoStart start, string? imageUser)
    {
        var parts = (imageUser ?? "").Split(':');
        return start is not DynoStart.Image && parts.Length <= 2 && parts.All(IsUnprivileged) ? $"{parts[0]}:{parts[^1]}" : Default;
    }

    private static bool IsUnprivileged(string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
}
