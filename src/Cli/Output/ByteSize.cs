using System.Globalization;

namespace NeetoDeploy.Cli.Output;

/// <summary>Numbers of bytes for people.</summary>
internal static class ByteSize
{
    private const double Kilobyte = 1024;
    private const double Megabyte = 1024 * 1024;

    /// <summary><c>512 B</c>, <c>1.5 KB</c>, <c>12.0 MB</c>.</summary>
    public static string Of(long bytes) =>
        Math.Abs(bytes) switch
        {
            < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
            < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / Kilobyte:0.0} KB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:0.0} MB"),
        };

    /// <summary>The same with its sign.</summary>
    public static string Change(long bytes) => bytes > 0 ? $"+{Of(bytes)}" : Of(bytes);
}
