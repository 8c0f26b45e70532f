using System.Globalization;

namespace NeetoDeploy.Dashboard.Layout;

/// <summary>Sizes as people say them.</summary>
public static class Sizes
{
    /// <summary>Such as <c>512 B</c>, <c>3.4 kB</c>, <c>128 MB</c>; powers of a thousand.</summary>
    public static string Of(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        var (size, unit) = ((double)bytes, 0);
        for (; size >= 1000 && unit < units.Length - 1; unit++)
            size /= 1000;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{size.ToString(unit == 0 || size >= 100 ? "0" : "0.#", CultureInfo.InvariantCulture)} {units[unit]}"
        );
    }
}
