using System.Globalization;
using NeetoDeploy.Supervisor.Installations;

namespace NeetoDeploy.Supervisor.Checks;

/// <summary>What of the disk an installation holds, part by part, the largest first.</summary>
internal static class HeldDisk
{
    private const long Megabyte = 1 << 20;

    // A link takes no room, and leads elsewhere.
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Such as <c>builds 1.2 GiB · registry 310 MiB</c>; parts of less than a megabyte are left out.</summary>
    public static string Describe(DataFolder data)
    {
        var parts = Directory
            .GetDirectories(data.Root)
            .Select(folder => (Name: Path.GetFileName(folder), Bytes: SizeOf(folder)))
            .Where(part => part.Bytes >= Megabyte)
            .OrderByDescending(part => part.Bytes)
            .Select(part => $"{part.Name} {Text(part.Bytes)}")
            .ToList();
        return parts.Count == 0 ? "less than a megabyte" : string.Join(" · ", parts);
    }

    private static long SizeOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", Everything).Sum(file => file.Exists ? file.Length : 0);

    private static string Text(long bytes) =>
        bytes < 1L << 30
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte} MiB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GiB");
}
